"""Grids: the tables inside documents, kept as rows, each row also a line that reads alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from skills.decode.headers import find_header

MOST_COLUMNS = 100
MOST_WORDS_A_CELL = 12.0  # the median row's longest cell; beyond it a table only sets out prose
LONGEST_CELL = 1_000
YEAR = re.compile(r"^\W*(?:\w+ )?(?:19|20)\d\d\W*$|^[QH]\d\b")  # heads a column of figures


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table in a document; every row has as many cells as the header.

    `source` is where it stands ("page 3", "sheet Sales"), `first` the number of its first row as a
    reader counts. `header` has names only where the table had a row of them, else empty cells.
    """

    source: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int = 1

    def lines(self) -> Iterator[tuple[str, str]]:
        """Each row as "Item: Widget; Price: 5", with its source; empty rows are left out."""
        for number, row in enumerate(self.rows, start=self.first):
            cells = [
                f"{name}: {cell}" if name else cell
                for name, cell in zip(self.header, row, strict=True)
                if cell
            ]
            if cells:
                yield "; ".join(cells), f"{self.source}, row {number}"


def as_grid(records: Sequence[Sequence[str]], *, source: str, first: int = 0) -> Grid | None:
    """The table of some rows of cells; None when they only set out prose, or hold a single column.

    `first` is the number of the first record where records have numbers of their own (a sheet's),
    else 0: then the rows are counted from 1, and a row of names is none.
    """
    even = _even(records)
    if len(even) < 2 or len(even[0]) < 2 or _is_prose(even):
        return None
    names, named = find_header([list(row) for row in even])
    if _heads_years(even):
        names, named = list(even[0]), True
    named = named and not _is_pair(even[0])
    rows = even[1:] if named else even
    if not rows:
        return None
    return Grid(
        source=source,
        header=tuple(names) if named else ("",) * len(even[0]),
        rows=tuple(rows),
        first=first + named if first else 1,
    )


def _even(records: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Clean cells, all rows of one width, without columns that are empty throughout."""
    clean = [
        [" ".join(cell[:LONGEST_CELL].split()) for cell in record[:MOST_COLUMNS]]
        for record in records
    ]
    width = max((len(row) for row in clean), default=0)
    padded = [row + [""] * (width - len(row)) for row in clean]
    filled = [place for place in range(width) if any(row[place] for row in padded)]
    return [tuple(row[place] for place in filled) for row in padded]


def _is_pair(row: Sequence[str]) -> bool:
    """Whether a first row of two is a thing and its value ("Due date", "11 June"), and no head."""
    return len(row) == 2 and bool(re.search(r"\d", row[1])) and not YEAR.search(row[1])


def _heads_years(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row is a corner and the years or quarters of the columns below it."""
    corner, *names = rows[0]
    below = [row[0] for row in rows[1:]]
    return not YEAR.search(corner) and all(map(YEAR.search, names)) and all(below)


def _is_prose(rows: Sequence[Sequence[str]]) -> bool:
    return median(max(len(cell.split()) for cell in row) for row in rows) > MOST_WORDS_A_CELL
