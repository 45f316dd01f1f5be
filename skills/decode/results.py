"""A result file: rows as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from core.markup import clean

# A cell that begins with one of these is a formula to Excel, LibreOffice or Google Sheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file, in UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def harmless(cell: str) -> str:
    """The cell, quoted with an apostrophe when a spreadsheet would take it for a formula."""
    shown = clean(cell)
    runs = any(each.startswith(FORMULA) for each in (cell, shown, shown.lstrip()))
    return f"'{cell}" if runs else cell
