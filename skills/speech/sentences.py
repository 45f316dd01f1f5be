"""Sentences out of spoken words: whole words with their punctuation, cut by their own times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from skills.models.whisper import Word

LONGEST_PAUSE, LONGEST_SEGMENT = 1.2, 15.0
ABBREVIATIONS = frozenset({"Mr.", "Mrs.", "Ms.", "Dr.", "St.", "No.", "vs.", "e.g.", "i.e."})
UNSPACED = frozenset({"zh", "yue", "ja", "th", "lo", "my", "km", "bo"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A sentence or so, in seconds of the recording; `confidence` is the mean over its words."""

    start: float
    end: float
    text: str
    confidence: float
    words: tuple[Word, ...] = field(default=(), repr=False)


def make_sentences(words: Sequence[Word], *, offset: float, language: str) -> Iterator[Segment]:
    """Words gathered into sentences; a long pause or a long sentence also ends a segment."""
    whole = _shorten(_whole_words(words, spaced=language not in UNSPACED))
    start = 0
    for index, word in enumerate(whole):
        following = whole[index + 1] if index + 1 < len(whole) else None
        if following is None or _ends(word, following, began=whole[start].start):
            yield _segment(whole[start : index + 1], offset=offset)
            start = index + 1


def _ends(word: Word, following: Word, *, began: float) -> bool:
    """Whether a segment ends after `word`."""
    length = word.end - began
    text = word.text.rstrip("\"'”’»)")
    return (
        (
            text.endswith((".", "?", "!", "。", "？", "！", "…"))
            and text.strip() not in ABBREVIATIONS
        )
        or following.start - word.end > LONGEST_PAUSE
        or (length > LONGEST_SEGMENT / 2 and text.endswith((",", ";", ":", "，", "、")))
        or length > LONGEST_SEGMENT
    )


def _segment(words: Sequence[Word], *, offset: float) -> Segment:
    """Some words as a segment, in seconds of the recording."""
    return Segment(
        start=round(offset + words[0].start, 2),
        end=round(offset + words[-1].end, 2),
        text="".join(word.text for word in words).strip(),
        confidence=round(sum(word.probability for word in words) / len(words), 3),
        words=tuple(
            Word(
                text=word.text,
                start=offset + word.start,
                end=offset + word.end,
                probability=word.probability,
            )
            for word in words
        ),
    )


def _whole_words(words: Sequence[Word], *, spaced: bool) -> list[Word]:
    """Words with their punctuation and endings, which come apart from the model."""
    whole: list[Word] = []
    opening: Word | None = None
    for word in words:
        written = any(letter.isalnum() for letter in word.text)
        if word.text.startswith(" ") and not written:
            opening = word
            continue
        if opening is not None:
            word = _joined(opening, word, probability=word.probability)
            opening = None
        starts = word.text.startswith(" ") if spaced else written
        if whole and not starts:
            known = whole[-1].probability
            whole[-1] = _joined(whole[-1], word, probability=known)
        elif written or whole:
            whole.append(word)
    return whole


def _joined(first: Word, second: Word, *, probability: float) -> Word:
    return Word(
        text=first.text + second.text, start=first.start, end=second.end, probability=probability
    )


def _shorten(words: Sequence[Word]) -> list[Word]:
    """Words that swallowed a pause cut to a usual length: at their end when they end a sentence."""
    if not words:
        return []
    usual = max(0.35, min(0.7, median(word.end - word.start for word in words)))
    most = 2 * usual
    shortened = []
    for word in words:
        start, end = word.start, word.end
        if end - start > most:
            last = word.text.endswith((".", "?", "!"))
            start, end = (start, start + most) if last else (end - most, end)
        shortened.append(Word(text=word.text, start=start, end=end, probability=word.probability))
    return shortened
