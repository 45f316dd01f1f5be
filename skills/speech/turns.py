"""What is said by whom: the sentences of a transcript, cut where another speaker goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from skills.models.whisper import Word
from skills.speech.sentences import Segment
from skills.speech.speakers import Speakers

FEW = 2  # words of another's in the midst of a sentence are a slip of the hearing


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """A sentence or a part of one, in seconds of the recording; `confidence` is 0..1."""

    speaker: int
    start: float
    end: float
    text: str
    confidence: float
    words: tuple[Word, ...]


def give_words(segments: Sequence[Segment], speakers: Speakers) -> list[Spoken]:
    """Every word with who says it, as sentences."""
    return [each for segment in segments for each in _cut(segment, speakers)]


def _cut(segment: Segment, speakers: Speakers) -> Iterator[Spoken]:
    if not segment.words:
        yield _spoken(speakers.at(segment.start, segment.end), (), segment)
        return
    whose = _smooth([speakers.at(word.start, word.end) for word in segment.words])
    for who, group in groupby(zip(whose, segment.words, strict=True), key=lambda pair: pair[0]):
        yield _spoken(who, [word for _, word in group], segment)


def _smooth(whose: list[int]) -> list[int]:
    """Who says each word, where a word or two of another's belong to who speaks around them."""
    runs = [(who, len(list(group))) for who, group in groupby(whose)]
    kept: list[int] = []
    for index, (who, length) in enumerate(runs):
        around = {runs[other][0] for other in (index - 1, index + 1) if 0 <= other < len(runs)}
        slip = length <= FEW and len(around) == 1
        kept += [around.pop() if slip else who] * length
    return kept


def _spoken(who: int, words: Sequence[Word], segment: Segment) -> Spoken:
    if not words or len(words) == len(segment.words):
        return Spoken(
            speaker=who, start=segment.start, end=segment.end, text=segment.text,
            confidence=segment.confidence, words=segment.words,
        )  # fmt: skip
    return Spoken(
        speaker=who,
        start=round(words[0].start, 2),
        end=round(words[-1].end, 2),
        text="".join(word.text for word in words).strip(),
        confidence=round(sum(word.probability for word in words) / len(words), 3),
        words=tuple(words),
    )
