"""`python -m tests.hostile`: hostile files through the door; the table, and 1 if anything broke.

--fuzz N adds N broken files to those of --dir (alone: instead of them), also in pieces: --fuzz 500
--first 500 is the second of four; --direct leaves Slack out.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.samples import find_samples
from local.fleet import Fleet
from tests.hostile.canary import Canary, place_canary
from tests.hostile.corpus import Sample, from_folder, from_paths
from tests.hostile.direct import Skills
from tests.hostile.door import send_all
from tests.hostile.good import make_good
from tests.hostile.mutations import fuzzed
from tests.hostile.nasty import make_nasty
from tests.hostile.outcome import Outcome, violations
from tests.hostile.summary import causes, table


def main() -> int:
    """Send everything, print the table, then a line for each violation."""
    given = create_parser().parse_args()
    faulthandler.enable()
    os.environ["HF_HUB_OFFLINE"] = "1"
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        canary = place_canary(folder / "data")
        samples = collect(given, folder, canary)
        outcomes, broken = (direct if given.direct else door)(given, samples, folder, canary)
    # Files that this suite did not make may say in earnest what the recording says.
    known = canary.secrets if not (given.fuzz or given.dir) else (canary.word,)
    broken += violations(outcomes, secrets=known)
    print(table(outcomes))
    print(f"children without an answer: {causes(outcomes)}")
    for line in broken:
        print(f"✗ {line}")
    print(f"{len(outcomes)} files, {len(broken)} violations (seed {given.seed})")
    return int(bool(broken) or not outcomes)


def create_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--dir", type=Path, help="files to send (default: the shared ones)")
    parser.add_argument("--fuzz", type=int, default=0, metavar="N", help="also N broken files")
    parser.add_argument("--seed", type=int, default=1, help="the chance that breaks them")
    parser.add_argument(
        "--first", type=int, default=0, metavar="NUMBER", help="begin with this one"
    )
    parser.add_argument("--only", type=int, metavar="NUMBER", help="only this one of the N")
    parser.add_argument("--direct", action="store_true", help="in this process, without Slack")
    parser.add_argument("--minutes", type=float, default=60.0, help="stop --direct after these")
    parser.add_argument("--at-a-time", type=int, default=2, help="files in flight")
    return parser


def collect(given: argparse.Namespace, folder: Path, canary: Canary) -> Iterator[Sample]:
    """The files of the folder and the nasty ones, then the broken ones, made as they are needed."""
    labelled = find_samples()
    wanted = given.dir or (labelled / "hostile" if labelled else None)
    if given.dir and not given.dir.is_dir():
        sys.exit(f"There is no folder {given.dir}: make hostile DIR=folder")
    if wanted and wanted.is_dir() and (given.dir or not given.fuzz):
        yield from from_folder(wanted)
    if not given.dir and not given.fuzz:
        yield from from_paths(make_nasty(folder / "nasty", canary.path))
    numbers = range(given.first, given.first + given.fuzz) if given.only is None else [given.only]
    if given.fuzz:
        good = make_good(folder / "good", shared=labelled)
        (folder / "broken").mkdir()
        yield from fuzzed(good, folder / "broken", numbers=numbers, seed=given.seed)


def door(
    given: argparse.Namespace, samples: Iterable[Sample], folder: Path, canary: Canary
) -> tuple[list[Outcome], list[str]]:
    """Through local Slack, bot and worker."""
    (folder / "data" / "elsewhere").mkdir()
    environment = {"TMPDIR": str(folder / "data" / "elsewhere")}
    with Fleet(folder / "data", environment=environment) as fleet:
        outcomes, broken, bystander = send_all(
            fleet, samples, canary=canary, at_a_time=given.at_a_time
        )
    print(bystander.report())
    return outcomes, broken


def direct(
    given: argparse.Namespace, samples: Iterable[Sample], folder: Path, canary: Canary
) -> tuple[list[Outcome], list[str]]:
    """Through the skills alone."""
    outcomes: list[Outcome] = []
    over = time.monotonic() + 60 * given.minutes
    for outcome in Skills().run(samples):
        outcomes.append(outcome)
        if sys.stderr.isatty():
            print(f"\r{len(outcomes)} {outcome.sample.name[:60]}\x1b[K", end="", file=sys.stderr)
        if outcome.sample.path.is_relative_to(folder / "broken"):
            outcome.sample.path.unlink()  # it can be made again from its number
        if time.monotonic() > over:
            print(f"stopped after {given.minutes:g} minutes: files that follow were not sent")
            break
    return outcomes, []


if __name__ == "__main__":
    sys.exit(main())
