"""The judgement of a text: one label and three shares, also for a text longer than the model reads.

A long text is judged passage by passage; passages that take sides count more than plain ones, so
that a complaint does not drown in its circumstances.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from skills.comments.irony import turn_irony
from skills.decode.sentences import split_sentences
from skills.models.sentiment_model import SentimentModel
from skills.models.sentiment_words import has_words, readable

if TYPE_CHECKING:
    from numpy.typing import NDArray

LABELS = ("negative", "neutral", "positive")
# How much less likely the other sides are in answer to "What do you like?" ("The pool", "Parking").
NEITHER_SIDE, OTHER_SIDE = 0.05, 0.03
PASSAGE_WORDS = 50
LEAST_WEIGHT = 0.15
WORDLESS = "There is no word or emoji in it that I know: send a sentence."
FOREIGN = (
    "This looks like a language other than English, and the sentiment model here reads English "
    "only. Your administrator can give me one that reads other languages."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What a text was found to be; `scores` are shares that add up to 1."""

    label: str
    scores: dict[str, float]

    @property
    def confidence(self) -> float:
        return self.scores[self.label]


def judge(
    model: SentimentModel, texts: Sequence[str], *, leans: Sequence[int] = ()
) -> list[Judgement | UserError]:
    """One judgement a text, in order; a text without words or in another language is refused.

    `leans` are 1 where a text answers what is good, -1 what is bad, else 0; none: all 0.
    """
    parts: list[str] = []
    spans: list[slice | UserError] = []
    for text in texts:
        if refusal := _refuse(model, text):
            spans.append(refusal)
            continue
        start = len(parts)
        parts.extend(split_passages(text))
        spans.append(slice(start, len(parts)))
    shares = model.score(parts) if parts else None
    if shares is not None:
        shares = turn_irony(parts, shares)
    found: list[Judgement | UserError] = []
    for span, lean in zip(spans, leans or [0] * len(spans), strict=True):
        if isinstance(span, UserError) or shares is None:
            found.append(span if isinstance(span, UserError) else UserError(WORDLESS))
        else:
            found.append(_conclude(shares[span], parts[span], lean))
    return found


def _refuse(model: SentimentModel, text: str) -> UserError | None:
    if not has_words(readable(text)):
        return UserError(WORDLESS)
    return None if model.understands(text) else UserError(FOREIGN)


def split_passages(text: str) -> list[str]:
    """The text as it is when short, otherwise whole sentences up to about fifty words each."""
    if len(text.split()) <= PASSAGE_WORDS:
        return [text]
    passages: list[str] = []
    words = 0
    for piece in _pieces(text):
        count = len(piece.split())
        if passages and words + count <= PASSAGE_WORDS:
            passages[-1] = f"{passages[-1]} {piece}"
            words += count
        else:
            passages.append(piece)
            words = count
    return passages


def _pieces(text: str) -> Iterator[str]:
    """Sentences; one that is far too long (no full stops) is cut by words."""
    for line in text.splitlines():
        for sentence in split_sentences(line):
            words = sentence.split()
            for start in range(0, len(words), PASSAGE_WORDS):
                piece = " ".join(words[start : start + PASSAGE_WORDS])
                if has_words(readable(piece)):
                    yield piece


def _conclude(shares: NDArray[Any], passages: Sequence[str], lean: int) -> Judgement:
    import numpy

    lengths = numpy.array([len(each.split()) for each in passages], dtype=numpy.float32)
    sides = numpy.maximum(LEAST_WEIGHT, 1 - shares[:, LABELS.index("neutral")])
    weights = lengths * sides
    mean = (shares * weights[:, None]).sum(axis=0) / weights.sum()
    if lean:
        mean = mean * numpy.array([OTHER_SIDE, NEITHER_SIDE, 1.0][::lean])
        mean /= mean.sum()
    scores = {label: round(float(mean[place]), 4) for place, label in enumerate(LABELS)}
    ordered = {label: scores[label] for label in reversed(LABELS)}
    return Judgement(label=max(ordered, key=lambda label: ordered[label]), scores=ordered)


def percent(share: float) -> str:
    """ "93 %" """
    return f"{share:.0%}".replace("%", " %")
