"""The peer's models for files: a path in, the answer's words out, as the libraries' guides show."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from skills.models.device import resolve_device

SENTENCES = 5
Answer = Callable[[str], str]


def load_classify() -> Answer:
    """transformers' pipeline with our first network's weights: the peer of the figure "images"."""
    import torch

    from bench.images import create_peer

    classify = create_peer(_device())

    def answer(path: str) -> str:
        with torch.inference_mode():
            return str(classify(path)[0]["label"])

    return answer


def load_transcribe() -> Answer:
    """openai-whisper's `transcribe` with our weights."""
    import os
    from pathlib import Path

    from skills.models.whisper_sources import load_bundled

    folder = Path(os.environ["DATA_DIR"]) / "models"
    network: Any = load_bundled(device=_device(), folder=folder)._model

    def answer(path: str) -> str:
        from faster_whisper.audio import decode_audio  # whisper's own wants ffmpeg's program

        sound = decode_audio(path)
        return str(network.transcribe(sound, fp16=_device() != "cpu")["text"])

    return answer


def load_summarize() -> Answer:
    """pypdfium2 for the text, MiniLM by transformers' pipeline, the most central sentences."""
    import torch
    from transformers import AutoModel, AutoTokenizer, pipeline

    from skills.models.lock import locate

    folder = str(locate("minilm")["model/config.json"].parent)
    embed: Any = pipeline(
        "feature-extraction",
        model=AutoModel.from_pretrained(folder),
        tokenizer=AutoTokenizer.from_pretrained(folder),
        device=_device(),
    )

    def answer(path: str) -> str:
        import pypdfium2

        pages = pypdfium2.PdfDocument(path)
        text = " ".join(page.get_textpage().get_text_range() for page in pages)
        sentences = re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
        with torch.inference_mode():
            found = embed(sentences, return_tensors=True, truncation=True, batch_size=32)
            vectors = torch.stack([each[0].mean(0) for each in found])
        vectors = torch.nn.functional.normalize(vectors, dim=1)
        central = (vectors @ vectors.mean(0)).topk(min(SENTENCES, len(sentences))).indices
        return "\n".join(sentences[place] for place in sorted(central.tolist()))

    return answer


def _device() -> str:
    return resolve_device("auto")
