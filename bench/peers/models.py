"""The peer's models: the same weights as ours, through the libraries' own front doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from skills.models.device import resolve_device


def load_sentiment() -> Callable[[str], tuple[str, float]]:
    """One text to its label and share: transformers' pipeline on our network in fp32.

    The head is the one that ours has: the mean vector and the lexicon's features through two
    layers.
    """
    scores = load_scores()

    def judge(text: str) -> tuple[str, float]:
        from skills.comments.judgement import LABELS

        shares = scores([text])[0]
        return LABELS[int(shares.argmax())], float(shares.max())

    return judge


def load_scores() -> Callable[[list[str]], Any]:
    """Texts to the shares negative, neutral, positive: the reference in fp32, text by text."""
    import numpy
    from safetensors.numpy import load_file

    from skills.models.lock import locate
    from skills.models.sentiment_head import HEAD
    from skills.models.sentiment_words import lexicon_features, readable

    stored = load_file(locate("sentiment")[HEAD])
    tensors = {name: each.astype("float32") for name, each in stored.items()}
    embed = _load_encoder(tensors)

    def share(text: str) -> Any:
        features = numpy.array(lexicon_features(text), dtype="float32")
        inner = numpy.concatenate([embed(text), features])
        inner = numpy.tanh(tensors["head.1.weight"] @ inner + tensors["head.1.bias"])
        logits = tensors["head.2.weight"] @ inner + tensors["head.2.bias"]
        logits = logits / tensors["temperature"] + tensors["offset"]
        powers = numpy.exp(logits - logits.max())
        return powers / powers.sum()

    return lambda texts: numpy.stack([share(readable(text)) for text in texts])


def _load_encoder(tensors: Any) -> Callable[[str], Any]:
    """A text to the mean vector of its tokens, by transformers' pipeline."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel, pipeline

    from skills.models.lock import locate
    from skills.models.minilm import read_minilm

    config, weights = read_minilm()
    bert: Any = BertModel(BertConfig(**config), add_pooling_layer=False)
    bert.load_state_dict(_merged(weights, tensors, bert.state_dict()))
    tokenizer = AutoTokenizer.from_pretrained(str(locate("minilm")["model/tokenizer.json"].parent))
    device = resolve_device("auto")
    extract = pipeline("feature-extraction", model=bert.eval(), tokenizer=tokenizer, device=device)

    def embed(text: str) -> Any:
        with torch.inference_mode():
            hidden = extract(text, return_tensors=True, truncation=True, max_length=256)[0]
        return hidden.float().mean(0).cpu().numpy()

    return embed


def _merged(weights: Any, tensors: Any, expected: Any) -> dict[str, Any]:
    """MiniLM's tensors with our adapters merged in."""
    import torch

    merged = {name: torch.from_numpy(value) for name, value in weights.items()}
    for name in tensors:
        layer, _, side = name.partition(".lora_")
        if side == "A":
            change = tensors[f"{layer}.lora_B"] @ tensors[name]
            merged[f"{layer}.weight"] = merged[f"{layer}.weight"] + torch.from_numpy(change)
    return {name: merged.get(name, value) for name, value in expected.items()}
