"""Delimited text (CSV) as a document: rows under the names of their columns.

What it says about numbers is not for a summary; `/sentiment` reads one as a table.
"""

from __future__ import annotations

from itertools import islice

from skills.decode.cells import split_cells
from skills.decode.document import Document, collect
from skills.decode.grids import as_grid

HEAD = 64 * 1024  # letters, so that a long text of another kind costs little
LOOKED_AT, FEWEST_ROWS, EVEN = 200, 3, 0.95
MOST_LOOSE = 0.1  # of cells that begin with a space, as words after a comma do
MOST_ROWS = 20_000


def read_delimited(text: str) -> Document | None:
    """The rows of a text whose lines have cells, all alike; None for any other text."""
    head = list(islice(split_cells(text[:HEAD]), LOOKED_AT))
    if not _has_columns(head[:-1] if len(text) > HEAD and len(head) < LOOKED_AT else head):
        return None
    records = list(islice(split_cells(text), MOST_ROWS + 1))
    grid = as_grid(records[:MOST_ROWS], source="table")
    if grid is None:
        return None
    notes = (f"Only the first {MOST_ROWS:,} rows were read.",) if len(records) > MOST_ROWS else ()
    passages, grids = collect([grid])
    count = len(passages)
    return Document(
        passages=passages, unit="row", read=count, total=count, grids=grids, notes=notes
    )


def _has_columns(rows: list[list[str]]) -> bool:
    """Whether nearly all rows have as many cells, and these are no parts of sentences."""
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=widths.count, default=0)
    cells = [cell for row in rows for cell in row[1:]]
    return (
        usual > 1
        and len(rows) >= FEWEST_ROWS
        and widths.count(usual) >= EVEN * len(rows)
        and sum(cell.startswith(" ") for cell in cells) <= MOST_LOOSE * len(cells)
    )
