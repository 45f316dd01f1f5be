"""`python -m tests.faults --seed 1 --runs 200`: play schedules of faults, and judge each.

Several schedules are played side by side on one fleet. A failing one is printed with its seed;
`--schedule K` plays the round that it was in again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.fleet import FaultyFleet
from tests.faults.oracle import Oracle
from tests.faults.round import Round
from tests.faults.schedule import draw

TOGETHER = 20


def main(arguments: list[str]) -> int:
    """1 when anything was lost, doubled, left open or leaked."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--schedule", type=int, help="play the round of this schedule alone")
    parser.add_argument("--together", type=int, default=TOGETHER, help="schedules side by side")
    parser.add_argument("--models", action="store_true", help="ask a real model half of the time")
    parser.add_argument("--folder", type=Path, help="keep logs here; default: temporary")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        return play(options, options.folder or Path(folder))


def play(options: argparse.Namespace, folder: Path) -> int:
    """All rounds on one fleet; a line a round, and a summary."""
    numbers = range(options.runs)
    if options.schedule is not None:
        first = options.schedule - options.schedule % options.together
        numbers = range(first, first + options.together)
    started, failed, acts, owed = time.monotonic(), 0, 0, 0
    with FaultyFleet(folder, models=options.models) as fleet:
        oracle = Oracle(fleet)
        for first in range(numbers.start, numbers.stop, options.together):
            group = numbers[first - numbers.start :][: options.together]
            schedules = [draw(options.seed, number, models=options.models) for number in group]
            played = Round(fleet, oracle).play(schedules)
            acts += sum(len(schedule.acts) for schedule in schedules)
            owed += played.owed
            failed += bool(played.complaints)
            print(played.line(), flush=True)
            if played.complaints:
                print(played.report(options), flush=True)
    seconds = time.monotonic() - started
    endings = ", ".join(f"{count} {ending}" for ending, count in oracle.endings.most_common())
    print(
        f"{len(numbers)} schedules, {acts} acts, {owed} acknowledged ({endings}) "
        f"in {seconds:.0f} s; rounds failed: {failed}"
    )
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
