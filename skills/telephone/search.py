"""Search: the moments of past calls where something is said, by its words and by its meaning.

Moments with all the words come first, whatever they mean; then those that mean the like.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from skills.models.embedded import read_meanings
from skills.models.minilm import MiniLM
from skills.telephone.past import PastCall, Said
from skills.texts.question import Question, read_question, stems_of

MOST, MOST_A_CALL = 8, 3
WORDS = 0.45  # what all of the words are worth, in likeness, as in a document's quotes
LEAST = 0.45  # likeness and words together; below it nothing is shown
NEAR = 15.0  # seconds: moments so close are one
FEWEST_WORDS = 3  # of a sentence that is found by its meaning alone


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """What was said in a call, how well it fits, and whether it has all the words."""

    call: PastCall
    said: Said
    fit: float
    exact: bool

    @property
    def rank(self) -> tuple[bool, float, float]:
        """The best first; of equals the latest call's."""
        return self.exact, self.fit, self.call.at


def find_moments(calls: Sequence[PastCall], words: str, model: MiniLM) -> list[Moment]:
    """The best few, from several calls where there are several."""
    question = read_question(words)
    meaning = model.embed([question.topic])[0]
    moments = [moment for call in calls for moment in _moments(call, question, meaning)]
    return _spread(sorted(moments, key=lambda each: each.rank, reverse=True))


def _moments(call: PastCall, question: Question, meaning: Any) -> Iterable[Moment]:
    likeness = read_meanings(call.meanings) @ meaning
    if len(likeness) != len(call.said):  # of another version
        return
    for said, like in zip(call.said, likeness, strict=True):
        share = _share(said.text, question)
        fit = float(like) + WORDS * share
        long_enough = share > 0 or len(said.text.split()) >= FEWEST_WORDS
        if share == 1.0 or (fit >= LEAST and long_enough):
            yield Moment(call=call, said=said, fit=fit, exact=share == 1.0)


def _share(text: str, question: Question) -> float:
    """How many of the words looked for a sentence has, 0 to 1; stems are told from words."""
    plain = text.lower()
    if not any(each in plain for each in question.stems):
        return 0.0
    return len(question.stems & stems_of(text)) / len(question.stems)


def _spread(ranked: Iterable[Moment]) -> list[Moment]:
    """The first of those that are close together, and a few of each call."""
    shown: list[Moment] = []
    for each in ranked:
        same = [other for other in shown if other.call is each.call]
        near = any(abs(other.said.start - each.said.start) < NEAR for other in same)
        if not near and len(same) < MOST_A_CALL:
            shown.append(each)
        if len(shown) == MOST:
            break
    return shown
