"""Clusters of unit vectors: k-means by angle, and how many clusters the vectors suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST, FEWEST_A_CLUSTER = 16, 12
LEAST_OF_MANY = 100  # vectors for each cluster that there is at least, up to half of the most
ROUNDS = 25
SEED = 7
TRIED_ON = 2_000  # vectors, to choose the number


def cluster(vectors: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The cluster of each vector, and the middle of each cluster (length 1)."""
    import numpy

    random = numpy.random.default_rng(SEED)
    most = min(MOST, len(vectors) // FEWEST_A_CLUSTER)
    some = vectors[:TRIED_ON]
    least = max(2, min(MOST // 2, len(vectors) // LEAST_OF_MANY))
    tried = [_parted(some, count, random) for count in range(least, most + 1)]
    if not tried:
        return numpy.zeros(len(vectors), dtype=int), _middles(vectors, numpy.zeros(len(vectors)), 1)
    _, middles = max(tried, key=lambda each: _clearness(some, each[1]))
    return _settle(vectors, middles)


def _parted(vectors: NDArray[Any], count: int, random: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """The best of three starts."""
    starts = [_settle(vectors, _start(vectors, count, random)) for _ in range(3)]
    return max(starts, key=lambda each: float((vectors * each[1][each[0]]).sum()))


def _start(vectors: NDArray[Any], count: int, random: Any) -> NDArray[Any]:
    """First middles far from each other (k-means++)."""
    import numpy

    chosen = [vectors[random.integers(len(vectors))]]
    while len(chosen) < count:
        nearest = (vectors @ numpy.stack(chosen).T).max(axis=1)
        far = numpy.clip(1 - nearest, 1e-6, None) ** 2
        chosen.append(vectors[random.choice(len(vectors), p=far / far.sum())])
    return numpy.stack(chosen)


def _settle(vectors: NDArray[Any], middles: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    import numpy

    nearest = (vectors @ middles.T).argmax(axis=1)
    for _ in range(ROUNDS):
        middles = _middles(vectors, nearest, len(middles))
        moved = (vectors @ middles.T).argmax(axis=1)
        if numpy.array_equal(moved, nearest):
            break
        nearest = moved
    return nearest, middles


def _middles(vectors: NDArray[Any], nearest: NDArray[Any], count: int) -> NDArray[Any]:
    import numpy

    sums = numpy.zeros((count, vectors.shape[1]), dtype=vectors.dtype)
    numpy.add.at(sums, nearest.astype(int), vectors)
    result: NDArray[Any] = sums / numpy.clip(
        numpy.linalg.norm(sums, axis=1, keepdims=True), 1e-9, None
    )
    return result


def _clearness(vectors: NDArray[Any], middles: NDArray[Any]) -> float:
    """How much nearer vectors are to their own middle than to the next one (-1 to 1)."""
    import numpy

    away = 1 - numpy.sort(vectors @ middles.T, axis=1)[:, -2:]
    return float(((away[:, 0] - away[:, 1]) / numpy.clip(away[:, 0], 1e-6, None)).mean())
