"""Meanings that are kept: the vectors of some sentences as text, in 8 bits a number.

What that costs: the likeness of two sentences changes by less than 0.01.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from skills.models.minilm import HIDDEN, MiniLM

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS = 127.0


def embed(model: MiniLM, texts: Sequence[str]) -> str:
    """A vector a text, in order."""
    import numpy

    vectors = model.embed(texts)
    scale = STEPS / numpy.abs(vectors).max(axis=1, initial=1e-9, keepdims=True)
    return b64encode(numpy.rint(vectors * scale).astype(numpy.int8).tobytes()).decode()


def read_meanings(kept: str) -> NDArray[Any]:
    """The vectors again, float32 of length 1."""
    import numpy

    rows = numpy.frombuffer(b64decode(kept), dtype=numpy.int8).reshape(-1, HIDDEN)
    vectors = rows.astype(numpy.float32)
    result: NDArray[Any] = vectors / numpy.maximum(
        numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9
    )
    return result
