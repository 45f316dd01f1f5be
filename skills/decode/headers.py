"""Whether the first row of a table names its columns, judged from what stands below it."""

from __future__ import annotations

import re

# No pattern goes back over what it took: a cell may hold 100,000 digits.
NUMBER = re.compile(r"[-+]?(?=[.,\s]*+\d)[\d.,\s]++[%€$£]?")
VALUE = re.compile(
    r"[^\s@]++@(?=[^\s@.]++\.)[^\s@]++|https?://\S++|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*", re.DOTALL
)
_USUAL_WORDS = """
text comment comments review reviews message messages feedback body content title subject id
name date time author user rating score stars label sentiment category email customer answer
question sentence tweet description product response verbatim notes note value
"""
USUAL = frozenset(_USUAL_WORDS.split())
LOOKED_AT = 200


def find_header(records: list[list[str]]) -> tuple[list[str], bool]:
    """The column names and whether the first record gave them; made-up ones when it did not."""
    first, below = records[0], records[1 : LOOKED_AT + 1]
    if _names_columns(first, below):
        return list(first), True
    width = max(len(record) for record in records[: LOOKED_AT + 1])
    return [f"column {number}" for number in range(1, width + 1)], False


def _names_columns(first: list[str], below: list[list[str]]) -> bool:
    """Known words decide first, then values (never names), then the contrast with the rows."""
    words = [set(re.findall(r"[a-z]+", cell.lower())) for cell in first]
    if any(each and len(each) <= 4 and each & USUAL for each in words) and not _reads_as_text(
        first
    ):
        return True
    if any(_is_value(cell) for cell in first) or _reads_as_text(first):
        return False
    columns = [[row[place] for row in below if place < len(row)] for place in range(len(first))]
    if any(column and _share_of_values(column) >= 0.8 for column in columns):
        return True
    if any(_usual_words(column) >= 5 for column in columns):
        return True
    return len(first) > 1 and len(set(first)) == len(first)


def _is_value(cell: str) -> bool:
    return bool(NUMBER.fullmatch(cell) or VALUE.fullmatch(cell))


def _reads_as_text(cells: list[str]) -> bool:
    """Whether some cell is a sentence rather than a name."""
    return any(
        len(cell.split()) > 6 or (len(cell.split()) > 2 and cell[-1:] in ".!?") for cell in cells
    )


def _share_of_values(column: list[str]) -> float:
    filled = [cell for cell in column if cell]
    return sum(map(_is_value, filled)) / len(filled) if filled else 0.0


def _usual_words(column: list[str]) -> int:
    """The median number of words in a column's cells."""
    counts = sorted(len(cell.split()) for cell in column if cell)
    return counts[len(counts) // 2] if counts else 0
