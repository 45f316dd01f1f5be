"""Stretches of speech: where a recording is cut, decided as far as it has been heard.

The cuts are those that knowing the whole recording would give: a stretch is named as soon as
nothing that follows can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, repeat

RATE = 16_000
FRAME = 512  # samples; the network gives one probability for each
SPEECH, SILENCE = 0.5, 0.35
SURE = 0.7  # a stretch in which no frame is this sure is a noise
SHORTEST_FRAMES = 4
PAUSE_FRAMES = 10
PAD = RATE * 4 // 10
LONGEST = RATE * 29  # the model hears 30 s at once
# Over a longer pause the model skips or repeats what follows: that is heard in a window of its own.
LONGEST_PAUSE = RATE


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A part of a recording, in samples; `voiced` is how much of it is speech."""

    start: int
    end: int
    voiced: int


def cut(probabilities: Iterable[float], *, longest: int = LONGEST) -> Iterator[tuple[int, int]]:
    """(start, end) in frames of each span of speech; short pauses stay inside it.

    A span without pauses is cut where speech is least likely, so that each part, with what pads it,
    has at most `longest` samples.
    """
    span: _Span | None = None
    for frame, probability in enumerate(chain(probabilities, repeat(0.0, PAUSE_FRAMES))):
        if span is None:
            if probability < SPEECH:
                continue
            span = _Span(frame, most=longest // FRAME - 2 * PAD // FRAME)
        span.hear(probability)
        yield from span.parts()
        if span.quiet >= PAUSE_FRAMES:
            yield from span.end()
            span = None


class _Span:
    """Speech that goes on, from frame `start`, cut into parts of at most so many frames."""

    def __init__(self, start: int, *, most: int) -> None:
        self.quiet = 0
        self._most = most
        self._began = self._start = start
        self._heard: list[float] = []
        self._sure = False
        self._parts: list[tuple[int, int]] = []  # kept until it is sure that this is speech

    def hear(self, probability: float) -> None:
        self._heard.append(probability)
        self._sure = self._sure or probability >= SURE
        self.quiet = self.quiet + 1 if probability < SILENCE else 0
        if self.quiet == 0 and len(self._heard) > self._most:
            least = min(range(self._most // 2, self._most), key=self._heard.__getitem__)
            self._parts.append((self._start, self._start + least))
            self._start += least
            del self._heard[:least]

    def parts(self) -> list[tuple[int, int]]:
        """The parts cut off since the last time."""
        found = self._parts if self._sure else []
        self._parts = [] if self._sure else self._parts
        return found

    def end(self) -> list[tuple[int, int]]:
        """The last part, unless all was a noise."""
        end = self._start + len(self._heard) - self.quiet
        long_enough = end - self._began >= SHORTEST_FRAMES
        return [(self._start, end)] if self._sure and long_enough else []


def join(
    spans: Iterable[tuple[int, int]], *, heard: Callable[[], int], longest: int = LONGEST
) -> Iterator[Stretch]:
    """Neighbours joined while they fit into `longest` samples and no long pause parts them.

    Each is padded into the silence around it; `heard` says how many samples there are so far.
    """
    before: Stretch | None = None
    for first, last in spans:
        start, end = first * FRAME, min(last * FRAME, heard())
        if before and start - before.end < LONGEST_PAUSE and end + PAD - before.start < longest:
            before = replace(before, end=end, voiced=before.voiced + end - start)
            continue
        padded = max(before.end if before else 0, start - PAD)
        if before:
            yield replace(before, end=min(before.end + PAD, padded))
        before = Stretch(start=padded, end=end, voiced=end - start)
    if before:
        yield replace(before, end=min(before.end + PAD, heard()))
