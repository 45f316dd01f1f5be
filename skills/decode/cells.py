"""CSV: a text becomes records of cells, its delimiter found from its first lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

DELIMITERS = ",;\t|"
SNIFFED_LINES = 200
# A quote that stays open longer than this was an apostrophe or an inch mark, not a quoted cell.
MOST_LINES_A_CELL = 200
SNIFFED_CHARACTERS = 1_000_000
LOOSE, WHOLE = 0.9, 0.05  # of the parts of sentences, and of the rows that a comma does not part


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A record's cells, and the letters of the file that they were read from, its line end too."""

    cells: list[str]
    raw: str


def split_cells(text: str, *, name: str = "") -> Iterator[list[str]]:
    """The records of a CSV or TSV text; Excel's "sep=;" line is obeyed."""
    start, delimiter = find_dialect(text, name=name)
    return (record.cells for record in split_records(text[start:], delimiter))


def find_dialect(text: str, *, name: str = "") -> tuple[int, str]:
    """Where the records begin, and what parts their cells."""
    first, end, _ = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return len(first) + len(end), first.strip()[4]
    return 0, sniff_delimiter(text, name=name)


def split_records(text: str, delimiter: str) -> Iterator[Record]:
    """Records; when a quote never closes, the whole is read again with quotes as plain letters."""
    try:
        if not _has_stray_quote(text, delimiter):
            taken: list[str] = []
            lines = _remembering(io.StringIO(text, newline=""), taken)
            for cells in csv.reader(lines, delimiter=delimiter):
                yield Record(cells=cells, raw="".join(taken))
                taken.clear()
            return
    except csv.Error:
        pass
    for line in text.splitlines(keepends=True):
        cells = [cell.strip().strip('"') for cell in line.rstrip("\r\n").split(delimiter)]
        yield Record(cells=cells, raw=line)


def _remembering(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


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
    lines = io.StringIO(text[:SNIFFED_CHARACTERS], newline="")
    sample = "".join(islice(lines, SNIFFED_LINES))
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
        rows = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0.0
    if not rows or _is_prose(rows):
        return 0.0
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    share = widths.count(usual) / len(widths)
    if usual < 2 or (share < 0.6 and widths[0] < 2):
        # Ragged, but the header has the delimiter and so have most rows: unquoted commas in prose.
        split = sum(width >= widths[0] for width in widths) / len(widths)
        return 0.3 * split if widths[0] > 1 and split > 0.8 else 0.0
    return share + 0.001 * min(usual, 50)


def _is_prose(rows: list[list[str]]) -> bool:
    """Whether the parts are parts of sentences: a space before each, and some rows have none."""
    parts = [cell for row in rows for cell in row[1:]]
    loose = sum(cell.startswith(" ") for cell in parts)
    return loose >= LOOSE * len(parts) and sum(len(row) == 1 for row in rows) > WHOLE * len(rows)
