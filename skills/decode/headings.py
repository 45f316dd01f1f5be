"""Headings without a style: short lines of their own above prose, or with a chapter's number.

Readers that know headings by style or size mark them themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from skills.decode.document import Passage

MOST_WORDS, MOST_LETTERS = 10, 90
FEWEST_WORDS_BELOW = 8
LOWEST = 8  # the level of a heading that only its place tells
NUMBERED = re.compile(
    r"(?:(?:chapter|section|part|article|appendix|annex|kapitel|abschnitt|anlage|chapitre|"
    r"capítulo)\s+(?:\d{1,3}|[ivxlc]{1,6}|[a-z])\b|§+\s*\d{1,3}|"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?(?=\s+[^\W\d_]))",
    re.IGNORECASE,
)
ENDS = (".", "!", "?", ":", ";", ",", "…", "。")
# What a form, a table or a letter writes on a line of its own.
NO_HEADING = re.compile(r"[@|_=<>]|https?:|\d[\d.,]{4,}|[•·]|\b(dear|hello|hi|regards)\b", re.I)


def mark_headings(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, with those marked that look like headings and are not marked yet."""
    marked: list[Passage] = []
    for place, each in enumerate(passages):
        below = passages[place + 1] if place + 1 < len(passages) else None
        level = 0 if each.heading or each.table >= 0 else find_level(each.text, below=below)
        marked.append(replace(each, heading=True, level=level) if level else each)
    return marked


def find_level(text: str, *, below: Passage | None) -> int:
    """The level of a heading that only its words tell, 0 for any other paragraph."""
    words = text.split(None, MOST_WORDS)
    if len(text) > MOST_LETTERS or not 0 < len(words) <= MOST_WORDS or text.endswith(ENDS):
        return 0
    if NO_HEADING.search(text):
        return 0
    found = NUMBERED.match(text)
    if found and (text[:1].isupper() or text[:1] in "§0123456789"):
        number = found["number"]
        if not number:
            return LOWEST
        if below is None or not _is_next_item(below.text, after=number):
            return LOWEST + 1 + number.count(".")
    above_prose = (
        below is not None
        and not below.heading
        and (below.table >= 0 or len(below.text.split(None, 20)) >= FEWEST_WORDS_BELOW)
        and below.text.endswith((".", "!", "?", ":", ";", "”", '"', ")"))
    )
    named = text[:1].isupper() and sum(letter.isalpha() for letter in text) > 0.6 * len(text)
    return LOWEST if above_prose and named else 0


def _is_next_item(text: str, *, after: str) -> bool:
    """Whether a paragraph below "3" is "4 …", so that both are items of a list."""
    found = NUMBERED.match(text)
    return bool(found and found["number"] and not found["number"].startswith(f"{after}."))
