"""A pasted list: several comments in one text, told from a letter or a story of several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from skills.decode.headers import find_header
from skills.decode.tables import TableData

MARK = re.compile(r"\s*(?:>\s*)?(?:[-*+•–—▪◦‣·]|\(?\d{1,4}[.)\]]|\(?[a-z][.)])\s+(?=\S)")
QUOTE = re.compile(r"\s*>\s?")
GREETING = re.compile(
    r"\W*(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|to whom)\b"
    r"[^.!?]{0,40}[,!:.]?\s*",
    re.IGNORECASE,
)
GOODBYE = re.compile(
    r"\W*(?:(?:kind|best|warm|many)? ?(?:regards|wishes)|best|cheers|yours\b.*|sincerely\b.*|thanks"
    r"|thank you|many thanks|love|greetings)\W*",
    re.IGNORECASE,
)
# A line that goes on with what the line above told is no comment of its own.
GOES_ON = re.compile(
    r"\W*(?:then|so|and|but|or|because|after(?:wards)?|also|next|finally|however|later|when|which"
    r"|he|she|they|therefore|instead|meanwhile|besides)\b",
    re.IGNORECASE,
)
ENDS = ".!?…:;\"”’')"
FEWEST_MARKED, FEWEST_LINES = 2, 5
MARKED = 0.6  # of the lines
MOST_WORDS_A_LINE = 25.0  # the median line; longer ones are paragraphs
GOING_ON = 0.25
SHORT_WORDS = 6.0
LOOKED_AT = 200  # characters of a line


def find_comments(text: str) -> TableData | None:
    """The comments of a pasted list as a table of one column; None where it is one text."""
    if "\n" not in text.strip():
        return None
    lines = [line.strip() for line in text.splitlines()]
    filled = [line for line in lines if line]
    if len(filled) > 1 and filled[0].endswith(":") and not MARK.match(filled[0]):
        filled = filled[1:]  # "What people wrote:"
    items = _marked(filled) or _one_a_line(lines, filled)
    if not items:
        return None
    return TableData(header=("comment",), rows=[(item,) for item in items], named=False)


def _marked(lines: Sequence[str]) -> list[str]:
    """What stands behind bullets or numbers, with the lines that go on below; [] where few do."""
    places = [place for place, line in enumerate(lines) if MARK.match(line[:LOOKED_AT])]
    if len(places) < FEWEST_MARKED or places[0] > 0 or len(places) < MARKED * len(lines):
        return []
    ends = [*places[1:], len(lines)]
    items = [" ".join(lines[start:end]) for start, end in zip(places, ends, strict=True)]
    return [MARK.sub("", item, count=1).strip() for item in items]


def _one_a_line(lines: Sequence[str], filled: Sequence[str]) -> list[str]:
    """Lines that stand alone: short, several, of no letter and no wrapped paragraph."""
    heads = [QUOTE.sub("", line[:LOOKED_AT]) for line in filled]
    if len(filled) < FEWEST_LINES or _is_letter(heads) or not _evenly_parted(lines):
        return []
    words = [len(line.split()) for line in filled]
    if median(words) > MOST_WORDS_A_LINE:
        return []
    if sum(bool(GOES_ON.match(head)) for head in heads[1:]) > GOING_ON * len(heads):
        return []
    if _is_wrapped(filled) and median(words) > SHORT_WORDS:
        return []
    items = [QUOTE.sub("", line) for line in filled]
    names, named = find_header([[item] for item in items])
    return items[1:] if named and len(names[0].split()) <= 2 else items


def _is_letter(heads: Sequence[str]) -> bool:
    return bool(GREETING.fullmatch(heads[0])) or any(map(GOODBYE.fullmatch, heads[-3:]))


def _evenly_parted(lines: Sequence[str]) -> bool:
    """No blank line, or one between all: paragraphs of several lines are prose."""
    inside = "\n".join(lines).strip().split("\n")
    blank = sum(not line for line in inside)
    return blank == 0 or blank >= (len(inside) - blank - 1)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines end in the middle of sentences that the next ones finish."""
    broken = sum(above[-1] not in ENDS and below[0].islower() for above, below in pairwise(lines))
    return broken > GOING_ON * len(lines)
