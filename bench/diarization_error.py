"""The diarization error rate: how much of the speech is given to nobody or to the wrong one.

(missed + false alarm + confused) / speech, in seconds, with the best pairing of names, as NIST's
md-eval defines it; a collar around each boundary of the reference is not scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Active = NDArray[numpy.bool_]

STEP = 0.01
Span = tuple[float, float, str]


def error_rate(
    reference: Sequence[Span], found: Sequence[Span], *, duration: float, collar: float = 0.25
) -> float:
    """The rate for spans (start, end, speaker) in seconds; speech of several counts for each."""
    import numpy

    times = (numpy.arange(int(duration / STEP)) + 0.5) * STEP
    scored = numpy.ones(len(times), dtype=bool)
    for start, end, _ in reference:
        for edge in (start, end):
            scored &= abs(times - edge) >= collar
    right, said = _active(reference, times)[scored], _active(found, times)[scored]
    most = numpy.maximum(right.sum(axis=1), said.sum(axis=1)).sum()
    return float((most - _agreed(right, said)) / max(1, right.sum()))


def _active(spans: Sequence[Span], times: NDArray[Any]) -> Active:
    """(times, speakers)"""
    import numpy

    names = sorted({name for _, _, name in spans})
    active = numpy.zeros((len(times), len(names)), dtype=bool)
    for start, end, name in spans:
        active[:, names.index(name)] |= (times >= start) & (times < end)
    return active


def _agreed(right: Active, said: Active) -> int:
    """How many frames agree with the best pairing."""
    few, many = sorted([right, said], key=lambda each: each.shape[1])
    return max(
        (
            sum(int((few[:, one] & many[:, other]).sum()) for one, other in enumerate(pairing))
            for pairing in permutations(range(many.shape[1]), few.shape[1])
        ),
        default=0,
    )
