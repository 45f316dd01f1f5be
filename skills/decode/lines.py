"""Lines on pages, and the tables among them: rows of short pieces that stand in columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from skills.decode.grids import Grid, as_grid

FEWEST_ROWS, FEWEST_COLUMNS = 3, 2
MOST_WORDS = 3.5  # a cell's, on average: two columns of prose have more
LONGEST_CELL = 14  # words
MOST_PIECES = 1.5  # of a cell, on average
NEAR = 2.5  # rows further apart than this many line heights are not of one table
CLOSE = 1.5  # and the lines of one cell no further than this
APART = 1.3  # a step between rows that is so much wider than most may part two tables
WRAPPED = 0.9  # a step so much narrower than most is within a cell
GAP = 0.4  # of a line's height: words further apart may be of two cells, if the next rows agree
Gap = tuple[int, float, float]  # where in the text, and from where to where on the page


@dataclass(frozen=True, slots=True)
class Line:
    """Text with its box in points, y upwards, and its wide gaps between words."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    gaps: tuple[Gap, ...] = ()

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
    rows = in_rows(lines)
    split = [[piece for line in row for piece in _split(line)] for row in rows]
    whole = {id(parts): row for parts, row in zip(split, rows, strict=True)}
    for run in _runs(split):
        for table in _tables(run):
            starts = _columns(table)
            grid = as_grid(_records(table, starts), source=source)
            if grid is not None:
                placed.append(Placed(grid=grid, bottom=min(line.bottom for line in table[-1])))
                taken |= {id(line) for parts in table for line in whole[id(parts)]}
    return placed, [line for line in lines if id(line) not in taken]


def _split(line: Line) -> Iterator[Line]:
    """A line in the pieces between its wide gaps."""
    start, left = 0, line.left
    for place, end, after in line.gaps:
        yield Line(line.text[start:place].strip(), left, line.bottom, end, line.top)
        start, left = place, after
    yield Line(line.text[start:].strip(), left, line.bottom, line.right, line.top)


def gaps_of(line: Line, other: Line, *, space: str) -> tuple[Gap, ...]:
    """The gaps of a line and another that goes on behind it, and the one between them."""
    shift = len(line.text) + len(space)
    wide = other.left - line.right > GAP * line.height
    between = ((len(line.text), line.right, other.left),) if wide else ()
    return (*line.gaps, *between, *((place + shift, *ends) for place, *ends in other.gaps))


def _tables(rows: list[list[Line]]) -> Iterator[list[list[Line]]]:
    """The tables in a run of rows: the whole, or its parts where steps between them are wide."""
    if len(rows) < FEWEST_ROWS:
        return
    if _is_table(rows, _columns(rows)):
        yield rows
        return
    steps = _steps(rows)
    place = max(range(len(steps)), key=lambda each: steps[each])
    if steps[place] > APART * median(steps):
        yield from _tables(rows[: place + 1])
        yield from _tables(rows[place + 1 :])


def _steps(rows: Sequence[Sequence[Line]]) -> list[float]:
    return [above[0].bottom - below[0].bottom for above, below in pairwise(rows)]


def _records(rows: Sequence[Sequence[Line]], starts: Sequence[float]) -> list[list[str]]:
    """The cells; a row with empty ones that stands close below another goes on with it."""
    records = [_cells(row, starts) for row in rows]
    steps = _steps(rows)
    usual = median(
        [step for record, step in zip(records[1:], steps, strict=True) if all(record)] or [0]
    )
    joined = [records[0]]
    for record, step in zip(records[1:], steps, strict=True):
        if all(record) or step > WRAPPED * usual:
            joined.append(record)
        else:
            above = joined[-1]
            joined[-1] = [
                f"{cell} {more}".strip() for cell, more in zip(above, record, strict=True)
            ]
    return joined


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
        if (len(row) >= FEWEST_COLUMNS and near) or (run and _goes_on(run[-1], row)):
            run.append(row)
            continue
        if len(run) >= FEWEST_ROWS:
            yield run
        run = [row] if len(row) >= FEWEST_COLUMNS else []
    if len(run) >= FEWEST_ROWS:
        yield run


def _goes_on(above: Sequence[Line], row: Sequence[Line]) -> bool:
    """Whether a single piece is the rest of a cell above it, which is not the row's first."""
    piece = row[0]
    close = above[0].bottom - piece.bottom < CLOSE * max(1.0, piece.height)
    return close and any(abs(piece.left - cell.left) < 2 for cell in above[1:])


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
    if sum(map(len, rows)) > MOST_PIECES * len(starts) * len(rows):
        return False  # wide spaces between the words of prose
    wrapped = sum(len(row) == 1 for row in rows)
    most = 0.7 * (len(rows) - wrapped)
    return mean(counts) <= MOST_WORDS and max(counts) <= LONGEST_CELL and full >= most


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
