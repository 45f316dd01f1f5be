"""Which column of a table holds what people wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

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
# What was written about a comment by those who got it.
_US = """
agent developer owner seller merchant vendor company management staff moderator admin support our
"""
US = frozenset(_US.split())
ANSWERS = frozenset(("answer", "reply", "response", "note"))
# What a question asks for; "like least" and "not like" are bad though "like" is good.
ASKS_FOR_BAD = re.compile(
    r"\b(?:(?:likes?|liked|enjoy(?:ed)?|loved?) (?:\w+ )?(?:the )?least"
    r"|(?:not|didn['’]t|don['’]t) (?:you )?(?:like|enjoy)"
    r"|dislik\w*|hated?|worst|cons|weakness(?:es)?|negatives?|disadvantages?|bad|improve\w*|better"
    r"|stop|frustrat\w+|annoy\w*|missing|chang\w+|complain\w*|disappoint\w*|unhappy|problems?)\b",
    re.IGNORECASE,
)
ASKS_FOR_GOOD = re.compile(
    r"\b(?:likes?|liked|loved?|enjoy(?:ed)?|best|pros|strengths?|positives?|advantages?|good|great"
    r"|well|keep|highlights?|favou?rite|happy|satisfied)\b",
    re.IGNORECASE,
)
ANSWERED, MARKS = 0.3, 3  # of the rows; different answers such as "yes", "no" and "partly"
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
    best = max(
        range(_width(table)),
        key=lambda place: (
            words[place] >= NATURAL_WORDS and not _is_ours(table.header[place]),
            words[place] >= NATURAL_WORDS and not _comes_again(table, place),
            words[place],
        ),
    )
    if words[best] < NATURAL_WORDS:
        raise UserError(
            f"I found no column with sentences in this table (its columns: {_listed(table)}): "
            f"{ASK_FOR_COLUMN}"
        )
    return best


def find_asked(table: TableData, *, wanted: str = "") -> dict[int, int]:
    """The places of the columns to read: one, unless a form asks for good and bad in several.

    Each with what it asks for, as `find_sides` says it; 0 for neither.

    Raises UserError as `find_text_column` does.
    """
    sides = find_sides(table)
    if sides and not wanted:
        return sides
    place = find_text_column(table, wanted=wanted)
    return {place: sides.get(place, 0)}


def find_sides(table: TableData) -> dict[int, int]:
    """Columns that ask for what is good (1) and others for what is bad (-1); {} without both.

    People wrote into them: columns of marks or of "yes" and "no" are none.
    """
    sides = {
        place: lean
        for place, title in enumerate(table.header)
        if (lean := _lean_of(title)) and not _is_ours(title) and _is_answered(table, place)
    }
    return sides if len(set(sides.values())) > 1 else {}


def _lean_of(title: str) -> int:
    """1 for a question for what is good ("Pros"), -1 for what is bad, 0 for both or neither."""
    title = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", title[:LOOKED_AT])
    rest = ASKS_FOR_BAD.sub(" ", title)
    return bool(ASKS_FOR_GOOD.search(rest)) - (rest != title)


def _is_answered(table: TableData, place: int) -> bool:
    """Whether many wrote something, and not the same few words again and again."""
    cells = [row[place] for row in table.rows[:SAMPLE]]
    filled = [cell for cell in cells if cell]
    different = len({cell.casefold() for cell in filled})
    often = len(filled) >= ANSWERED * len(cells)
    return often and _words(filled) >= NAMED_WORDS and different > MARKS


def find_other_texts(table: TableData, chosen: Collection[int]) -> list[str]:
    """The names of further columns with sentences, other than a few that come again and again."""
    return [
        title
        for place, title in enumerate(table.header)
        if place not in chosen
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
    words = _words_of(title)
    if NO_TEXT & set(words) or _is_ours(title):
        return False
    return any(word.removesuffix("s") in names for word in words)


def _words_of(title: str) -> list[str]:
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", title[:LOOKED_AT])
    return [part.lower() for part in parts]


def _is_ours(title: str) -> bool:
    """Whether it holds what customers were answered ("Agent reply"); "Note to seller" does not."""
    words = {word.removesuffix("s") for word in _words_of(title)}
    return "internal" in words or bool(US & words and ANSWERS & words and not {"to", "for"} & words)


def _comes_again(table: TableData, place: int) -> bool:
    """Whether its sentences are a few that come again and again, as a product's name does."""
    cells = [row[place] for row in table.rows[:SAMPLE] if row[place]]
    return len(set(cells)) <= FEW_TEXTS < len(cells) / 2


def _words(cells: Iterable[str]) -> float:
    """The mean number of words of the cells that are not empty; 0 for numbers, links, addresses."""
    counts = [
        0 if ADDRESS.fullmatch(cell) else min(len(WORD.findall(cell)), len(cell.split()))
        for cell in (each[:LOOKED_AT] for each in cells)
        if cell.strip()
    ]
    return sum(counts) / len(counts) if counts else 0.0
