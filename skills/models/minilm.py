"""MiniLM: the bundled sentence encoder, from its package, checked against the lock file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from skills.models.encoder import Encoder, load_encoder
from skills.models.lock import locate

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_TOKENS = 256
HIDDEN = 384


@dataclass(frozen=True, kw_only=True, slots=True, weakref_slot=True)
class MiniLM:
    """The loaded encoder: texts with like meanings get vectors with a high dot product."""

    encoder: Encoder
    tokenizer: Any

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """One float32 vector a text, length 1, in order; the first 256 tokens of each count."""
        import numpy

        if not texts:
            return numpy.empty((0, HIDDEN), dtype=numpy.float32)
        pooled = self.encoder.pool([each.ids for each in self.tokenizer.encode_batch(list(texts))])
        result: NDArray[Any] = pooled / numpy.linalg.norm(pooled, axis=1, keepdims=True)
        return result

    def count_tokens(self, text: str) -> int:
        """How many word pieces a text has, without the two marks around it, however long it is."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        return len(encoding.ids) + sum(len(rest.ids) for rest in encoding.overflowing)


def load_minilm(device: str) -> MiniLM:
    """Load and warm MiniLM on `device`."""
    config, weights = read_minilm()
    model = MiniLM(encoder=load_encoder(weights, config, device=device), tokenizer=load_tokenizer())
    model.embed(["Warm."])
    return model


@cache
def load_tokenizer() -> Any:
    """MiniLM's tokenizer, one for all: cuts at 256 tokens, never pads."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(locate("minilm")["model/tokenizer.json"]))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    return tokenizer


def read_minilm() -> tuple[dict[str, Any], Mapping[str, NDArray[Any]]]:
    """The configuration and the tensors, by their names in BERT."""
    from safetensors.numpy import load_file

    files = locate("minilm")
    return json.loads(files["model/config.json"].read_text()), load_file(
        files["model/model.safetensors"]
    )
