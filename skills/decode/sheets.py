"""XLSX as a document: every sheet under its name, each row a line with its number in the sheet.

What a workbook says about numbers is not for a summary; `/sentiment` reads one as a table.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.documents import Document, Passage, collect
from skills.decode.grids import Grid, as_grid
from skills.decode.workbook import DAMAGED, written

MOST_ROWS = 20_000
MOST_EMPTY = 1_000  # rows in a run, after which nothing more is looked for


def read_sheets(path: Path) -> Document:
    """The document in a .xlsx whose sizes `check_archive` has found sane."""
    mimetypes.knownfiles.clear()  # openpyxl would read the system's list, which is shut off here
    import openpyxl

    left: list[str] = []
    try:
        book = openpyxl.load_workbook(
            path.open("rb"), read_only=True, data_only=True, keep_links=False
        )
        sheets = book.worksheets
        passages, grids = collect(item for sheet in sheets for item in _sheet(sheet, left))
    except (UserError, MemoryError):
        raise
    except Exception:  # openpyxl raises whatever a broken part leads it to, of no common class
        raise UserError(DAMAGED) from None
    notes = tuple(f"Only the first {MOST_ROWS:,} rows of sheet {name} were read." for name in left)
    return Document(
        passages=passages,
        unit="sheet",
        read=len({each.source.split(", row")[0] for each in passages}),
        total=len(sheets),
        notes=notes,
        grids=grids,
    )


def _sheet(sheet: Any, left: list[str]) -> Iterator[Passage | Grid]:
    """A sheet's name as a heading, then its rows."""
    source = f"sheet {sheet.title}"
    records, first = _records(sheet, left)
    if not records:
        return
    yield Passage(text=str(sheet.title), source=source, heading=True, level=1)
    grid = as_grid(records, source=source, first=first)
    if grid is not None:
        yield grid
        return
    for number, record in enumerate(records, start=first):
        if text := "; ".join(cell for cell in record if cell):
            yield Passage(text=text, source=f"{source}, row {number}")


def _records(sheet: Any, left: list[str]) -> tuple[list[list[str]], int]:
    """The rows between the first and the last with a cell in it, and the number of the first."""
    sheet.reset_dimensions()  # files lie about them: a million empty rows would be made
    records: list[list[str]] = []
    first = empty = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [written(value) for value in row]
        if any(cells):
            first = first or number
            records += [[""] for _ in range(empty)] if records else []
            records.append(cells)
            empty = 0
        elif first:
            empty += 1
        if empty > MOST_EMPTY:
            break
        if len(records) >= MOST_ROWS:
            left.append(str(sheet.title))
            break
    return records, first
