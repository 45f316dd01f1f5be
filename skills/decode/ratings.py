"""Ratings: the stars that people gave beside their comments, where a column holds some."""

from __future__ import annotations

import re
from dataclasses import dataclass

from skills.decode.tables import TableData

TITLE = re.compile(r"(?:^|[^a-z])(?:stars?|ratings?|rated)(?:[^a-z]|$)", re.IGNORECASE)
GRADE = re.compile(
    r"(?:rated )?([0-5])(?:[.,]0)?(?:\s?/\s?5| ?stars?| out of 5(?: stars?)?)?|(★{1,5})☆{0,4}",
    re.IGNORECASE,
)
LONGEST, MOSTLY = 30, 0.9
MOST, LOW, HIGH = 5, 2, 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratings:
    """The column, and the stars of each row, of five at most; 0 where there are none."""

    column: str
    stars: list[int]


def find_ratings(table: TableData) -> Ratings | None:
    """Those of the first column with stars from low to high; None without one."""
    for place, title in enumerate(table.header):
        if not TITLE.search(re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", title[:100])):
            continue
        cells = [row[place] for row in table.rows]
        stars = [_stars(cell[:LONGEST]) for cell in cells]
        filled = sum(bool(cell) for cell in cells)
        spread = MOST in stars and any(0 < each <= LOW for each in stars)
        if spread and sum(map(bool, stars)) >= MOSTLY * filled:
            return Ratings(column=title, stars=stars)
    return None


def _stars(cell: str) -> int:
    if not (found := GRADE.fullmatch(cell)):
        return 0
    return len(found[2]) if found[2] else int(found[1])
