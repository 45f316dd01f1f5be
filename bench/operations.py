"""What one job costs Redis and Slack, counted on the real thing: `python -m bench.operations`.

Each kind is asked a few times of a bot and a worker on a local Slack; from Redis's own statistics
and Slack's journal the difference is taken, less what the idle programs do in the same time. The
numbers stand in bench/simulate.py, which wants them per job.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis

from core.redis_server import connect, ensure_embedded
from local import samples
from local.fleet import Fleet
from local.stage import Stage

TIMES = 5
IDLE_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """So far: commands (those of scripts too), seconds of Redis's processor, calls of Slack."""

    commands: float
    processor: float
    calls: float
    at: float

    def since(self, other: Counts) -> Counts:
        """The difference."""
        return Counts(
            commands=self.commands - other.commands,
            processor=self.processor - other.processor,
            calls=self.calls - other.calls,
            at=self.at - other.at,
        )


def main() -> None:
    """Count and print a line a kind."""
    with tempfile.TemporaryDirectory() as folder, Fleet(Path(folder) / "fleet") as fleet:
        stage = Stage(fleet.workspace, Path(folder))
        redis = connect(f"unix://{ensure_embedded(Path(folder) / 'fleet')}")
        requests = dict(_requests(stage, Path(folder)))
        for ask in requests.values():
            ask()  # models are loaded, everyone has been looked up
        time.sleep(3)
        before = _count(redis, fleet)
        time.sleep(IDLE_SECONDS)
        idle = _count(redis, fleet).since(before)
        print(f"idle: {idle.commands / idle.at:.1f} commands a second")
        for kind, ask in requests.items():
            print(_line(kind, _cost(redis, fleet, ask), idle))


def _requests(stage: Stage, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    channel = stage.workspace.channel("support")

    def text() -> None:
        latest = stage.latest("support")
        stage.ada.slash("/sentiment", "Thank you, this is wonderful!", channel=channel)
        stage.answer(stage.parent("support", "/sentiment", latest), "positive")

    yield "text", text
    for kind, file, word in (
        ("image", samples.photo(folder), "palace"),
        ("document", samples.report(folder), "main points"),
        ("recording", samples.recording(folder), "New Jersey"),
    ):
        yield (
            kind,
            lambda file=file, word=word: stage.answer(  # type: ignore[misc]
                stage.linus.upload(channel, [file], text="Look."), word
            ),
        )


def _cost(redis: Redis, fleet: Fleet, ask: Callable[[], object]) -> Counts:
    before = _count(redis, fleet)
    for _ in range(TIMES):
        ask()
    time.sleep(2)  # the row is closed a moment after the answer shows
    return _count(redis, fleet).since(before)


def _line(kind: str, cost: Counts, idle: Counts) -> str:
    share = cost.at / idle.at
    commands = (cost.commands - idle.commands * share) / TIMES
    micro = (cost.processor - idle.processor * share) / TIMES * 1e6
    return (
        f"{kind}: {commands:.0f} commands and {micro:.0f} µs of Redis, "
        f"{cost.calls / TIMES:.1f} calls of Slack a job"
    )


def _count(redis: Redis, fleet: Fleet) -> Counts:
    stats: dict[str, Any] = redis.info("commandstats")
    processor: dict[str, Any] = redis.info("cpu")
    return Counts(
        commands=sum(each["calls"] for each in stats.values()),
        processor=processor["used_cpu_user"] + processor["used_cpu_sys"],
        calls=sum(fleet.workspace.log()["counts"].values()),
        at=time.monotonic(),
    )


if __name__ == "__main__":
    main()
