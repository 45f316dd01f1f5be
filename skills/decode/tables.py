"""Tables: a CSV, TSV or XLSX file as people export it becomes a header and rows of strings.

What the file is decides, not its name: a workbook named .csv is read as a workbook. `read_table`
runs `decode_file` in the sandbox; the readers (cells.py, workbook.py) never run in the worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.archives import OLE, is_archive
from skills.decode.cells import split_cells
from skills.decode.encodings import decode_text
from skills.decode.headers import count_facts, find_header, find_second_header
from skills.decode.sandbox import run_decoder
from skills.kinds import TABLE

MOST_ROWS = 50_000
MOST_CELLS = 1_000_000
MOST_COLUMNS = 500
MOST_CHARACTERS = 30_000_000
SECONDS = 25.0
DAMAGED = (
    "I could not read this table: it is damaged or takes too long to open; "
    "export it again as CSV, in parts when it is long."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class TableData:
    """A table; every row has as many cells as the header.

    `named` is False when the file had no header row: the columns are then "column 1", "column 2".
    `places` says the how-manieth record of the file each row was (from 0, blank ones count), `head`
    the one with the names, and `beyond` how many rows were left out at the end.
    """

    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    named: bool = True
    places: tuple[int, ...] = ()
    head: int = -1
    beyond: int = 0


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
    found = run_decoder("skills.decode.tables:decode_file", path, seconds=SECONDS, damaged=DAMAGED)
    return TableData(
        header=tuple(found["header"]),
        rows=[tuple(row) for row in found["rows"]],
        named=found["named"],
        places=tuple(found["places"]),
        head=found["head"],
        beyond=found["beyond"],
    )


def decode_file(path: Path, out_dir: Path, options: Mapping[str, str]) -> dict[str, Any]:
    """The sandboxed half: the table as plain values."""
    return asdict(shape(_records(path)))


def _records(path: Path) -> Iterator[list[str]]:
    """Sniff the format and hand over to its reader."""
    with path.open("rb") as file:
        head = file.read(512)
    _refuse_others(head)
    if is_archive(head):
        from skills.decode.workbook import read_sheet

        return read_sheet(path)
    return split_cells(decode_text(path.read_bytes(), what="table"), name=path.name)


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

    Rows past `MOST_ROWS` are counted only. Raises UserError when nothing is left or the rest is
    too much.
    """
    kept: list[list[str]] = []
    places: list[int] = []
    cells = characters = beyond = 0
    for place, record in enumerate(records):
        while record and not record[-1].strip():
            record.pop()
        if not record:
            continue
        if len(kept) > MOST_ROWS:
            beyond += 1
            continue
        kept.append([cell.strip() for cell in record])
        places.append(place)
        cells += len(record)
        characters += sum(map(len, record))
        if len(record) > MOST_COLUMNS or cells > MOST_CELLS or characters > MOST_CHARACTERS:
            raise UserError(
                f"This table is too large: at most {MOST_COLUMNS} columns, {MOST_CELLS:,} cells "
                f"and {MOST_CHARACTERS:,} characters; please split it."
            )
    if not kept:
        raise UserError("This table has no rows: export it again and send that.")
    return _even(kept, places, beyond)


def _even(records: list[list[str]], places: list[int], beyond: int) -> TableData:
    """Skip a title above the table, find the header of one or two rows, make all as wide as it."""
    width = _usual_width(records)
    title = 0
    while len(records) - title > 2 and len(records[title]) == 1 and width > 1:
        title += 1
    title += count_facts(records[title:], width)
    records = records[title:]
    header, named = find_header(records)
    heads, head = int(named), title
    if named and (second := find_second_header(records)):
        header, below = second
        heads, head = 2, title + below
    width = max(len(header), width)
    header += [f"column {number}" for number in range(len(header) + 1, width + 1)]
    names = [name or f"column {number}" for number, name in enumerate(header, start=1)]
    first = title + heads
    rows = [_fit(record, width) for record in records[heads:][:MOST_ROWS]]
    if not rows:
        raise UserError("This table has a header but no rows: export it again and send that.")
    return TableData(
        header=tuple(names),
        rows=rows,
        named=named,
        places=tuple(places[first : first + len(rows)]),
        head=places[head] if named else -1,
        beyond=beyond + len(records) - heads - len(rows),
    )


def _usual_width(records: list[list[str]]) -> int:
    """The number of cells that most rows fill (trailing empty cells are gone already)."""
    widths = sorted(len(record) for record in records[1:] or records)
    return widths[(len(widths) - 1) // 2]


def _fit(record: list[str], width: int) -> tuple[str, ...]:
    """A row of `width` cells: what an unquoted comma split off goes back to the last one."""
    if len(record) > width:
        record = [*record[: width - 1], ", ".join(cell for cell in record[width - 1 :] if cell)]
    return tuple(record) + ("",) * (width - len(record))
