"""Reworded: the place that answers a short question without its words, by meaning alone.

"I have the flu, what must I do?" is answered under sick leave. Likeness alone says little: a
question that nothing answers is nearly as like to something. So the place must also be ahead of
every other paragraph, have a word for each of the question's, and a number where one is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skills.texts.question import FUNCTION_WORDS, VAGUE, WORD, Question, stem

MOST_WORDS = 4  # telling ones: a longer question without its words is seldom answered
LIKE, AHEAD = 0.4, 0.12
EACH_WORD = 0.34  # how like each word of the question some word of the place is
LOOKED_AT = 50  # places, also without the heading above them

Like = Callable[[str, Sequence[str]], Sequence[float]]  # of a text to others


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Words of a paragraph, and how like the question they are with the heading above them."""

    text: str
    passage: int
    like: float


def find_reworded(places: Sequence[Place], question: Question, like: Like) -> int | None:
    """Which place answers; None where that is in doubt."""
    words = _words(question.topic)
    if not 1 <= len(words) <= MOST_WORDS or question.lacks_name(each.text for each in places):
        return None
    ranked = sorted(range(len(places)), key=lambda at: -places[at].like)[:LOOKED_AT]
    alone = like(question.topic, [places[at].text for at in ranked])
    scores = [(max(own, places[at].like), at) for own, at in zip(alone, ranked, strict=True)]
    best, at = max(scores)
    others = [score for score, other in scores if places[other].passage != places[at].passage]
    if best < LIKE or best - max(others, default=0.0) < AHEAD:
        return None
    text = places[at].text
    return at if question.suits(text) >= 0 and _has_words(text, words, like) else None


def _words(text: str) -> list[str]:
    """The telling words of a text as they stand there, each once."""
    telling = {
        stem(word): word
        for word in map(str.lower, WORD.findall(text))
        if word not in FUNCTION_WORDS and stem(word) not in VAGUE
    }
    return list(telling.values())


def _has_words(text: str, words: Sequence[str], like: Like) -> bool:
    """Whether a text has a word for each of these."""
    own = _words(text)
    return all(max(like(word, own), default=0.0) >= EACH_WORD for word in words)
