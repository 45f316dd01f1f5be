"""Measures a table of comments: seconds, memory, and whether its figures are those that went in.

`python -m bench.tables [ROWS]`; the comments are made up (bench/comments.py), so that it is known
what they like and dislike.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from bench.comments import Made, make_comments
from core.settings import load_settings
from skills.comments.judged_table import JudgedTable
from skills.models.device import prepare_libraries, resolve_device
from skills.sentiment import skill
from skills.skill import Input

ROWS = 10_000


def main(rows: int) -> None:
    """Print the figures."""
    prepare_libraries()
    model = skill.load(resolve_device(load_settings().device))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "comments.csv"
        made = make_comments(path, rows=rows)
        begun = time.monotonic()
        stages: dict[str, float] = {}
        asked = Input(
            path=path,
            name=path.name,
            progress=lambda stage, _: stages.__setitem__(stage, time.monotonic() - begun),
        )
        [found] = skill.run(model, [skill.prepare(asked)])
        taken = time.monotonic() - begun
    if not isinstance(found, JudgedTable):
        sys.exit(str(found))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows:,} rows, {len(os.sched_getaffinity(0))} cores: {taken:.1f} s, {peak:,.0f} MB")
    for stage, seconds in stages.items():
        print(f"  {stage}: until {seconds:.1f} s")
    for line in compare(found, made):
        print(f"  {line}")


def compare(found: JudgedTable, made: Made) -> list[str]:
    """What was found of each thing, beside what was said of it."""
    study = found.study
    by_name = {each.name: each for each in study.aspects} if study else {}
    lines = [f"sentiment: {found.counts}"]
    for name, liked in made.liked.items():
        aspect = by_name.get(name)
        seen = f"{aspect.liked} and {aspect.disliked}" if aspect else "not found"
        lines.append(f"{name}: said {liked} likes and {made.disliked[name]} dislikes, found {seen}")
    return lines


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
