"""The bundled sentiment model: MiniLM with our trained adapters merged in, and our head on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skills.models.encoder import Encoder, load_encoder
from skills.models.english import is_english
from skills.models.lock import locate
from skills.models.minilm import load_tokenizer, read_minilm
from skills.models.sentiment_words import lexicon_features, readable

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD = "heads/sentiment.safetensors"


@dataclass(frozen=True, kw_only=True, slots=True)
class SentimentHead:
    """The loaded model."""

    encoder: Encoder
    tokenizer: Any
    tensors: Mapping[str, NDArray[Any]]
    name: str = "MiniLM with Readymade's sentiment head"

    def understands(self, text: str) -> bool:
        """Whether the text is in English, or may be."""
        return is_english(text, tokenizer=self.tokenizer)

    def score(self, texts: Sequence[str]) -> NDArray[Any]:
        """The shares negative, neutral, positive of each text, float32 (texts, 3)."""
        import numpy

        logits = self.logits(texts) / self.tensors["temperature"] + self.tensors["offset"]
        powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
        shares: NDArray[Any] = powers / powers.sum(axis=1, keepdims=True)
        return shares

    def logits(self, texts: Sequence[str]) -> NDArray[Any]:
        """What the head says before its calibration."""
        import numpy

        read = [readable(text) for text in texts]
        pooled = self.encoder.pool([each.ids for each in self.tokenizer.encode_batch(read)])
        features = numpy.array([lexicon_features(text) for text in read], dtype=numpy.float32)
        tensors = self.tensors
        inner = numpy.concatenate([pooled, features], axis=1) @ tensors["head.1.weight"].T
        inner = numpy.tanh(inner + tensors["head.1.bias"])
        result: NDArray[Any] = inner @ tensors["head.2.weight"].T + tensors["head.2.bias"]
        return result


def load_head(device: str) -> SentimentHead:
    """Load and warm the shipped head on `device`."""
    from safetensors.numpy import load_file

    model = assemble(load_file(locate("sentiment")[HEAD]), device=device)
    model.score(["Warm."])
    return model


def assemble(tensors: Mapping[str, NDArray[Any]], *, device: str, bits: int = 8) -> SentimentHead:
    """The model of these trained tensors: each layer's weights become W + B·A."""
    config, weights = read_minilm()
    whole = {name: value.astype("float32") for name, value in tensors.items()}
    merged = dict(weights)
    for name in whole:
        layer, _, side = name.partition(".lora_")
        if side == "A":
            change = whole[f"{layer}.lora_B"] @ whole[name]
            merged[f"{layer}.weight"] = weights[f"{layer}.weight"] + change
    return SentimentHead(
        encoder=load_encoder(merged, config, device=device, bits=bits),
        tokenizer=load_tokenizer(),
        tensors=whole,
    )
