"""Extraction: the sentences that say most of a text, by their meaning, in the text's own order.

A sentence counts by how near it is to the middle of everything said (MiniLM vectors), by the words
it shares with the rest, by its length and its place, less what it repeats of those already picked
(maximal marginal relevance). Figures: docs/decisions/0004-extract-summaries.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from skills.decode.sentences import count_words
from skills.texts.candidates import Candidate, commonness

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAD = 0.2  # what a document's first sentence is ahead by; news and reports begin with the point
LENGTH = 0.3
COMMON = 0.4  # words that the text keeps coming back to
FAULTS = 0.5
RELEVANCE = 0.65  # against repetition
BATCH = 128


class Embedder(Protocol):
    """What is asked of MiniLM here."""

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """One vector of length 1 a text."""


class Vectors:
    """The vectors of one text's sentences, each computed once however often it is asked for."""

    def __init__(self, model: Embedder) -> None:
        self._model = model
        self._known: dict[str, NDArray[Any]] = {}

    def of(self, texts: Sequence[str], *, progress: Callable[[float], None]) -> NDArray[Any]:
        """One row a text, with `progress(0..1)` after each batch of new ones."""
        import numpy

        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), BATCH):
            part = new[start : start + BATCH]
            self._known.update(zip(part, self._model.embed(part), strict=True))
            progress(min(1.0, (start + BATCH) / len(new)))
        return numpy.stack([self._known[text] for text in texts])


def pick(
    candidates: Sequence[Candidate], vectors: NDArray[Any], *, count: int, lead: bool
) -> list[int]:
    """The places of the best `count` candidates, in order; `lead` favours the beginning."""
    import numpy

    if not candidates:
        return []
    scores = _scores(candidates, vectors, lead=lead)
    likeness = numpy.full(len(candidates), -1.0)
    picked: list[int] = []
    for _ in range(min(count, len(candidates))):
        value = scores if not picked else RELEVANCE * scores - (1 - RELEVANCE) * likeness
        value = value.copy()
        value[picked] = -numpy.inf
        picked.append(int(value.argmax()))
        likeness = numpy.maximum(likeness, vectors @ vectors[picked[-1]])
    return sorted(picked)


def _scores(candidates: Sequence[Candidate], vectors: NDArray[Any], *, lead: bool) -> NDArray[Any]:
    import numpy

    middle = vectors.mean(axis=0)
    central = _stretch(vectors @ (middle / max(1e-9, float(numpy.linalg.norm(middle)))))
    common = _stretch(numpy.array(commonness(candidates)))
    words = numpy.array([count_words(each.text) for each in candidates])
    length = numpy.clip((words - 5) / 15, 0, 1) * numpy.clip(1 - (words - 40) / 40, 0, 1)
    places = numpy.arange(len(candidates))
    start = numpy.exp(-places / max(3.0, 0.1 * len(candidates))) if lead else 0.0
    faults = numpy.array([1 - each.weight for each in candidates])
    return _stretch(central + COMMON * common + LENGTH * length + LEAD * start - FAULTS * faults)


def _stretch(values: NDArray[Any]) -> NDArray[Any]:
    """The same order between 0 and 1."""
    spread = values.max() - values.min()
    stretched: NDArray[Any] = (values - values.min()) / (spread if spread > 0 else 1.0)
    return stretched
