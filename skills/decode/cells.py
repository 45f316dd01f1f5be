"""CSV: a text becomes records of cells, its delimiter found from its first lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

DELIMITERS = ",;\t|"
SNIFFED_LINES = 200
# A quote that stays open longer than this was an apostrophe or an inch mark, not a quoted cell.
MOST_LINES_A_CELL = 200
SNIFFED_CHARACTERS = 1_000_000


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
