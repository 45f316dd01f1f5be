"""Annotated tables: the file that was given, with further columns on the right.

A CSV keeps its delimiter, encoding, quotes and line ends: what was there is copied letter for
letter, but for cells that a spreadsheet would run. `annotate` runs `annotate_file` in the sandbox.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.archives import is_archive
from skills.decode.cells import Record, find_dialect, split_records
from skills.decode.encodings import decode_text, find_encoding
from skills.decode.results import disarmed
from skills.decode.sandbox import output_size, run_decoder
from skills.decode.scratch import scratch_for
from skills.decode.tables import TableData

SECONDS = 60.0
MOST_BYTES = 100 * 1024**2
WRITTEN = "annotated"
NOT_WRITTEN = "I could not write this table back."


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Columns to add: their names, and a cell each for some records of the file (`places`).

    `head` is the record with the names (-1: none), `width` how many columns there are already.
    """

    names: tuple[str, ...]
    places: tuple[int, ...]
    cells: tuple[tuple[str | float, ...], ...]
    head: int
    width: int


def columns_for(
    table: TableData, names: Sequence[str], cells: Sequence[tuple[str | float, ...]]
) -> Columns:
    """Columns for the rows of a table; a name that is taken gets a number."""
    taken = {name.casefold() for name in table.header}
    return Columns(
        names=tuple(_free(name, taken) for name in names),
        places=table.places,
        cells=tuple(cells),
        head=table.head,
        width=len(table.header),
    )


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *numbered) if each not in taken)


def annotate(path: Path, columns: Columns) -> tuple[bytes, str]:
    """The file with these columns, and its ending (".csv", ".tsv" or ".xlsx").

    Raises UserError when it could not be written.
    """
    with scratch_for(path) as folder:
        found = run_decoder(
            "skills.decode.annotate:annotate_file", path, out_dir=folder,
            options=asdict(columns), seconds=SECONDS, damaged=NOT_WRITTEN,
        )  # fmt: skip
        written, suffix = folder / WRITTEN, found.get("suffix")
        if suffix not in (".csv", ".tsv", ".xlsx") or not 0 < output_size(written) < MOST_BYTES:
            raise UserError(NOT_WRITTEN)
        return written.read_bytes(), suffix


def annotate_file(path: Path, out_dir: Path, options: Mapping[str, Any]) -> dict[str, str]:
    """The sandboxed half: the file is written into `out_dir`."""
    columns = Columns(**options)
    target = out_dir / WRITTEN
    with path.open("rb") as file:
        head = file.read(512)
    if is_archive(head):
        from skills.decode.workbook import annotate_book

        annotate_book(path, target, columns)
        return {"suffix": ".xlsx"}
    content = path.read_bytes()
    text, delimiter = annotate_text(decode_text(content, what="table"), columns, name=path.name)
    target.write_bytes(text.encode(find_encoding(content), errors="replace"))
    return {"suffix": ".tsv" if delimiter == "\t" else ".csv"}


def annotate_text(text: str, columns: Columns, *, name: str = "") -> tuple[str, str]:
    """The text of a CSV with the columns, and its delimiter; one column alone gets commas."""
    start, delimiter = find_dialect(text, name=name)
    added = dict(zip(columns.places, columns.cells, strict=True))
    added[columns.head] = columns.names
    line_end = "\r\n" if "\r\n" in text[:100_000] else "\n"
    out = io.StringIO(newline="")
    out.write(text[:start] if columns.width > 1 else "")
    for place, record in enumerate(split_records(text[start:], delimiter)):
        if (more := added.get(place)) is None:
            out.write(record.raw)
            continue
        end = record.raw[len(record.raw.rstrip("\r\n")) :] or line_end
        out.write(_line(record, more, delimiter=delimiter, width=columns.width) + end)
    return out.getvalue(), delimiter if columns.width > 1 else ","


def _line(record: Record, more: Sequence[str | float], *, delimiter: str, width: int) -> str:
    """A record as it was written, and the new cells; written anew where it must be."""
    cells = [disarmed(cell) for cell in record.cells]
    if width == 1:
        return _written([*_fitting(cells, width), *map(str, more)], ",")
    if len(cells) > width or cells != record.cells:
        return _written([*_fitting(cells, width), *map(str, more)], delimiter)
    gap = delimiter * (width - len(cells))
    return f"{record.raw.rstrip(chr(13) + chr(10))}{gap}{delimiter}{_written(more, delimiter)}"


def _fitting(cells: list[str], width: int) -> list[str]:
    """As many cells as there are columns: what an unquoted comma split off goes back."""
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > width:
        cells = [*cells[: width - 1], ", ".join(cell.strip() for cell in cells[width - 1 :])]
    return [*cells, *[""] * (width - len(cells))]


def _written(cells: Sequence[str | float], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
    return out.getvalue()
