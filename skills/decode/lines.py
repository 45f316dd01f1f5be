"""Lines on pages, and the tables among them: rows of short pieces that stand in columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from skills.decode.grids import Grid, as_grid

FEWEST_ROWS, FEWEST_COLUMNS = 3, 2
MOST_WORDS = 3.5  # a cell's, on average: two columns of prose have more
LONGEST_CELL = 14  # words
NEAR = 2.5  # rows further apart than this many line heights are not of one table


@dataclass(frozen=True, slots=True)
class Line:
    """Text with its box in points, y upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page; `lines` in the order in which the file has them.

    `label` is the number that the file gives the page ("iv"), "" where it is its place or none;
    `pictured` is true of one that shows a picture and no text, or hardly any.
    """

    number: int
    height: float
    lines: list[Line]
    label: str = ""
    pictured: bool = False

    @property
    def source(self) -> str:
        """ "page 5", or "page 5 (iv)" where the reader's program shows that number."""
        return f"page {self.number} ({self.label})" if self.label else f"page {self.number}"


def page_in(source: str) -> int:
    """The number in "page 12 (iv)" or "page 12, table, row 1"."""
    return int(source.split()[1].rstrip(","))


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A table and the height of its lower edge."""

    grid: Grid
    bottom: float


def find_grids(lines: Sequence[Line], *, source: str) -> tuple[list[Placed], list[Line]]:
    """The tables of a page from top to bottom, and the lines that are in none of them."""
    placed: list[Placed] = []
    taken = set[int]()
    for rows in _runs(in_rows(lines)):
        starts = _columns(rows)
        if not _is_table(rows, starts):
            continue
        grid = as_grid([_cells(row, starts) for row in rows], source=source)
        if grid is not None:
            placed.append(Placed(grid=grid, bottom=min(line.bottom for line in rows[-1])))
            taken |= {id(line) for row in rows for line in row}
    return placed, [line for line in lines if id(line) not in taken]


def in_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand beside each other, from top to bottom and from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: -each.bottom):
        last = rows[-1][0] if rows else None
        if last is not None and last.bottom - line.bottom < 0.4 * max(1.0, line.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _runs(rows: Sequence[list[Line]]) -> Iterator[list[list[Line]]]:
    """Rows of several pieces that follow each other closely."""
    run: list[list[Line]] = []
    for row in rows:
        near = not run or run[-1][0].bottom - row[0].bottom < NEAR * max(1.0, row[0].height)
        if len(row) >= FEWEST_COLUMNS and near:
            run.append(row)
            continue
        if len(run) >= FEWEST_ROWS:
            yield run
        run = [row] if len(row) >= FEWEST_COLUMNS else []
    if len(run) >= FEWEST_ROWS:
        yield run


def _columns(rows: Sequence[Sequence[Line]]) -> list[float]:
    """Where columns begin: gaps that are empty in all rows part them."""
    spans = sorted((line.left, line.right) for row in rows for line in row)
    starts: list[float] = []
    reach = float("-inf")
    for left, right in spans:
        if left > reach:
            starts.append(left)
        reach = max(reach, right)
    return starts


def _is_table(rows: Sequence[Sequence[Line]], starts: Sequence[float]) -> bool:
    """Whether most rows fill several columns with short pieces."""
    if len(starts) < FEWEST_COLUMNS:
        return False
    counts = [len(line.text.split()) for row in rows for line in row]
    filled = [len({_column(line, starts) for line in row}) for row in rows]
    full = sum(each >= max(2, 0.6 * len(starts)) for each in filled)
    return mean(counts) <= MOST_WORDS and max(counts) <= LONGEST_CELL and full >= 0.7 * len(rows)


def _column(line: Line, starts: Sequence[float]) -> int:
    return max((place for place, start in enumerate(starts) if start <= line.left + 1), default=0)


def _cells(row: Sequence[Line], starts: Sequence[float]) -> list[str]:
    cells = [""] * len(starts)
    for line in row:
        place = _column(line, starts)
        cells[place] = f"{cells[place]} {line.text}".strip()
    return cells


def usual_height(lines: Iterable[Line]) -> float:
    """The height in which most letters are set."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.height, 1)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0
