"""Who speaks when: by the side of the recording that the sound comes from, or else by the voice.

Voices are told apart by their prints (voice_groups.py); prints vote for the frames around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from skills.models.stretches import FRAME, RATE
from skills.models.voices import SPAN
from skills.speech.hearing import QUIETEST, VOICED, Hearing, are_distinct, seconds_of
from skills.speech.turn_edges import sharpen
from skills.speech.voice_groups import find_voices

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Active = NDArray[numpy.bool_]
    Floats = NDArray[numpy.float32]

# A side that is so much quieter than the other (dB) hears the other's voice through the air.
LEAK = 12.0
LEAST_SIDE = 0.03  # of the speech, on a side that somebody has
FULL = 0.5  # of a span that tells voices apart; those with less speech are only given to one
# The network's probability: above HEARD there may be speech, above CLEAR there is; where more than
# this part of it is in between, speech is faint.
HEARD, CLEAR, FAINT = 0.1, 0.8, 0.6
GAP, SHORTEST = 0.35, 0.2  # seconds: a pause within a turn, and what is too short to be one


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """Somebody speaks, from `start` to `end` in seconds; `speaker` counts from 0."""

    speaker: int
    start: float
    end: float


@dataclass(frozen=True, kw_only=True)
class Speakers:
    """`active` (frames, speakers): who speaks in each frame of 32 ms.

    `by` is "side" or "voice"; `sure` is False where voices are too alike or too faint to be sure.
    """

    active: Active
    by: str  # or the name of the diarizer that told them apart (diarizer.py)
    sure: bool

    @property
    def count(self) -> int:
        return int(self.active.shape[1])

    def ordered(self, first: Sequence[int]) -> Speakers:
        """The same speakers counted in another order: these first, then the others."""
        others = (number for number in range(self.count) if number not in first)
        return replace(self, active=self.active[:, [*first, *others]])

    def turns(self) -> list[Turn]:
        """Every turn in the order of their beginnings; those of one speaker do not overlap."""
        found = [turn for number in range(self.count) for turn in self._of(number)]
        return sorted(found, key=lambda turn: (turn.start, turn.speaker))

    def _of(self, speaker: int) -> Iterator[Turn]:
        spans = _spans(self.active[:, speaker])
        for start, end in _joined(spans, gap=round(GAP * RATE / FRAME)):
            if seconds_of(end - start) >= SHORTEST:
                yield Turn(speaker=speaker, start=seconds_of(start), end=seconds_of(end))

    def at(self, start: float, end: float) -> int:
        """Who speaks most between two times; who spoke or speaks nearest to them when nobody."""
        first = int(start * RATE / FRAME)
        frames = self.active[first : max(first + 1, int(end * RATE / FRAME))].sum(axis=0)
        if frames.any():
            return int(frames.argmax())
        middle = (start + end) * RATE / FRAME / 2
        heard = self.active.nonzero()
        if not len(heard[0]):
            return 0
        nearest = abs(heard[0] - middle).argmin()
        return int(heard[1][nearest])


def tell_apart(hearing: Hearing, *, count: int = 0) -> Speakers:
    """Who speaks when; `count` speakers where it is known, 0 to find out."""
    if hearing.sides == 2 and _is_divided(hearing):
        return Speakers(active=_by_side(hearing), by="side", sure=True)
    return _by_voice(hearing, count)


def _is_divided(hearing: Hearing) -> bool:
    """Whether each side carries somebody of its own, and not both the same room."""
    if not are_distinct(hearing.speech, hearing.level):
        return False
    spoken = hearing.speech.max(axis=1) > VOICED
    left = (hearing.level[:, 0] > hearing.level[:, 1])[spoken].mean()
    return bool(LEAST_SIDE < left < 1 - LEAST_SIDE)


def _by_side(hearing: Hearing) -> Active:
    import numpy

    louder = hearing.level[:, 0] - hearing.level[:, 1]
    active: Active = hearing.speech > VOICED
    active[:, 0] &= louder > -LEAK
    active[:, 1] &= louder < LEAK
    # Where the other side is so much louder, what is heard is the other's voice.
    own = numpy.stack([louder > -LEAK, louder < LEAK], axis=1)
    return sharpen(active, numpy.where(own, hearing.level, QUIETEST))


def _by_voice(hearing: Hearing, count: int) -> Speakers:
    import numpy

    spoken = hearing.speech.max(axis=1) > VOICED
    length = SPAN // FRAME
    full = [spoken[start : start + length].mean() > FULL for start in hearing.starts]
    known = hearing.prints[numpy.array(full, dtype=bool)]
    if len(known) < 2:
        return Speakers(active=spoken[:, None], by="voice", sure=count < 2)
    voices = find_voices(known, count=count)
    number = len(voices.middles)
    labels = (hearing.prints @ voices.middles.T).argmax(axis=1)
    frames = _vote(hearing.starts, labels, len(spoken), number)
    active = numpy.zeros((len(spoken), number), dtype=bool)
    active[numpy.arange(len(spoken)), frames] = spoken
    level = hearing.level.max(axis=1, keepdims=True)
    free = ~spoken[:, None] | active  # a turn does not reach back into another's
    active = sharpen(active, numpy.where(free, level, QUIETEST))
    order = numpy.argsort([_first(active[:, each]) for each in range(number)], kind="stable")
    sure = voices.sure and (number == 1 or not _is_faint(hearing))
    return Speakers(active=active[:, order], by="voice", sure=sure)


def _is_faint(hearing: Hearing) -> bool:
    """Whether the network hesitates over most of what may be speech: it misses some of it then."""
    speech = hearing.speech.max(axis=1)
    maybe = speech[speech > HEARD]
    return bool(len(maybe) and (maybe < CLEAR).mean() > FAINT)


def _vote(starts: NDArray[Any], labels: NDArray[Any], frames: int, count: int) -> NDArray[Any]:
    """The group of each frame: that of the spans around it, the nearest counting most."""
    import numpy

    length = SPAN // FRAME
    weight = numpy.hanning(length + 2)[1:-1]
    votes = numpy.zeros((frames + length, count))
    for start, label in zip(starts, labels, strict=True):
        votes[start : start + length, label] += weight
    votes = votes[:frames]
    found = votes.argmax(axis=1)
    known = numpy.flatnonzero(votes.any(axis=1))
    # Speech too short for a span goes to who is nearest.
    after = numpy.searchsorted(known, numpy.arange(frames)).clip(0, len(known) - 1)
    before = (after - 1).clip(0)
    here = numpy.arange(frames)
    nearer = abs(known[before] - here) < abs(known[after] - here)
    nearest: NDArray[Any] = found[numpy.where(nearer, known[before], known[after])]
    return nearest


def _first(active: NDArray[Any]) -> int:
    """The first frame that is active; the end when none is."""
    return int(active.argmax()) if active.any() else len(active)


def _spans(active: NDArray[Any]) -> list[tuple[int, int]]:
    """(start, end) in frames of each run."""
    import numpy

    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate([[0], active.astype(int), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _joined(spans: Sequence[tuple[int, int]], *, gap: int) -> Iterator[tuple[int, int]]:
    """Spans with a pause of at most `gap` frames between them as one."""
    start, end = -1, -1
    for begin, finish in spans:
        if start >= 0 and begin - end <= gap:
            end = finish
            continue
        if start >= 0:
            yield start, end
        start, end = begin, finish
    if start >= 0:
        yield start, end
