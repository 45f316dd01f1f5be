"""Voices from voice prints: how many there are, and how sure that is.

Like prints are merged (agglomerative, by the mean cosine), and each number of groups is judged by
how near prints come to the middle of their own. Another voice is believed in as far as it brings
them nearer. How well that does is measured in docs/calls.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]
    Labels = NDArray[numpy.int64]

SMALLEST, FEWEST = 0.08, 4  # of all spans, and spans: a group of less is no speaker
MOST = 8  # voices
SAMPLE = 600  # spans that are grouped; the others go to the nearest group
# By how much prints come nearer to the middle of their own group (cosine, mean) with one more. A
# second voice brings 0.042 and more, in a room with an echo less; one voice cut in two brings up to
# 0.035. Those who are nearer to one middle than several voices are, ONE_VOICE, are not cut.
ONE_VOICE, SECOND, SURE_SECOND = 0.85, 0.024, 0.042
DOUBTED_SECOND = 0.035
FEW = 0.1  # divided by the number of prints: what a cut brings by chance where these are few
# A third brings 0.02 to 0.07, two voices cut in three 0.02 at most; where the two are looser than
# TWO_VOICES, a smaller gain is doubted, too.
THIRD, SURE_THIRD, DOUBTED_THIRD = 0.022, 0.026, 0.018
TWO_VOICES, DOUBTED_LOOSE = 0.865, 0.0135


@dataclass(frozen=True, kw_only=True)
class Voices:
    """`middles` (voices, 256): what each sounds like; `sure` is False where there may be others."""

    middles: Floats
    sure: bool


@dataclass(frozen=True, kw_only=True)
class _Grouping:
    """Prints in some groups; `near` is the mean cosine of a print and the middle of its own."""

    middles: Floats
    near: float
    smallest: float  # group, as a share of all


def find_voices(prints: Floats, *, count: int = 0) -> Voices:
    """The voices in two prints or more; `count` where it is known, 0 to find out."""
    import numpy

    chosen = prints[numpy.linspace(0, len(prints) - 1, min(SAMPLE, len(prints))).astype(int)]
    merged = _merge(chosen)
    if count:
        found = _grouping(prints, chosen, merged.get(count, numpy.arange(len(chosen))), count)
        before = _grouping(prints, chosen, merged.get(count - 1, merged[1]), max(1, count - 1))
        gain = found.near - before.near
        return Voices(middles=found.middles, sure=gain >= _sure(count) or count == 1)
    return _find_out(prints, chosen, merged)


def _find_out(prints: Floats, chosen: Floats, merged: Mapping[int, Labels]) -> Voices:
    """As many voices as there is evidence of."""
    found, sure = _grouping(prints, chosen, merged[1], 1), True
    for number in range(2, MOST + 1):
        if number not in merged:
            break
        more = _grouping(prints, chosen, merged[number], number)
        if more.smallest < SMALLEST:
            break
        gain = more.near - found.near - FEW / len(prints)
        judge = _second if number == 2 else _third
        believed, certain = judge(gain, found.near)
        sure = sure and certain
        if not believed:
            break
        found = more
    return Voices(middles=found.middles, sure=sure)


def _second(gain: float, near: float) -> tuple[bool, bool]:
    """Whether there is a second voice, and whether that is sure; `near` is what one group has."""
    loose = near < ONE_VOICE
    believed = gain >= (SECOND if loose else SURE_SECOND)
    return believed, gain >= SURE_SECOND or (not loose and gain < DOUBTED_SECOND)


def _third(gain: float, near: float) -> tuple[bool, bool]:
    """The same for a third one or another."""
    doubted = DOUBTED_LOOSE if near < TWO_VOICES else DOUBTED_THIRD
    return gain >= THIRD, gain >= SURE_THIRD or gain < doubted


def _sure(count: int) -> float:
    return SURE_SECOND if count == 2 else SURE_THIRD


def _grouping(prints: Floats, chosen: Floats, labels: Labels, count: int) -> _Grouping:
    """All prints in the largest groups of the chosen ones."""
    import numpy

    largest = numpy.bincount(labels).argsort()[::-1][:count]
    middles = _settle(prints, [_middle(chosen[labels == each]) for each in largest])
    near = prints @ middles.T
    shares = numpy.bincount(near.argmax(axis=1), minlength=len(middles)) / len(prints)
    return _Grouping(
        middles=middles, near=float(near.max(axis=1).mean()), smallest=float(shares.min())
    )


def _settle(prints: Floats, middles: Sequence[Floats]) -> Floats:
    """Where the middles come to lie when every print goes to the nearest one."""
    import numpy

    settled = numpy.stack(middles)
    for _ in range(5):
        labels = (prints @ settled.T).argmax(axis=1)
        settled = numpy.stack([
            _middle(prints[labels == each]) if (labels == each).any() else settled[each]
            for each in range(len(settled))
        ])  # fmt: skip
    return settled


def _merge(prints: Floats) -> dict[int, Labels]:
    """A label a print for each number of groups that are large enough to be voices."""
    import numpy

    labels, sizes = numpy.arange(len(prints)), numpy.ones(len(prints))
    likeness = prints @ prints.T
    alive = numpy.ones(len(prints), dtype=bool)
    least = max(FEWEST, SMALLEST * len(prints))
    found = {}
    while alive.sum() > 1:
        mean = likeness / numpy.outer(sizes, sizes)
        mean[~alive] = mean[:, ~alive] = -1
        numpy.fill_diagonal(mean, -1)
        one, other = divmod(int(mean.argmax()), len(prints))
        likeness[one] += likeness[other]
        likeness[:, one] += likeness[:, other]
        sizes[one] += sizes[other]
        alive[other] = False
        labels[labels == other] = one
        # The last time that there are so many: the few prints unlike all others are merged, too.
        found[int((sizes[alive] >= least).sum())] = numpy.unique(labels, return_inverse=True)[1]
    return {**found, 1: numpy.zeros(len(prints), dtype=int)}


def _middle(prints: Floats) -> Floats:
    import numpy

    mean = prints.mean(axis=0)
    made: Floats = mean / max(1e-6, float(numpy.linalg.norm(mean)))
    return made
