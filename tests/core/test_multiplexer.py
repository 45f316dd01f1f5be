"""Threads that share round trips to Redis each get their own answer, whatever happens to others."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

import pytest
from redis import Redis
from redis.exceptions import RedisError, ResponseError

from core.errors import TransientError
from core.multiplexer import Multiplexer
from core.redis_server import connect
from core.scripts import Scripts
from tests.core.servers import PASSWORD, Server
from tests.waiting import until


class Gate(Redis):
    """A real client whose next round trip waits until the gate opens; it counts them."""

    trips = 0
    opened: threading.Event | None = None

    def pipeline(self, *arguments: Any, **options: Any) -> Any:
        self.trips += 1
        gate, self.opened = self.opened, None
        if gate:
            assert gate.wait(20)
        return super().pipeline(*arguments, **options)


@pytest.fixture
def gate(redis: Redis) -> Iterator[Gate]:
    client = Gate(connection_pool=redis.connection_pool)
    yield client
    client.close()


def patient(gate: Gate) -> Multiplexer:
    """One that waits for every round trip of a test."""
    return Multiplexer(gate, long=60)


@contextmanager
def held(gate: Gate, multiplexer: Multiplexer, threads: ThreadPoolExecutor) -> Iterator[None]:
    """Inside, a round trip is under way."""
    gate.opened = opened = threading.Event()
    before = gate.trips
    first = threads.submit(multiplexer.ask, "PING")
    until(lambda: gate.trips > before)
    yield
    opened.set()
    assert first.result(20) is True


def waiting(multiplexer: Multiplexer, count: int) -> Callable[[], bool]:
    return lambda: len(multiplexer._waiting) == count


def test_everybody_gets_their_own_answer(redis: Redis) -> None:
    multiplexer = Multiplexer(redis)
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda n: multiplexer.ask("ECHO", str(n)), range(2_000)))

    assert answers == [str(number).encode() for number in range(2_000)]


def test_who_asks_during_a_round_trip_shares_the_next_one(gate: Gate) -> None:
    multiplexer = patient(gate)
    with ThreadPoolExecutor(16) as threads:
        with held(gate, multiplexer, threads):
            asked = [threads.submit(multiplexer.ask, "ECHO", str(n)) for n in range(12)]
            until(waiting(multiplexer, 12))
        answers = [each.result(20) for each in asked]

    assert answers == [str(number).encode() for number in range(12)]
    assert gate.trips == 2


def test_nobody_waits_for_a_round_trip_that_takes_long(gate: Gate) -> None:
    multiplexer = Multiplexer(gate)
    with ThreadPoolExecutor(16) as threads, held(gate, multiplexer, threads):
        asked = [threads.submit(multiplexer.ask, "ECHO", str(n)) for n in range(12)]
        answers = [each.result(20) for each in asked]

    assert answers == [str(number).encode() for number in range(12)]


def test_everybody_gets_their_own_answer_where_every_round_trip_takes_long(redis: Redis) -> None:
    multiplexer = Multiplexer(redis, long=0.0001)
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda n: multiplexer.ask("ECHO", str(n)), range(2_000)))

    assert answers == [str(number).encode() for number in range(2_000)]
    assert multiplexer._under_way == 0


def test_a_refused_command_costs_the_others_nothing(gate: Gate) -> None:
    multiplexer = patient(gate)
    with ThreadPoolExecutor(16) as threads:
        with held(gate, multiplexer, threads):
            bad = threads.submit(multiplexer.ask, "NOSUCHCOMMAND")
            good = threads.submit(multiplexer.ask, "ECHO", "here")
            until(waiting(multiplexer, 2))

        assert isinstance(bad.result(20), ResponseError)
        assert good.result(20) == b"here"


def test_words_that_cannot_be_written_down_are_the_fault_of_who_says_them(gate: Gate) -> None:
    multiplexer = patient(gate)
    with ThreadPoolExecutor(16) as threads:
        with held(gate, multiplexer, threads):
            good = threads.submit(multiplexer.ask, "ECHO", "here")
            until(waiting(multiplexer, 1))
            bad = threads.submit(multiplexer.ask, "ECHO", "half a letter: \ud83d")
            with pytest.raises(UnicodeEncodeError):
                bad.result(20)

        assert good.result(20) == b"here"


def test_a_silent_redis_is_waited_for_once_by_all(tmp_path: Path) -> None:
    server = Server(tmp_path / "redis", f"requirepass {PASSWORD}")
    client = connect(f"redis://:{quote(PASSWORD, safe='')}@127.0.0.1:{server.port}/0")
    multiplexer = Multiplexer(client)
    assert multiplexer.ask("PING") is True
    server.client.execute_command("CLIENT", "PAUSE", 60_000)
    start = time.monotonic()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: multiplexer.ask("SET", "a", 1), range(8)))
    took = time.monotonic() - start
    server.kill()

    assert all(isinstance(answer, RedisError) for answer in answers)
    assert took < 4  # one wait for who went, one for who came while he was away
    assert isinstance(multiplexer.ask("PING"), RedisError)  # it is dead, and that is said at once


def test_who_is_interrupted_keeps_nobody_waiting(gate: Gate) -> None:
    multiplexer = patient(gate)

    def interrupt(*_: int | FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with ThreadPoolExecutor(4) as threads, held(gate, multiplexer, threads):
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            with pytest.raises(KeyboardInterrupt):
                multiplexer.ask("PING")
            after = threads.submit(multiplexer.ask, "ECHO", "later")
            until(waiting(multiplexer, 1))
    finally:
        signal.signal(signal.SIGALRM, before)

    assert after.result(20) == b"later"
    assert multiplexer.ask("PING") is True


def test_scripts_are_known_again_to_a_redis_that_began_anew(redis: Redis) -> None:
    scripts = Scripts(redis)
    redis.script_flush()

    assert scripts.call("spend", ["readymade:spent:x"], 3, 60) == 3


def test_what_a_script_refuses_is_one_of_our_errors(redis: Redis) -> None:
    redis.set("readymade:spent:x", "no number")

    with pytest.raises(TransientError):
        Scripts(redis).call("spend", ["readymade:spent:x"], 3, 60)
