"""Which column of a table holds what people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.errors import UserError
from skills.decode.tables import TableData

# In the order in which they are believed.
NAMES = (
    ("review", "comment", "feedback", "verbatim"),
    ("text", "message", "tweet", "post", "body", "content", "opinion", "remark"),
    ("answer", "response", "reply", "testimonial", "complaint", "note", "description"),
)
# With such a word beside it, a name says what the comment is, and not what it says.
_NO_TEXT = """
id date time count score rating type category status source language url link author number
"""
NO_TEXT = frozenset(_NO_TEXT.split())
SAMPLE = 500
WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)?(?!\w)")  # of "a3f9-b7" none
ADDRESS = re.compile(r"\s*+(?:https?://\S++|www\.\S++|[^\s@]++@(?=[^\s@.]++\.)[^\s@]++)\s*+")
LOOKED_AT = 1_000  # characters of a cell: enough to see whether it is a sentence
NATURAL_WORDS = 3.0
NAMED_WORDS = 1.0
FEW_TEXTS = 5  # different ones; fewer are categories or a standing answer
SHOWN, SHOWN_OF_A_NAME = 12, 40
# A refusal cannot be answered in the thread: the next try has to bring the table again.
ASK_FOR_COLUMN = (
    "to choose one, write “/sentiment LINK column:NAME” with the link to your message with the "
    "table, or upload it again and mention me with “sentiment column:NAME”."
)


def find_text_column(table: TableData, *, wanted: str = "") -> int:
    """The place of the column to read.

    Raises UserError, with the columns there are, when none is wanted by name nor looks like text.
    """
    if wanted:
        return place_of(table, wanted)
    words = [_words(row[place] for row in table.rows[:SAMPLE]) for place in range(_width(table))]
    for names in NAMES:
        named = [
            place
            for place, title in enumerate(table.header)
            if _is_called(title, names) and words[place] >= NAMED_WORDS
        ]
        if named:
            return max(named, key=lambda place: words[place])
    best = max(range(_width(table)), key=lambda place: words[place])
    if words[best] < NATURAL_WORDS:
        raise UserError(
            f"I found no column with sentences in this table (its columns: {_listed(table)}): "
            f"{ASK_FOR_COLUMN}"
        )
    return best


def find_other_texts(table: TableData, chosen: int) -> list[str]:
    """The names of further columns with sentences, other than a few that come again and again."""
    return [
        title
        for place, title in enumerate(table.header)
        if place != chosen
        and len({row[place] for row in table.rows[:SAMPLE] if row[place]}) > FEW_TEXTS
        and _words(row[place] for row in table.rows[:SAMPLE]) >= NATURAL_WORDS
    ]


def place_of(table: TableData, wanted: str) -> int:
    """The place of a column by its name, however it is written; raises UserError without one."""
    plain = [title.strip().casefold() for title in table.header]
    if (name := wanted.strip().casefold()) in plain:
        return plain.index(name)
    squeezed = [re.sub(r"[\W_]+", "", title) for title in plain]
    if (name := re.sub(r"[\W_]+", "", name)) in squeezed:
        return squeezed.index(name)
    raise UserError(f"This table has no column “{wanted}”: its columns are {_listed(table)}.")


def _width(table: TableData) -> int:
    return len(table.header)


def _listed(table: TableData) -> str:
    shown = ", ".join(title[:SHOWN_OF_A_NAME] for title in table.header[:SHOWN])
    more = len(table.header) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _is_called(title: str, names: Sequence[str]) -> bool:
    """Whether a word of the title ("Customer Comments", "reviewText") is one of the names."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", title[:LOOKED_AT])
    lowered = [part.lower() for part in parts]
    if NO_TEXT & set(lowered):
        return False
    return any(part.removesuffix("s") in names for part in lowered)


def _words(cells: Iterable[str]) -> float:
    """The mean number of words of the cells that are not empty; 0 for numbers, links, addresses."""
    counts = [
        0 if ADDRESS.fullmatch(cell) else len(WORD.findall(cell))
        for cell in (each[:LOOKED_AT] for each in cells)
        if cell.strip()
    ]
    return sum(counts) / len(counts) if counts else 0.0
