"""Names that people have: a list by which names of many origins are known, in small letters too.

A recognizer that learned from English news misses Siobhan and Priya; and in the small letters of
a transcript most names. The list knows no context: what is a word, a place or a brand as well is
`doubtful`, and is for somebody else to decide.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("people.txt")
# What folding accents leaves as it is.
LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "ı": "i", "’": "'"})
PARTS = re.compile(r"['-]")


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """Names by their place; those that are words as well stand apart."""

    first: frozenset[str]
    first_and_words: frozenset[str]
    last: frozenset[str]
    last_and_words: frozenset[str]

    def is_first(self, word: str, *, doubtful: bool = False) -> bool:
        """Whether it is a first name; with `doubtful` also one that is a word as well."""
        return any(
            part in self.first or (doubtful and part in self.first_and_words)
            for part in _parts(word)
        )

    def is_last(self, word: str, *, doubtful: bool = False) -> bool:
        """Whether it is a family name."""
        return any(
            part in self.last or (doubtful and part in self.last_and_words) for part in _parts(word)
        )


@cache
def people() -> People:
    """The list, read once."""
    sections: dict[str, set[str]] = {}
    names: set[str] = set()
    for line in LIST.read_text().splitlines():
        if line.startswith("["):
            names = sections.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            names.update(line.split())
    return People(
        first=frozenset(sections["first"]),
        first_and_words=frozenset(sections["first, also words"]),
        last=frozenset(sections["last"]),
        last_and_words=frozenset(sections["last, also words"]),
    )


def _parts(word: str) -> list[str]:
    """ "Jean-Luc" → jean-luc, jean, luc; "O'Brien" → o'brien, brien; without accents."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(LETTERS))
    whole = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [whole.replace("'", ""), *(part for part in PARTS.split(whole) if len(part) > 3)]
