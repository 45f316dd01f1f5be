"""Sides: what stands before and behind the "or" of a question, and which a sentence is for.

"I like the blue one" is for blue; "blue has more contrast" only says something of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from skills.texts.question import FUNCTION_WORDS, WORD, stem

OR = re.compile(
    r"\s+or\s+(?!(?:not|what|so|something|anything|else|later|is|are|do)\b)", re.IGNORECASE
)
CLAUSE = re.compile(
    r"[,;:(–—]\s*|\s-\s|\s(?:because|since|but|as|so|though|while|with|without|for|until|from"
    r"|after|before)\s",
    re.IGNORECASE,
)
STOP = re.compile(r"[.:;?]")
DECORATION = re.compile(r":[a-z][\w+-]*:|:?\+1\b:?")
AGAINST = re.compile(
    r"\b(?:not|no|never|nobody|without|against|rather|instead|hate)\b|n['’]t\b", re.IGNORECASE
)
_NUMBERS = "one two three four five six seven eight nine ten"
NUMBERS = {word: str(number) for number, word in enumerate(_NUMBERS.split(), start=1)}
# What people say around the side that they are for.
_AROUND = """
1 ok okay yes yeah yep sure fine alright fair true right good great cool well haha lol hm let's lets
go take pick choose say vote like love prefer please pls then it wins won win definitely imo too
also just so final think guess team option better sounds
"""
AROUND = frozenset(map(stem, _AROUND.split()))
FAR = 99


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """The telling words of each side that the other has not, the nearest to the "or" first."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.left or self.right)

    def chosen(self, said: str) -> int:
        """The side that a sentence is for, 0 or 1; -1 for none or none that can be told."""
        for clause in CLAUSE.split(DECORATION.sub(" ", said)):
            words = _words(clause)
            left, right = (_distance(side, words) for side in (self.left, self.right))
            if left != right:
                more = set(words) - self.asked - AROUND
                return -1 if more or AGAINST.search(clause) else int(right < left)
        return -1


def sides_of(question: str) -> Sides:
    """The two sides of a question; none where it has no "or"."""
    *before, behind = OR.split(question)
    if not before:
        return Sides()
    left = _words(STOP.split(" or ".join(before))[-1])[::-1]
    right = _words(behind)
    both = set(left) & set(right)
    return Sides(
        left=tuple(word for word in left if word not in both),
        right=tuple(word for word in right if word not in both),
        asked=frozenset(_words(question)),
    )


def _distance(side: tuple[str, ...], words: list[str]) -> int:
    return next((place for place, word in enumerate(side) if word in words), FAR)


def _words(text: str) -> list[str]:
    """Telling words in one form, numbers as figures, and letters that name something ("B")."""
    return [
        NUMBERS.get(word.lower(), stem(word.lower()))
        for word in WORD.findall(text)
        if word.lower() not in FUNCTION_WORDS or word == "A"
    ]
