"""`Figure`: one measured figure, ours beside the peer's, and how two things are measured fairly."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROUNDS = 5
QUIET = 0.5  # a core that others use more than half of is no core for measuring
LOOK_SECONDS, LOOKS = 2.0, 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """`ours` and `peer` are medians of the same interleaved rounds, in `unit`.

    `limit` is what the machine could do at best, measured in the same run; `quality` stands beside
    the speed (word error rate, share of equal labels, peak memory), in words; `peer` is None where
    nobody else does it. With `less` a smaller figure is the better one (a time, memory).
    """

    name: str
    ours: float
    peer: float | None
    unit: str
    peer_is: str
    limit: float | None = None
    limit_is: str = ""
    less: bool = False
    quality: Mapping[str, str] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """How many times better than the peer; over 1 is better, whichever way is better."""
        if self.peer is None:
            return None
        return self.peer / self.ours if self.less else self.ours / self.peer


class Busy(Exception):
    """The machine does something else: what would be measured now is not worth reporting."""


def interleave(
    *runs: Callable[[], float], rounds: int = ROUNDS, warm: bool = True
) -> list[list[float]]:
    """What each run answers, round by round: A B C, A B C, … so that all meet the same machine.

    The first round warms and is not counted, unless `warm` is False.
    """
    found: list[list[float]] = [[] for _ in runs]
    for number in range(rounds + warm):
        for place, run in enumerate(runs):
            gc.collect()
            value = run()
            if number or not warm:
                found[place].append(value)
    return found


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0..1) of all values do not exceed; of none, infinity."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes, by the clock on the wall."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def refuse_when_busy() -> float:
    """How many cores other processes use now; asked while nothing of ours runs.

    Raises Busy when that is more than can be spared, also after waiting for a while.
    """
    spare = _cores() - _allowed() + QUIET
    for _ in range(LOOKS):
        if (busy := busy_cores(LOOK_SECONDS)) <= spare:
            return busy
    raise Busy(
        f"Other processes use {busy:.1f} of {_cores()} cores: wait until they end and try again, "
        "or measure all the same with --busy."
    )


def busy_cores(over: float) -> float:
    """How many of our cores were at work in the next seconds, by the kernel's own count.

    A container sees its host's /proc/stat: only the cores are counted that we may run on. What a
    hypervisor gave to others ("steal") was not ours either, and counts.
    """
    before, start = _busy_ticks(), time.monotonic()
    time.sleep(over)
    ticks = os.sysconf("SC_CLK_TCK")
    return (_busy_ticks() - before) / ticks / (time.monotonic() - start)


def _cores() -> int:
    """The cores that we may run on, perhaps with others."""
    return len(os.sched_getaffinity(0))


def _allowed() -> float:
    """How many of them the container may use at a time."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
    except (OSError, ValueError):
        return _cores()
    return _cores() if quota == "max" else min(_cores(), int(quota) / int(period))


def _busy_ticks() -> int:
    ours = {f"cpu{core}" for core in os.sched_getaffinity(0)}
    total = 0
    for line in Path("/proc/stat").read_text().splitlines():
        name, *numbers = line.split()
        if name in ours:  # user nice system idle iowait irq softirq steal guest…
            total += sum(int(each) for each in numbers[:8]) - int(numbers[3]) - int(numbers[4])
    return total
