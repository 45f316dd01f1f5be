"""Chapters of a recording: where what is spoken of changes, and a telling phrase of each part.

Sentences become vectors by their meaning. The parts are those in which sentences point most in one
direction (the best of all ways to cut, by dynamic programming); a cut stays where the valley
between what is said before and after it is deep. Titles are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from skills.texts.shortened import shorten
from skills.timed import Timed

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

SHORTEST_RECORDING = 180.0  # seconds: a shorter one needs no chapters
LONG = 300.0  # from here on there are FEWEST chapters at least
FEWEST, MOST = 3, 12
SHORTEST, USUAL = 40.0, 150.0  # seconds of a chapter: at least, and what makes one more likely
LEAST_SENTENCES = 4
FULL = 12  # words: a sentence of fewer says less of what is spoken of
DEEP = 0.35  # how much less alike (cosine) two neighbours are than each is within itself
SAME = 0.6  # as alike (cosine) are sentences about one thing; about two, 0.3 at most
WINDOW = 60  # words before and after a cut that are compared
TITLE = 60  # characters
TELLING = 3  # different words of five letters or more, in a sentence that can be a title
OPENING = re.compile(
    r"^(?:(?:and|but|so|well|okay|ok|yes|yeah|no|right|now|then|um|uh|oh|also|because|alright"
    r"|all right|you know|i mean|i think|let's see)\b[,.]?\s+)+",
    re.IGNORECASE,
)


class Embedder(Protocol):
    """What is asked of MiniLM here."""

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """One vector of length 1 a text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenChapter:
    """A part of a recording about one thing, in seconds; `title` is quoted from it."""

    start: float
    end: float
    title: str


def find_chapters(
    sentences: Sequence[Timed], *, duration: float, embedder: Embedder
) -> list[SpokenChapter]:
    """The chapters in order, none where the recording is short or is about one thing."""
    import numpy

    if duration < SHORTEST_RECORDING or len(sentences) < FEWEST * LEAST_SENTENCES:
        return []
    vectors = embedder.embed([each.text for each in sentences]).astype(float)
    lengths = numpy.array([len(each.text.split()) for each in sentences])
    weights = numpy.minimum(lengths, FULL)[:, None]
    weighted = (vectors - vectors.mean(axis=0)) * weights
    most = min(MOST, max(FEWEST, round(duration / USUAL)))
    starts = _cut(weighted, [each.start for each in sentences], duration, most=most)
    depth = partial(_depth, weighted, vectors * weights, lengths)
    starts = _deep(depth, starts, least=FEWEST if duration >= LONG else 1)
    if len(starts) < 2:
        return []
    ends = [*starts[1:], len(sentences)]
    edges = [0.0, *(round(sentences[each].start, 2) for each in starts[1:]), round(duration, 2)]
    return [
        SpokenChapter(
            start=edges[number],
            end=edges[number + 1],
            title=_title(sentences[start:end], vectors[start:end], vectors),
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _cut(weighted: Floats, times: Sequence[float], duration: float, *, most: int) -> list[int]:
    """The first sentence of each part, of the best way to cut into up to so many.

    A part is as good as the sum of its vectors is long: in it they point in one direction.
    """
    import numpy

    count = len(weighted)
    sums = numpy.concatenate([numpy.zeros((1, weighted.shape[1])), weighted.cumsum(axis=0)])
    edges = numpy.array([*times, duration])
    best = numpy.full((most + 1, count + 1), -numpy.inf)
    came = numpy.zeros((most + 1, count + 1), dtype=int)
    best[0, 0] = 0.0
    for end in range(1, count + 1):
        good = numpy.linalg.norm(sums[end] - sums[:end], axis=1)
        good[edges[end] - edges[:end] < SHORTEST] = -numpy.inf
        if end < LEAST_SENTENCES:
            continue
        good[end - LEAST_SENTENCES + 1 : end] = -numpy.inf
        reached = best[:most, :end] + good
        came[1:, end] = reached.argmax(axis=1)
        best[1:, end] = reached.max(axis=1)
    parts = max((number for number in range(1, most + 1) if best[number, count] > 0), default=0)
    starts, end = [], count
    for number in range(parts, 0, -1):
        end = int(came[number, end])
        starts.append(end)
    return starts[::-1] or [0]


def _deep(depth: Callable[[list[int], int], float], starts: list[int], *, least: int) -> list[int]:
    """The starts without those of shallow cuts, the shallowest first; `least` stay."""
    starts = list(starts)
    while len(starts) > max(1, least):
        depths = [depth(starts, place) for place in range(1, len(starts))]
        shallowest = min(range(len(depths)), key=depths.__getitem__)
        if depths[shallowest] >= DEEP:
            break
        del starts[shallowest + 1]
    return starts


def _depth(
    weighted: Floats, plain: Floats, lengths: NDArray[Any], starts: list[int], place: int
) -> float:
    """How much less alike both sides of a cut are than what lies within each of them.

    `weighted` are the vectors less the middle of all, `plain` as they are: sides that are alike
    by these are about the same, and their cut has no depth.
    """
    cut, first = starts[place], starts[place - 1]
    last = starts[place + 1] if place + 1 < len(starts) else len(weighted)
    if _likeness(plain, lengths, cut, first, last) > SAME:
        return 0.0
    here = _likeness(weighted, lengths, cut, first, last)
    within = [
        max((_likeness(weighted, lengths, at, first, last) for at in range(low, high)), default=0.0)
        for low, high in ((first + 1, cut), (cut + 1, last))
    ]
    return (within[0] - here + within[1] - here) / 2


def _likeness(weighted: Floats, lengths: NDArray[Any], at: int, first: int, last: int) -> float:
    """The cosine of some words before and after a place."""
    import numpy

    before, after, words = at, at, 0
    while before > first and words < WINDOW:
        before -= 1
        words += int(lengths[before])
    words = 0
    while after < last and words < WINDOW:
        words += int(lengths[after])
        after += 1
    one, other = weighted[before:at].sum(axis=0), weighted[at:after].sum(axis=0)
    norm = numpy.linalg.norm(one) * numpy.linalg.norm(other)
    return float(one @ other / max(1e-9, float(norm)))


def _title(sentences: Sequence[Timed], vectors: Floats, everything: Floats) -> str:
    """The sentence that is nearest to this chapter and farthest from all the rest, in short."""
    import numpy

    weights = numpy.array([min(FULL, len(each.text.split())) for each in sentences])
    direction = numpy.average(vectors, axis=0, weights=weights) - everything.mean(axis=0) / 2
    telling = [place for place, each in enumerate(sentences) if _says_something(each.text)]
    best = max(
        telling or range(len(sentences)), key=lambda place: float(vectors[place] @ direction)
    )
    return _shortened(sentences[best].text)


def _says_something(text: str) -> bool:
    return len({word.lower() for word in re.findall(r"\w{5,}", text)}) >= TELLING


def _shortened(text: str) -> str:
    bare = OPENING.sub("", text.strip()).rstrip(".,;:!")
    bare = bare[:1].upper() + bare[1:]
    return shorten(bare, TITLE)
