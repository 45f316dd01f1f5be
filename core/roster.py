"""The roster: which workers live, and how much waits and runs, for people who ask."""

from __future__ import annotations

from functools import partial
from typing import Any

from redis import Redis

from core.scripts import PREFIX, Scripts, text


class Roster:
    """Reads the ledger's keys without changing them; raises TransientError as the ledger does."""

    def __init__(self, scripts: Scripts) -> None:
        self._scripts = scripts

    def report_worker(self, name: str, state: str, *, seconds: int) -> None:
        """Publish what a worker says of itself (JSON) for a while."""
        self._scripts.ask(lambda redis: redis.set(f"{PREFIX}worker:{name}", state, ex=seconds))

    def workers(self) -> list[str]:
        """What each live worker says of itself."""
        keys = sorted(self._find("worker:*"))
        states = self._scripts.ask(lambda redis: redis.mget(keys) if keys else [])
        return [text(state) for state in states if state]

    def waiting(self) -> dict[str, int]:
        """How many jobs wait in each queue."""
        queues: Any = self._scripts.ask(lambda redis: redis.smembers(f"{PREFIX}queues"))
        counts = {text(queue): 0 for queue in queues}
        lines = self._find("line:*")
        for line, length in zip(lines, self._scripts.ask(partial(_lengths, lines)), strict=True):
            queue = line.removeprefix(f"{PREFIX}line:").split(":", 1)[0]
            counts[queue] = counts.get(queue, 0) + length
        return dict(sorted(counts.items()))

    def running(self) -> int:
        """How many jobs are being worked on."""
        return int(self._scripts.ask(lambda redis: redis.zcard(f"{PREFIX}leases")))

    def _find(self, pattern: str) -> list[str]:
        find = lambda redis: [*redis.scan_iter(PREFIX + pattern, count=1000)]  # noqa: E731
        return [text(key) for key in self._scripts.ask(find)]


def _lengths(lines: list[str], redis: Redis) -> list[int]:
    """In one round trip: a line a person and lane may be thousands."""
    with redis.pipeline(transaction=False) as pipe:
        for line in lines:
            pipe.llen(line)
        return pipe.execute()
