"""XLSX as a document: every sheet under its name, each row a line with its number in the sheet.

What a workbook says about numbers is not for a summary; `/sentiment` reads one as a table.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from skills.decode.damage import refusing_damage
from skills.decode.document import Document, Passage, collect
from skills.decode.grids import MOST_COLUMNS, Grid, as_grid
from skills.decode.workbook import DAMAGED, open_book, written

MOST_ROWS = 20_000
MOST_EMPTY = 20_000  # rows in a run, after which nothing more is looked for
# So ends a formula's cell whose result was not stored: the program that wrote it did not compute.
# Excel itself ends those like the last whose result is an empty text.
UNCOMPUTED = (b"</f>", b"</f><v/>", b"</f><v />", b"</f><v></v>")
EMPTY_TEXT = b't="str"'
LONGEST_FORMULA = 16 * 1024
PIECE = 1 << 20


def read_sheets(path: Path) -> Document:
    """The document in a .xlsx whose sizes `check_archive` has found sane."""
    left: list[str] = []  # what was not read, in whole sentences
    with refusing_damage(DAMAGED):
        sheets = open_book(path).worksheets
        passages, grids = collect(item for sheet in sheets for item in _sheet(sheet, left))
        blank = _count_uncomputed(path)
    read = {each.source.split(", row")[0] for each in passages}
    if empty := len(sheets) - len(read):
        left.append("1 sheet is empty." if empty == 1 else f"{empty:,} sheets are empty.")
    if blank:
        cells = "1 formula has" if blank == 1 else f"{blank:,} formulas have"
        left.append(f"{cells} no result in the file: open it in Excel and save it.")
    return Document(
        passages=passages,
        unit="sheet",
        read=len(read),
        total=len(sheets),
        notes=tuple(left),
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
            if len(records) >= MOST_ROWS:
                left.append(f"Only the first {MOST_ROWS:,} rows of sheet {sheet.title} were read.")
                break
            first = first or number
            records += [[""] for _ in range(empty)] if records else []
            records.append(cells)
            empty = 0
        elif first:
            empty += 1
        if empty > MOST_EMPTY:
            break
    if any(any(row[MOST_COLUMNS:]) for row in records):
        left.append(f"Only the first {MOST_COLUMNS} columns of sheet {sheet.title} were read.")
    return [row[:MOST_COLUMNS] for row in records], first


def _count_uncomputed(path: Path) -> int:
    """How many formulas have no result, by the bytes of the sheets: openpyxl shows either."""
    count = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            with archive.open(name) as part:
                rest = b""
                while piece := part.read(PIECE):
                    *cells, rest = (rest + piece).split(b"</c>")
                    count += sum(map(_is_uncomputed, cells))
                    rest = rest[-LONGEST_FORMULA:]
    return count


def _is_uncomputed(cell: bytes) -> bool:
    return cell.endswith(UNCOMPUTED) and EMPTY_TEXT not in cell[cell.rfind(b"<c ") :]
