"""XLSX: the first sheet that holds something becomes records of cells, as people typed them."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from core.errors import UserError
from skills.decode.archives import check_archive

DAMAGED = "This workbook is damaged: open it, save it again and send that."


def read_sheet(path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet with any cell in it."""
    if "xl/workbook.xml" not in check_archive(path, what="table"):
        raise UserError("This file is no workbook: please export it as CSV or .xlsx.")
    mimetypes.knownfiles.clear()  # openpyxl would read the system's list, which is shut off here
    import openpyxl

    try:
        # Given as an open file, because of a path it would judge the ending.
        book = openpyxl.load_workbook(
            path.open("rb"), read_only=True, data_only=True, keep_links=False
        )
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # files lie about them: a million empty rows would be made
            empty = True
            for row in sheet.iter_rows(values_only=True):
                cells = [written(value) for value in row]
                empty = empty and not any(cells)
                yield cells
            if not empty:
                return
    except UserError:
        raise
    except Exception:  # openpyxl raises whatever a broken part leads it to, of no common class
        raise UserError(DAMAGED) from None


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
