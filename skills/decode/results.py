"""A result file: rows as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from core.markup import clean

PIECE = 64  # characters looked at together: most cells need no more
# A cell that begins with one of these is a formula to Excel, LibreOffice or Google Sheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

ALWAYS = re.compile("[=＝]")
DOES_SOMETHING = re.compile("[(|!=]")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]], *, plain: int = 0) -> bytes:
    """The file, in UTF-8 with the mark by which Excel knows it.

    The last `plain` cells of a row are our own words and numbers, written as they are.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(cell) for cell in header])
    for row in rows:
        theirs = len(row) - plain
        writer.writerow([*(harmless(cell) for cell in row[:theirs]), *row[theirs:]])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def harmless(cell: str) -> str:
    """The cell, quoted with an apostrophe when a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) or _shown(cell).startswith(FORMULA) else cell


def disarmed(cell: str) -> str:
    """The cell as it is, unless it is a formula that does something: then quoted as above.

    A number, a telephone number and "- too expensive" are left alone.
    """
    quoted = harmless(cell)
    if quoted == cell or not (ALWAYS.match(_shown(cell)) or DOES_SOMETHING.search(cell)):
        return cell
    return quoted


def _shown(cell: str) -> str:
    """From where the cell shows something, or from a tab or line end before that."""
    for start in range(0, len(cell), PIECE):
        piece = clean(cell[start : start + PIECE])
        if piece.startswith(FORMULA) or (piece := piece.lstrip()):
            return piece
    return ""
