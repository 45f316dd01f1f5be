"""The bundled sentiment model: MiniLM with our trained adapters merged in, and our head on top.

On a CPU it computes in 8-bit integers, and once more in 32-bit floats where two labels come close:
the labels are those of 32 bits but for one in two thousand, and a few in a hundred pay for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skills.models.encoder import Encoder, load_encoder, load_encoders_on_cpu
from skills.models.english import is_english
from skills.models.lock import locate
from skills.models.minilm import load_tokenizer, read_minilm
from skills.models.sentiment_words import lexicon_features, readable

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD = "heads/sentiment.safetensors"
# Of 4,000 texts eight bits gave 2 another label whose two best shares were further apart (decision
# 8); so close are those of 4 in a hundred.
CLOSE = 0.06


@dataclass(frozen=True, kw_only=True, slots=True, weakref_slot=True)
class SentimentHead:
    """The loaded model; `exact` decides what `encoder`, which is quicker, leaves open."""

    encoder: Encoder
    tokenizer: Any
    tensors: Mapping[str, NDArray[Any]]
    exact: Encoder | None = None
    name: str = "MiniLM with Readymade's sentiment head"

    def understands(self, text: str) -> bool:
        """Whether the text is in English, or may be."""
        return is_english(text, tokenizer=self.tokenizer)

    def score(self, texts: Sequence[str]) -> NDArray[Any]:
        """The shares negative, neutral, positive of each text, float32 (texts, 3)."""
        import numpy

        ids, features = self._read(texts)
        shares = self._shares(self.encoder, ids, features)
        if self.exact is not None:
            _, second, best = numpy.sort(shares, axis=1).T
            close = numpy.flatnonzero(best - second < CLOSE)
            if len(close):
                theirs = [ids[place] for place in close]
                shares[close] = self._shares(self.exact, theirs, features[close])
        return shares

    def logits(self, texts: Sequence[str]) -> NDArray[Any]:
        """What the head says before its calibration, float32 (texts, 3)."""
        return self._logits(self.encoder, *self._read(texts))

    def _read(self, texts: Sequence[str]) -> tuple[list[list[int]], NDArray[Any]]:
        """The tokens of each text and its lexicon features."""
        import numpy

        read = [readable(text) for text in texts]
        ids = [each.ids for each in self.tokenizer.encode_batch(read)]
        features = numpy.array([lexicon_features(text) for text in read], dtype=numpy.float32)
        return ids, features

    def _logits(
        self, encoder: Encoder, ids: Sequence[Sequence[int]], features: NDArray[Any]
    ) -> NDArray[Any]:
        import numpy

        tensors = self.tensors
        inner = numpy.concatenate([encoder.pool(ids), features], axis=1)
        inner = numpy.tanh(inner @ tensors["head.1.weight"].T + tensors["head.1.bias"])
        result: NDArray[Any] = inner @ tensors["head.2.weight"].T + tensors["head.2.bias"]
        return result

    def _shares(
        self, encoder: Encoder, ids: Sequence[Sequence[int]], features: NDArray[Any]
    ) -> NDArray[Any]:
        import numpy

        logits = self._logits(encoder, ids, features)
        logits = logits / self.tensors["temperature"] + self.tensors["offset"]
        powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
        shares: NDArray[Any] = powers / powers.sum(axis=1, keepdims=True)
        return shares


def load_head(device: str) -> SentimentHead:
    """Load and warm the shipped head on `device`."""
    from safetensors.numpy import load_file

    model = assemble(load_file(locate("sentiment")[HEAD]), device=device)
    model.score(["Warm."])
    return model


def assemble(tensors: Mapping[str, NDArray[Any]], *, device: str, bits: int = 8) -> SentimentHead:
    """The model of these trained tensors: each layer's weights become W + B·A.

    `bits` (8 or 32) matter on a CPU only.
    """
    config, weights = read_minilm()
    whole = {name: value.astype("float32") for name, value in tensors.items()}
    merged = dict(weights)
    for name in whole:
        layer, _, side = name.partition(".lora_")
        if side == "A":
            change = whole[f"{layer}.lora_B"] @ whole[name]
            merged[f"{layer}.weight"] = weights[f"{layer}.weight"] + change
    exact: Encoder | None = None
    if device.startswith("cuda") or bits == 32:
        encoder = load_encoder(merged, config, device=device, bits=bits)
    else:
        encoder, exact = load_encoders_on_cpu(merged, config, bits=(8, 32))
    return SentimentHead(encoder=encoder, exact=exact, tokenizer=load_tokenizer(), tensors=whole)
