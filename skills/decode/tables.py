"""Tables: a CSV, TSV or XLSX file as people export it becomes a header and rows of strings.

What the file is decides, not its name: a workbook named .csv is read as a workbook. Workbooks are
parsed in the sandbox, CSV in this process (the csv module builds nothing but strings).
"""

from __future__ import annotations

import csv
import io
import mimetypes
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.archives import OLE, check_archive, is_archive
from skills.decode.encodings import decode_text
from skills.decode.headers import find_header
from skills.decode.sandbox import run_decoder
from skills.kinds import TABLE

MOST_ROWS = 50_000
MOST_CELLS = 1_000_000
MOST_COLUMNS = 500
SECONDS = 30.0
DAMAGED = "This workbook is damaged: open it, save it again and send that."
DELIMITERS = ",;\t|"
SNIFFED_LINES = 200
# A quote that stays open longer than this was an apostrophe or an inch mark, not a quoted cell.
MOST_LINES_A_CELL = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class TableData:
    """A table; every row has as many cells as the header.

    `named` is False when the file had no header row: the columns are then "column 1", "column 2".
    """

    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    named: bool = True


def read_table(path: Path) -> TableData:
    """The table in a file.

    Raises UserError when there is none, when it is protected, damaged, or past the limits above.
    """
    size = path.stat().st_size
    if size == 0:
        raise UserError("This table is empty (0 bytes): export it again and send that.")
    if size > TABLE.max_bytes:
        raise UserError(
            f"This table is larger than {TABLE.max_bytes // 1024**2} MB: please split it."
        )
    with path.open("rb") as file:
        head = file.read(512)
    _refuse_others(head)
    if is_archive(head):
        return _read_workbook_apart(path)
    return shape(split_cells(decode_text(path.read_bytes(), what="table"), name=path.name))


def _refuse_others(head: bytes) -> None:
    """Say what a file is when it is certainly no table that we read."""
    start = head.lstrip().lower()
    if head.startswith(OLE):
        raise UserError(
            "This workbook is protected by a password or in the old .xls format: "
            "save it as .xlsx without a password, or as CSV."
        )
    if head.startswith(b"%PDF-"):
        raise UserError("This is a PDF, not a table: please export it as CSV or .xlsx.")
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise UserError("This is a web page, not a table: please export it as CSV or .xlsx.")


def shape(records: Iterable[list[str]]) -> TableData:
    """A header and even rows out of ragged records; empty records are skipped.

    Raises UserError when nothing is left or there is too much.
    """
    kept: list[list[str]] = []
    cells = 0
    for record in records:
        while record and not record[-1].strip():
            record.pop()
        if not record:
            continue
        kept.append([cell.strip() for cell in record])
        cells += len(record)
        if len(kept) > MOST_ROWS + 1 or cells > MOST_CELLS or len(record) > MOST_COLUMNS:
            raise UserError(
                f"This table is too long: at most {MOST_ROWS:,} rows, {MOST_COLUMNS} columns and "
                f"{MOST_CELLS:,} cells; please split it."
            )
    if not kept:
        raise UserError("This table has no rows: export it again and send that.")
    return _even(kept)


def _even(records: list[list[str]]) -> TableData:
    """Skip a title above the table, find the header, make all rows as wide as it."""
    width = _usual_width(records)
    while len(records) > 2 and len(records[0]) == 1 and width > 1:
        records = records[1:]
    header, named = find_header(records)
    width = max(len(header), width)
    header += [f"column {number}" for number in range(len(header) + 1, width + 1)]
    names = [name or f"column {number}" for number, name in enumerate(header, start=1)]
    rows = [_fit(record, width) for record in (records[1:] if named else records)]
    if not rows:
        raise UserError("This table has a header but no rows: export it again and send that.")
    return TableData(header=tuple(names), rows=rows, named=named)


def _usual_width(records: list[list[str]]) -> int:
    """The number of cells that most rows fill (trailing empty cells are gone already)."""
    widths = sorted(len(record) for record in records[1:] or records)
    return widths[(len(widths) - 1) // 2]


def _fit(record: list[str], width: int) -> tuple[str, ...]:
    """A row of `width` cells: what an unquoted comma split off goes back to the last one."""
    if len(record) > width:
        record = [*record[: width - 1], ", ".join(cell for cell in record[width - 1 :] if cell)]
    return tuple(record) + ("",) * (width - len(record))


def split_cells(text: str, *, name: str = "") -> Iterator[list[str]]:
    """The records of a CSV or TSV text; Excel's "sep=;" line is obeyed."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return _parse(rest, first.strip()[4])
    return _parse(text, sniff_delimiter(text, name=name))


def _parse(text: str, delimiter: str) -> Iterator[list[str]]:
    """Records; when a quote never closes, the whole is read again with quotes as plain letters."""
    try:
        if not _has_stray_quote(text, delimiter):
            yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            return
    except csv.Error:
        pass
    for line in text.splitlines():
        yield [cell.strip().strip('"') for cell in line.split(delimiter)]


def _has_stray_quote(text: str, delimiter: str) -> bool:
    """Whether some quoted cell swallows so many lines that its quote cannot be meant.

    Raises csv.Error when a cell outgrows the csv module's own limit (131,072 characters).
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    for _ in reader:
        if reader.line_num - before > MOST_LINES_A_CELL:
            return True
        before = reader.line_num
    return False


def sniff_delimiter(text: str, *, name: str = "") -> str:
    """The delimiter that splits most of the first rows into the same number of cells (> 1).

    A file of one column has none: then "," is answered, unless commas would break its sentences.
    """
    sample = "".join(text.splitlines(keepends=True)[:SNIFFED_LINES])
    order = "\t" + DELIMITERS if name.lower().endswith(".tsv") else DELIMITERS
    scores = {each: _evenness(sample, each) for each in order}
    best = max(scores, key=lambda each: scores[each])
    if scores[best] > 0:
        return best
    # One column: a character that does not occur keeps its commas inside the cell.
    return next((each for each in order if each not in sample), "\x1f")


def _evenness(sample: str, delimiter: str) -> float:
    """The share of rows with the commonest width, a little more for wide ones; 0 for one column."""
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    share = widths.count(usual) / len(widths)
    if usual < 2 or (share < 0.6 and widths[0] < 2):
        # Ragged, but the header has the delimiter and so have most rows: unquoted commas in prose.
        split = sum(width >= widths[0] for width in widths) / len(widths)
        return 0.3 * split if widths[0] > 1 and split > 0.8 else 0.0
    return share + 0.001 * min(usual, 50)


def _read_workbook_apart(path: Path) -> TableData:
    """Parse a workbook in the sandboxed child."""
    check_archive(path, what="table")
    found = run_decoder("skills.decode.tables:decode_file", path, seconds=SECONDS, damaged=DAMAGED)
    rows = [tuple(row) for row in found["rows"]]
    return TableData(header=tuple(found["header"]), rows=rows, named=found["named"])


def decode_file(path: Path, out_dir: Path, options: Mapping[str, str]) -> dict[str, Any]:
    """The sandboxed half: a workbook's first sheet that holds something, as plain values."""
    table = shape(_sheet_rows(path))
    return {"header": table.header, "rows": table.rows, "named": table.named}


def _sheet_rows(path: Path) -> Iterator[list[str]]:
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
                cells = [_written(value) for value in row]
                empty = empty and not any(cells)
                yield cells
            if not empty:
                return
    except UserError:
        raise
    except Exception:  # openpyxl raises whatever a broken part leads it to, of no common class
        raise UserError(DAMAGED) from None


def _written(value: object) -> str:
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
