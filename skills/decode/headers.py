"""Whether the first row of a table, or two of them, name its columns, judged from what is below."""

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
OPEN_ENDED = re.compile(r"(?:open-ended )?response", re.IGNORECASE)  # as surveys write it there
LOOKED_AT = 200
MOSTLY = 0.8  # of a column's cells are values
FEW_QUESTIONS, FEWEST_ANSWERS = 0.05, 5
MOST_FACTS = 15  # records above the names
LONGEST_SECOND = 3  # words of a cell below a name ("Open-Ended Response")


def find_header(records: list[list[str]]) -> tuple[list[str], bool]:
    """The column names and whether the first record gave them; made-up ones when it did not."""
    first, below = records[0], records[1 : LOOKED_AT + 1]
    if _names_columns(first, below):
        return list(first), True
    width = max(len(record) for record in records[: LOOKED_AT + 1])
    return [f"column {number}" for number in range(1, width + 1)], False


def count_facts(records: list[list[str]], width: int) -> int:
    """How many records above the names say something of the whole ("Generated", "2025-11-01").

    They fill half of the columns at most; the names fill all, above values that are none of them.
    """
    place = next((at for at, each in enumerate(records) if 2 * len(each) > width), 0)
    if not 0 < place <= MOST_FACTS:
        return 0
    names, columns = records[place], _columns(records[place + 1 : place + 1 + LOOKED_AT], width)
    named = len(names) == width and all(names) and not any(map(_is_value, names))
    return place if named and any(_share_of_values(each) >= MOSTLY for each in columns) else 0


def _names_columns(first: list[str], below: list[list[str]]) -> bool:
    """Known words decide first, then values (never names), then the contrast with the rows."""
    words = [set(re.findall(r"[a-z]+", cell.lower())) for cell in first]
    if any(each and len(each) <= 4 and each & USUAL for each in words) and not _reads_as_text(
        first
    ):
        return True
    if any(_is_value(cell) for cell in first):
        return False
    columns = _columns(below, len(first))
    # A form's columns are named by whole questions: what stands below the others decides.
    if any(
        name and _share_of_values(column) >= MOSTLY
        for name, column in zip(first, columns, strict=True)
    ):
        return True
    if any(map(_is_answered, first, columns)):
        return True
    if _reads_as_text(first):
        return False
    if any(_usual_words(column) >= 5 for column in columns):
        return True
    return len(first) > 1 and len(set(first)) == len(first)


def find_second_header(records: list[list[str]]) -> tuple[list[str], bool] | None:
    """The column names of a table whose first two records name its columns, None where one does.

    True when the first only heads groups of columns (its cells were merged), so that the second
    has the names; False when the second says something of each column ("Open-Ended Response").
    """
    first, second = records[0], records[1] if len(records) > 2 else []
    columns = _columns(records[2 : LOOKED_AT + 2], max(len(first), len(second)))
    names = [*first, *[""] * (len(columns) - len(first))]
    further = [*second, *[""] * (len(columns) - len(second))]
    valued = [place for place, each in enumerate(columns) if _share_of_values(each) >= MOSTLY]
    if not valued or any(_is_value(further[place]) for place in valued):
        return None
    grouped = len(set(filter(None, names))) < len(names)
    if grouped and any(further[place] for place in valued) and len(set(further)) == len(further):
        return [below or above for above, below in zip(names, further, strict=True)], True
    short = all(len(cell.split()) <= LONGEST_SECOND for cell in further)
    told = len(valued) > 1 or any(map(OPEN_ENDED.fullmatch, further))
    if told and short and any(further) and not any(further[place] for place in valued):
        return names, False
    return None


def _columns(rows: list[list[str]], width: int) -> list[list[str]]:
    return [[row[place] for row in rows if place < len(row)] for place in range(width)]


def _is_answered(name: str, column: list[str]) -> bool:
    """Whether it is a question, and what stands below it are none."""
    asked = [cell.endswith("?") for cell in column if cell]
    questions = sum(asked) <= FEW_QUESTIONS * len(asked)
    return name.endswith("?") and len(asked) >= FEWEST_ANSWERS and questions


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
