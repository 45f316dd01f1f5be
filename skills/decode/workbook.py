"""XLSX: the first sheet that holds a table becomes records of cells, as people typed them.

And back: a copy of the workbook with further columns there. It is copied row by row, because a
workbook held whole takes fifty times its size; widths, colours, pictures and charts stay behind.
"""

from __future__ import annotations

import mimetypes
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from skills.decode.archives import check_archive
from skills.decode.damage import refusing_damage

if TYPE_CHECKING:
    from skills.decode.annotate import Columns

FEWEST_ROWS = 5
DAMAGED = "This workbook is damaged: open it, save it again and send that."


def read_sheet(path: Path) -> Iterator[list[str]]:
    """The rows of the sheet that is read."""
    if "xl/workbook.xml" not in check_archive(path, what="table"):
        raise UserError("This file is no workbook: please export it as CSV or .xlsx.")
    with refusing_damage(DAMAGED):
        book = open_book(path)
        if book.worksheets:
            for row in book.worksheets[_chosen(book)].iter_rows(values_only=True):
                yield [written(value) for value in row]


def open_book(path: Path, *, formulas: bool = False) -> Any:
    """A workbook to be read row by row; with `formulas` these instead of their results."""
    mimetypes.knownfiles.clear()  # openpyxl would read the system's list, which is shut off here
    import openpyxl

    # Given as an open file, because of a path it would judge the ending.
    return openpyxl.load_workbook(
        path.open("rb"), read_only=True, data_only=not formulas, keep_links=False
    )


def _chosen(book: Any) -> int:
    """The place of the first sheet with so many rows as make a table; where none has, the fullest.

    A cover or a page of notes in front is none, and a hidden sheet only where all are hidden.
    """
    sheets = list(enumerate(book.worksheets))
    shown = [(place, sheet) for place, sheet in sheets if sheet.sheet_state == "visible"]
    filled: dict[int, int] = {}
    for place, sheet in shown or sheets:
        sheet.reset_dimensions()  # files lie about them: a million empty rows would be made
        rows = (row for row in sheet.iter_rows(values_only=True) if any(map(written, row)))
        filled[place] = sum(1 for _ in islice(rows, FEWEST_ROWS))
        if filled[place] == FEWEST_ROWS:
            break
    return max(filled, key=lambda place: filled[place])


def annotate_book(path: Path, target: Path, columns: Columns) -> None:
    """Write all sheets to `target`, the one that is read with the columns on its right.

    Formulas stay formulas, and a text that looks like one stays a text.
    """
    check_archive(path, what="table")
    tempfile.tempdir = str(target.parent)  # nowhere else may be written
    with refusing_damage(DAMAGED):
        chosen = _chosen(open_book(path))  # among what was read: there a formula is its result
        book = open_book(path, formulas=True)
        from openpyxl import Workbook

        copy = Workbook(write_only=True)
        for place, sheet in enumerate(book.worksheets):
            sheet.reset_dimensions()
            page = copy.create_sheet(sheet.title)
            page.sheet_state = sheet.sheet_state
            _copy_sheet(sheet, page, columns if place == chosen else None)
        copy.save(target)


def _copy_sheet(sheet: Any, page: Any, columns: Columns | None) -> None:
    """Copy one sheet; the one that is read with the columns."""
    from openpyxl.cell import WriteOnlyCell

    added: dict[int, Sequence[str | float]] = {}
    if columns:
        added = {
            **dict(zip(columns.places, columns.cells, strict=True)),
            columns.head: columns.names,
        }
    for place, row in enumerate(sheet.iter_rows()):
        cells = [_copied(cell, page) for cell in row]
        if columns and (more := added.get(place)):
            cells += [None] * (columns.width - len(cells))
            at = columns.width
            cells[at:at] = [WriteOnlyCell(page, value=value) for value in more]
        page.append(cells)


def _copied(cell: Any, page: Any) -> Any:
    """A cell with its kind, so that a text that begins with "=" does not become a formula."""
    from openpyxl.cell import WriteOnlyCell

    if cell.value is None:
        return None
    copied = WriteOnlyCell(page, value=cell.value)
    if isinstance(cell.value, str) and cell.data_type != "f":
        copied.data_type = "s"
    elif cell.is_date:
        copied.number_format = cell.number_format
    return copied


def written(value: object) -> str:
    """A cell as people would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date, time)):
        return value.isoformat(*((" ",) if isinstance(value, datetime) else ()))
    return str(value)
