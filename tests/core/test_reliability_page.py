"""The page about reliability: what it points to exists, and nothing in it waits to be filled in."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text()


def test_every_file_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`((?:tests|core|workers|bot)/[\w/.]*)`", PAGE))

    assert len(named) > 20
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_statement_has_its_line() -> None:
    lines = re.findall(r"^\| ([FT])(\d+)(?:[–,] ?[FT]?(\d+))? ", PAGE, flags=re.MULTILINE)
    covered = {
        f"{letter}{number}"
        for letter, first, last in lines
        for number in range(int(first), int(last or first) + 1)
    }

    assert covered == {f"F{n}" for n in range(1, 19)} | {f"T{n}" for n in range(1, 17)}


def test_no_figure_is_left_open() -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        assert not re.search(r"\b(TODO|TBD|XXX|\w*FIGURE|RUNS\n)", page.read_text()), page
