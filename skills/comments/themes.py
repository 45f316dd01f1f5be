"""Themes: what groups of comments are about, each named by the nouns that tell it from the rest.

Comments are grouped by their meaning (MiniLM). A group that no noun tells apart gets no name, and
is not shown: better few themes than made-up ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

from skills.comments.aspect_words import usual_aspects
from skills.comments.clusters import cluster
from skills.comments.judged_row import JudgedRow
from skills.comments.phrases import Phrases, singular, tokens_of
from skills.texts.extract import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 30  # comments, below which there is nothing to group
FEWEST_IN_THEME, FEWEST_SHARE = 4, 0.015
MOST_SHOWN, MOST_WORDS = 8, 3
SEEN_IN, TIMES_MORE = 0.12, 2.0  # of a theme's comments; than in the others
COVERED = 0.4  # of a theme's comments have one of its words at least: else the name says too much
SUBJECT = 0.3  # what more comments name is what all of them are about, and no theme of some
JOINING = frozenset(["and", "of"])
STEP = 256
READ = 500  # characters of a comment
EXAMPLE_WORDS = (5, 40)


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """A group of comments; `words` name it, the labels count its comments."""

    words: tuple[str, ...]
    comments: int
    positive: int
    neutral: int
    negative: int
    example: str
    row: int

    @property
    def name(self) -> str:
        return ", ".join(self.words)


Told = Callable[[float], bool]


def find_themes(
    minilm: Callable[[], Embedder], rows: Sequence[JudgedRow], *, phrases: Phrases, told: Told
) -> tuple[list[Theme], int]:
    """The themes of judged rows, the largest first, and of how many rows.

    The rows come in an order that makes any first part of them a fair sample.
    """
    if len(rows) < FEWEST:
        return [], len(rows)
    vectors = _embed(minilm(), [row.text[:READ] for row in rows], told)
    rows = rows[: len(vectors)]
    if len(rows) < FEWEST:
        return [], len(rows)
    nearest, middles = cluster(vectors)
    named = [phrases.of(tokens_of(row.text)) | usual_aspects(row.text[:READ]) for row in rows]
    overall = Counter(key for keys in named for key in keys)
    themes: dict[tuple[str, ...], list[int]] = {}
    for number in range(len(middles)):
        places = [place for place, each in enumerate(nearest) if each == number]
        words = _tell_apart([named[place] for place in places], overall, len(rows))
        if not words:
            continue
        while alike := next((each for each in themes if _are_alike(each, words)), None):
            places = [*themes.pop(alike), *places]
            words = min(alike, words, key=lambda name: len(_parts(name)))
        themes[words] = places
    fewest = max(FEWEST_IN_THEME, FEWEST_SHARE * len(rows))
    found = [
        _theme(words, places, rows, vectors, named, phrases)
        for words, places in themes.items()
        if fewest <= len(places) < len(rows) / 2
    ]
    found.sort(key=lambda theme: theme.comments, reverse=True)
    return found[:MOST_SHOWN], len(rows)


def _are_alike(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether one name says all that the other says: then two groups are one theme.

    The shorter name holds for both: what the longer says besides is not true of the other group.
    """
    return _parts(some) <= _parts(others) or _parts(others) <= _parts(some)


def _parts(name: tuple[str, ...]) -> set[str]:
    return {stem for key in name for stem in _stems(key)} - JOINING


def _embed(minilm: Embedder, texts: Sequence[str], told: Told) -> NDArray[Any]:
    """As many vectors as there is time for."""
    import numpy

    parts: list[NDArray[Any]] = []
    for start in range(0, len(texts), STEP):
        if not told(start / len(texts)) and parts:
            break
        parts.append(minilm.embed(texts[start : start + STEP]))
    return numpy.concatenate(parts)


def _stems(key: str) -> set[str]:
    """ "fees" and "fee", "refund" and "refunds and returns" have one in common."""
    return {singular(word) for word in key.split()}


def _tell_apart(members: Sequence[set[str]], overall: Counter[str], total: int) -> tuple[str, ...]:
    """Up to three nouns of a group that the others hardly have; none where few have them."""
    inside = Counter(key for keys in members for key in keys)
    scores: dict[str, float] = {}
    for key, count in inside.items():
        share = count / len(members)
        elsewhere = (overall[key] - count + 1) / max(1, total - len(members))
        often = count >= FEWEST_IN_THEME and share >= SEEN_IN and overall[key] < SUBJECT * total
        if often and share >= TIMES_MORE * elsewhere:
            scores[key] = share * log(share / elsewhere) * (1.2 if " " in key else 1.0)
    chosen: list[str] = []
    for key in sorted(scores, key=lambda key: (-scores[key], key)):
        if len(chosen) < MOST_WORDS and not any(_stems(key) & _stems(c) for c in chosen):
            chosen.append(key)
    covered = sum(bool(keys & set(chosen)) for keys in members)
    return tuple(chosen) if covered >= COVERED * len(members) else ()


def _theme(
    words: tuple[str, ...],
    places: Sequence[int],
    rows: Sequence[JudgedRow],
    vectors: NDArray[Any],
    named: Sequence[set[str]],
    phrases: Phrases,
) -> Theme:
    """Its figures, and as an example the comment nearest to its middle that has its first word
    and takes the side that most of it take."""
    own = vectors[list(places)]
    nearness = dict(zip(places, (own @ own.mean(axis=0)).tolist(), strict=True))
    low, high = EXAMPLE_WORDS
    labels = Counter(rows[place].label for place in places)
    usual = labels.most_common(1)[0][0]

    def fits(place: int) -> tuple[bool, bool, bool, float]:
        row = rows[place]
        short = low <= len(row.text.split()) <= high
        return words[0] in named[place], row.label == usual, short, nearness[place]

    best = rows[max(places, key=fits)]
    return Theme(
        words=tuple(phrases.shown(word) for word in words),
        comments=len(places),
        positive=labels["positive"],
        neutral=labels["neutral"],
        negative=labels["negative"],
        example=best.text,
        row=best.number,
    )
