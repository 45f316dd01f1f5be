"""Quotes: the passages of a document that answer a question, word for word, or none.

A place counts by its likeness in meaning (MiniLM) and by the question's telling words in it, rare
ones more (inverse document frequency). Where no place has enough of both, those nearest in meaning
are found: a question in other words than the document's is mostly answered there, but not surely.
How well that tells an answer from none: docs/documents.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from skills.decode.document import Passage
from skills.skill import Progress
from skills.texts.candidates import Candidate
from skills.texts.extract import Vectors
from skills.texts.question import VAGUE, Question, groups_of, stems_of
from skills.texts.reworded import Place, find_reworded
from skills.texts.unit import Unit, divide

WORDS = 0.45  # what all of the question's words in one place are worth, in likeness
LEAST = 0.62  # of the best place: below it there is no answer
BEHIND = 0.12  # what a further quote may be behind the best
MOST_QUOTES = 4
NEAR = 0.3  # likeness in meaning alone: what is below it is about something else
MOST_NEAR = 3
MOST_UNITS = 1_500  # that are compared in meaning
BY_WORDS = 1_000  # of them chosen by the words they share with the question
OPENING = 0.2  # where a heading is what was asked for, its text begins with the answer
SUITS = 0.06  # a number where one is asked for; as much is lost without one
TITLE = 0.2  # what a heading without text below it loses: it names what it does not tell
NO_FIGURE = 0.1  # what a place loses that has not the number or code of the question
ANOTHER_WORD, ABOVE = 0.8, 0.6  # what a like word, and a word in the heading, are worth of a word
SHORTER = 0.02  # a sentence alone is preferred to two that are hardly better


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The quotes, best first; `compared` of `units` places were compared in meaning.

    `reworded` where the one that there is shares hardly a word with the question; `nearest` are
    the places nearest in meaning where there are no quotes.
    """

    quotes: list[Candidate]
    units: int
    compared: int
    reworded: bool = False
    nearest: list[Candidate] = field(default_factory=list)


def find_quotes(
    passages: Sequence[Passage], question: Question, *, vectors: Vectors, progress: Progress
) -> Found:
    """The one to four places that answer a question; where the best match is weak, the nearest."""
    units = list(divide(passages))
    overlaps = _overlaps(units, question)
    chosen = _worth_comparing(overlaps)
    if not chosen:
        return Found(quotes=[], units=0, compared=0)
    rows = vectors.of(
        [question.topic, *(units[place].searched for place in chosen)],
        progress=lambda part: progress("Looking for it", part),
    )
    likes = [float(like) for like in rows[1:] @ rows[0]]
    scored: list[tuple[float, float, Unit]] = []
    near: list[tuple[float, float, Unit]] = []
    for place, like in zip(chosen, likes, strict=True):
        unit = units[place]
        title, lacks = passages[unit.passage].heading, question.lacks_figure(unit.searched)
        likely = like + WORDS * overlaps[place] + SHORTER * unit.alone
        likely += OPENING * unit.opens(question) - TITLE * title - NO_FIGURE * lacks
        suits = SUITS * (question.suits(unit.text) + question.counts(unit.text))
        scored.append((likely, suits, unit))
        if not (title or lacks):
            near.append((like, 0.0, unit))
    quotes = _best(scored, least=LEAST, most=MOST_QUOTES)
    reworded = not quotes
    if reworded:
        quotes = _reworded([units[place] for place in chosen], likes, question, vectors)
    nearest: list[Unit] = []
    if not (quotes or question.lacks_name(unit.text for unit in units)):
        nearest = _best(near, least=NEAR, most=MOST_NEAR)
    return Found(
        quotes=[each.as_candidate() for each in quotes],
        units=len(units),
        compared=len(chosen),
        reworded=reworded and bool(quotes),
        nearest=[each.as_candidate() for each in nearest],
    )


def _reworded(
    units: Sequence[Unit], likes: Sequence[float], question: Question, vectors: Vectors
) -> list[Unit]:
    """What answers in other words, if one place surely does."""

    def like(text: str, others: Sequence[str]) -> list[float]:
        rows = vectors.of([text, *others], progress=lambda part: None)
        return [float(each) for each in rows[1:] @ rows[0]]

    places = [
        Place(text=unit.text, passage=unit.passage, like=float(near))
        for unit, near in zip(units, likes, strict=True)
    ]
    found = find_reworded(places, question, like)
    return [] if found is None else [units[found]]


def _best(scored: list[tuple[float, float, Unit]], *, least: float, most: int) -> list[Unit]:
    """The best places that do not overlap, best first; the same words once.

    That a place has a number where one is asked for makes it the better answer and no likelier one.
    """
    ranked = sorted(scored, key=lambda each: -each[0] - each[1])
    kept: list[Unit] = []
    for value, suits, unit in ranked:
        behind = ranked[0][0] + ranked[0][1] - value - suits
        if behind > BEHIND or len(kept) == most:
            break
        if value + min(0.0, suits) >= least and not any(_same(unit, other) for other in kept):
            kept.append(unit)
    return kept


def _same(one: Unit, other: Unit) -> bool:
    if one.text == other.text:
        return True
    return one.passage == other.passage and one.start < other.end and other.start < one.end


def _overlaps(units: Sequence[Unit], question: Question) -> list[float]:
    """For each, the share 0..1 of the question's words that it has, by how rare they are here.

    A word that the document has nowhere counts as the rarest, if it is no vague one; another word
    for it, and one that only the heading has, count less than the word itself.
    """
    groups = {word: groups_of([word]) for word in question.stems}
    found = [_strengths(each, groups) for each in units]
    counts = Counter(word for words in found for word in words)
    asked = {word for word in question.stems if counts[word] or word not in VAGUE}
    weights = {word: log(1 + len(units) / (1 + counts[word])) for word in asked}
    whole = sum(weights.values()) or 1.0
    return [
        sum(weights[word] * strength for word, strength in words.items()) / whole for words in found
    ]


def _strengths(unit: Unit, groups: Mapping[str, frozenset[int]]) -> dict[str, float]:
    """How far a place has each of the question's words."""
    own, above = stems_of(unit.text), stems_of(unit.section)
    own_groups, above_groups = groups_of(own), groups_of(above)
    strengths: dict[str, float] = {}
    for word, meant in groups.items():
        if word in own:
            strengths[word] = 1.0
        elif meant & own_groups:
            strengths[word] = ANOTHER_WORD
        elif word in above or meant & above_groups:
            strengths[word] = ABOVE
    return strengths


def _worth_comparing(overlaps: Sequence[float]) -> list[int]:
    """All places of a short document; of a long one those with the words, and some of the rest."""
    if len(overlaps) <= MOST_UNITS:
        return list(range(len(overlaps)))
    ranked = sorted(range(len(overlaps)), key=lambda place: -overlaps[place])
    kept = [place for place in ranked[:BY_WORDS] if overlaps[place] > 0]
    rest = sorted(set(range(len(overlaps))) - set(kept))
    step = len(rest) / (MOST_UNITS - len(kept))
    return sorted([*kept, *(rest[int(number * step)] for number in range(MOST_UNITS - len(kept)))])
