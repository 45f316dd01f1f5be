"""Hosts at their worst: a full Redis, wrong clocks, one restart after another."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core import words
from core.broker import DRAIN, create_celery
from tests.faults.conftest import Scene
from tests.faults.fleet import WORKERS
from tests.waiting import until

pytestmark = pytest.mark.faults

RESTARTS = 50
EVENTS, EVENTS_A_SECOND = 500, 50


def test_a_full_redis_is_told_to_people_and_needs_no_restart(scene: Scene) -> None:
    pids = {name: scene.fleet.pid(name) for name in ("bot", *WORKERS)}
    running = scene.mention("before sleep 3 hello")
    until(scene.running)
    with scene.fleet.redis.client() as redis:
        redis.config_set("maxmemory", 1)
        told = scene.ada.slash("/echo", "hello")
        during = scene.mention("during hello")
        time.sleep(5)
        redis.config_set("maxmemory", 0)
    freed = time.monotonic()
    scene.workspace.wait_for_reply(during, containing="DURING HELLO", timeout=30)
    took = time.monotonic() - freed

    assert words.BUSY in str(told["response"])
    assert took < 30
    assert scene.answers(running) == ["BEFORE SLEEP 3 HELLO"]
    assert scene.answers(during) == ["DURING HELLO"]
    assert pids == {name: scene.fleet.pid(name) for name in pids}


def test_clocks_that_are_ten_minutes_wrong_lose_and_double_nothing(scene: Scene) -> None:
    for name, shift in zip(("bot", *WORKERS), (-600, 600, -600), strict=True):
        scene.fleet.shift_clock(name, shift)
    until(lambda: all(scene.fleet.log(name).count(" ready") > 1 for name in WORKERS))
    scene.workspace.wait_for_app(30)
    messages = [scene.mention(f"clock{each} sleep 1 hello") for each in range(10)]
    scene.fleet.kill(scene.fleet.holder("clock0"))
    answers = [scene.answers(message) for message in messages]
    for name in ("bot", *WORKERS):
        scene.fleet.shift_clock(name, 0)

    assert answers == [[f"CLOCK{each} SLEEP 1 HELLO"] for each in range(10)]


def test_restarts_one_after_another_under_load_lose_and_double_nothing(scene: Scene) -> None:
    messages = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.wait(0.5):
            messages.append(scene.mention(f"rolling{len(messages)} sleep 0.3 hello"))

    asking = threading.Thread(target=ask)
    asking.start()
    slowest = 0.0
    for number in range(RESTARTS):
        name = WORKERS[number % len(WORKERS)]
        process = scene.fleet.process(name)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(35)
        slowest = max(slowest, time.monotonic() - began)
        until(lambda name=name, old=process: scene.fleet.process(name) is not old)
        ready = scene.fleet.log(name).count(" ready")
        until(lambda name=name, ready=ready: scene.fleet.log(name).count(" ready") > ready)
    ended.set()
    asking.join()
    answers = [scene.answers(message) for message in messages]

    assert answers == [[f"ROLLING{each} SLEEP 0.3 HELLO"] for each in range(len(messages))]
    assert slowest < 30
    print(f"{RESTARTS} restarts, {len(messages)} requests, slowest end {slowest:.1f} s")


def test_acknowledgements_stay_quick_while_workers_are_busy_and_redis_is_slow(
    scene: Scene,
) -> None:
    busy = [scene.mention(f"busy{each} sleep 4 hello") for each in range(12)]
    until(scene.running)
    scene.ada.slash("/echo", "warm")
    scene.fleet.to_redis["bot"].change(latency=0.1, late_answers=0.1)
    began = time.monotonic()

    def ask(number: int) -> float:
        time.sleep(max(0.0, began + number / EVENTS_A_SECOND - time.monotonic()))
        told = scene.ada.slash("/echo", f"event{number}", channel="general")
        assert told["ok"], told
        return float(told["ms"])

    with ThreadPoolExecutor(100) as people:
        took = sorted(people.map(ask, range(EVENTS)))
    scene.fleet.heal()
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    print(f"{EVENTS} commands at {EVENTS_A_SECOND}/s: p50 {p50:.0f} ms, p99 {p99:.0f} ms")

    assert all(scene.answers(message) for message in busy)
    assert p99 < 500


def test_a_job_that_kills_its_worker_each_time_is_given_up_and_takes_nobody_with_it(
    scene: Scene,
) -> None:
    for name in WORKERS:
        scene.fleet.pause(name)
    poison = scene.mention("bad poison hello")
    others = [scene.mention(f"beside{each} hello", channel="general") for each in range(5)]
    began = time.monotonic()
    for name in WORKERS:
        scene.fleet.resume(name)
    scene.workspace.wait_for_reply(poison, containing="could not finish", timeout=120)
    print(f"given up after {time.monotonic() - began:.0f} s")

    assert len(scene.answers(poison)) == 1
    assert [scene.answers(other) for other in others] == [
        [f"BESIDE{each} HELLO"] for each in range(5)
    ]


class Smuggled:
    """An object that does something when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self._folder,)


def test_a_pickle_in_the_queue_runs_nothing_and_stops_nobody(scene: Scene, tmp_path: Path) -> None:
    celery = create_celery(f"unix://{scene.fleet.redis.socket}")
    for _ in WORKERS:
        celery.send_task(
            DRAIN, args=[Smuggled(tmp_path / "ran")], serializer="pickle", queue="train"
        )
    celery.close()

    assert scene.answers(scene.mention("pickled hello")) == ["PICKLED HELLO"]
    assert not (tmp_path / "ran").exists()
