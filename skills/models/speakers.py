"""Who speaks when: by the side of the recording that the sound comes from, or else by the voice.

Voices are told apart by their prints: like ones are grouped (agglomerative clustering by the mean
cosine) until no two groups are alike; a group of a few spans is no speaker. How well that does is
measured in docs/calls.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skills.models.hearing import VOICED, Hearing, are_distinct, seconds_of
from skills.models.stretches import FRAME, RATE
from skills.models.voices import SPAN

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Active = NDArray[numpy.bool_]
    Floats = NDArray[numpy.float32]

ALIKE = 0.7  # mean cosine above which two groups of prints are one voice
SMALLEST, FEWEST = 0.08, 4  # of all spans, and spans: less is no speaker
MOST = 8  # speakers
SAMPLE = 600  # spans that are grouped; the others go to the nearest group
# How much nearer spans are to their own group than to the next one (cosine, mean): 0.35 to 0.40
# where voices differ, 0.10 to 0.17 where one is split in two. In between only large groups count.
APART, LARGE = 0.2, 0.3
# A side that is so much quieter than the other (dB) hears the other's voice through the air.
LEAK = 12.0
LEAST_SIDE = 0.03  # of the speech, on a side that somebody has
FULL = 0.5  # of a span that tells voices apart; those with less speech are only given to one
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

    `by` is "side" or "voice"; `sure` is False where voices were too alike to be told apart.
    """

    active: Active
    by: str  # or the name of the diarizer that told them apart (diarizer.py)
    sure: bool

    @property
    def count(self) -> int:
        return int(self.active.shape[1])

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
    louder = hearing.level[:, 0] - hearing.level[:, 1]
    active: Active = hearing.speech > VOICED
    active[:, 0] &= louder > -LEAK
    active[:, 1] &= louder < LEAK
    return active


def _by_voice(hearing: Hearing, count: int) -> Speakers:
    import numpy

    spoken = hearing.speech.max(axis=1) > VOICED
    length = SPAN // FRAME
    full = [spoken[start : start + length].mean() > FULL for start in hearing.starts]
    known = hearing.prints[numpy.array(full, dtype=bool)]
    if len(known) < 2:
        return Speakers(active=spoken[:, None], by="voice", sure=count < 2)
    groups, centers = _group(known, count)
    labels = (hearing.prints @ centers.T).argmax(axis=1)
    frames = _vote(hearing.starts, labels, len(spoken), len(centers))
    active = numpy.zeros((len(spoken), len(centers)), dtype=bool)
    active[numpy.arange(len(spoken)), frames] = spoken
    order = numpy.argsort([_first(active[:, each]) for each in range(len(centers))], kind="stable")
    sure = _apart(known, groups, centers) > APART or (len(centers) == 1 and count < 2)
    return Speakers(active=active[:, order], by="voice", sure=sure)


def _group(prints: Floats, count: int) -> tuple[NDArray[Any], Floats]:
    """A label a print, and the middle of each group."""
    import numpy

    chosen = prints[numpy.linspace(0, len(prints) - 1, min(SAMPLE, len(prints))).astype(int)]
    labels = _merge(chosen, count)
    sizes = numpy.bincount(labels)
    least = max(FEWEST, SMALLEST * len(chosen))
    order = sizes.argsort()[::-1]
    kept = order[:count] if count else [each for each in order[:MOST] if sizes[each] >= least]
    kept = kept if len(kept) else order[:1]
    labels, centers = _settle(prints, [_middle(chosen[labels == each]) for each in kept])
    if count or _apart(prints, labels, centers) > APART:
        return labels, centers
    shares = numpy.bincount(labels, minlength=len(centers)) / len(prints)
    large = [center for center, share in zip(centers, shares, strict=True) if share >= LARGE]
    return _settle(prints, large or [centers[shares.argmax()]])


def _settle(prints: Floats, middles: Sequence[Floats]) -> tuple[NDArray[Any], Floats]:
    """Every print with the group it is nearest to, and where the middles come to lie by that."""
    import numpy

    centers = numpy.stack(middles)
    for _ in range(5):
        labels = (prints @ centers.T).argmax(axis=1)
        centers = numpy.stack([
            _middle(prints[labels == each]) if (labels == each).any() else centers[each]
            for each in range(len(centers))
        ])  # fmt: skip
    return labels, centers


def _merge(prints: Floats, count: int) -> NDArray[Any]:
    """Agglomerative clustering by mean cosine: a label a print.

    As far as groups are alike; with a `count`, as far as there are so many that are large enough.
    """
    import numpy

    labels, sizes = numpy.arange(len(prints)), numpy.ones(len(prints))
    likeness = prints @ prints.T
    alive = numpy.ones(len(prints), dtype=bool)
    least = max(FEWEST, SMALLEST * len(prints))
    best = labels
    while alive.sum() > 1:
        mean = likeness / numpy.outer(sizes, sizes)
        mean[~alive] = mean[:, ~alive] = -1
        numpy.fill_diagonal(mean, -1)
        one, other = divmod(int(mean.argmax()), len(prints))
        if count and (sizes[alive] >= least).sum() == count:
            best = labels.copy()
        elif not count and mean[one, other] < ALIKE:
            break
        likeness[one] += likeness[other]
        likeness[:, one] += likeness[:, other]
        sizes[one] += sizes[other]
        alive[other] = False
        labels[labels == other] = one
    return numpy.unique(best if count > 1 else labels, return_inverse=True)[1]


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


def _apart(prints: Floats, labels: NDArray[Any], centers: Floats) -> float:
    """How much nearer a print is to its own group than to the next one, in the mean (cosine)."""
    import numpy

    if len(centers) < 2:
        return 0.0
    near = prints @ centers.T
    own = near[numpy.arange(len(prints)), labels].copy()
    near[numpy.arange(len(prints)), labels] = -1
    return float((own - near.max(axis=1)).mean())


def _middle(prints: Floats) -> Floats:
    import numpy

    mean = prints.mean(axis=0)
    made: Floats = mean / max(1e-6, float(numpy.linalg.norm(mean)))
    return made


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
