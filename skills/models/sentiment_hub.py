"""A sentiment classifier from the hub or a folder: any sequence classifier with readable labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import SetupError
from skills.models.lock import Choice
from skills.models.snapshot import fetch_snapshot

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEGATIVE, NEUTRAL, POSITIVE = range(3)
PLACES = {
    "negative": NEGATIVE, "neg": NEGATIVE, "neutral": NEUTRAL, "neu": NEUTRAL,
    "positive": POSITIVE, "pos": POSITIVE,
    "1 star": NEGATIVE, "2 stars": NEGATIVE, "3 stars": NEUTRAL, "4 stars": POSITIVE,
    "5 stars": POSITIVE,
}  # fmt: skip
UNNAMED = {2: (NEGATIVE, POSITIVE), 3: (NEGATIVE, NEUTRAL, POSITIVE)}
MOST_TOKENS = 512
MOST_TOKENS_A_BATCH = 8192


@dataclass(frozen=True, kw_only=True, slots=True, weakref_slot=True)
class HubSentiment:
    """The loaded classifier; `places` says which share each of its labels counts to."""

    name: str
    model: Any
    tokenizer: Any
    places: tuple[int, ...]

    def understands(self, text: str) -> bool:
        """Whoever chose the model chose its languages."""
        return True

    def score(self, texts: Sequence[str]) -> NDArray[Any]:
        """The shares negative, neutral, positive of each text, float32 (texts, 3)."""
        import numpy

        shares = numpy.zeros((len(texts), 3), dtype=numpy.float32)
        for part in self._batches(texts):
            scores = self._forward([texts[place] for place in part])
            for label, place in enumerate(self.places):
                shares[part, place] += scores[:, label]
        return shares

    def _batches(self, texts: Sequence[str]) -> list[list[int]]:
        """Texts of about one length together, few enough for the memory."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        batches: list[list[int]] = []
        width = 0
        for place in order:
            width = max(width, min(MOST_TOKENS, len(texts[place]) + 2))
            if not batches or (len(batches[-1]) + 1) * width > MOST_TOKENS_A_BATCH:
                batches.append([])
            batches[-1].append(place)
        return batches

    def _forward(self, texts: Sequence[str]) -> NDArray[Any]:
        import torch

        encoded = self.tokenizer(list(texts), padding=True, truncation=True, return_tensors="pt")
        with torch.inference_mode():
            logits = self.model(**encoded.to(self.model.device)).logits.float()
        result: NDArray[Any] = logits.softmax(dim=-1).cpu().numpy()
        return result


def load_hub(choice: Choice, *, device: str) -> HubSentiment:
    """Load and warm the classifier on `device`, in half precision on a GPU.

    Raises SetupError when it is missing, out of reach, of another kind, or its labels say nothing.
    """
    import torch
    from transformers.models.auto.modeling_auto import AutoModelForSequenceClassification
    from transformers.models.auto.tokenization_auto import AutoTokenizer

    folder = fetch_snapshot(choice)
    precision = torch.float16 if device.startswith("cuda") else torch.float32
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
        model = AutoModelForSequenceClassification.from_pretrained(
            folder, use_safetensors=True, trust_remote_code=False, dtype=precision
        )
    except Exception as error:  # a broken folder fails in as many ways as there are models
        raise SetupError(
            f"{choice.source} holds no text classification model that can be read (config.json, "
            f"tokenizer, safetensors; {type(error).__name__}): check MODELS."
        ) from error
    limit = getattr(model.config, "max_position_embeddings", MOST_TOKENS + 2) - 2
    tokenizer.model_max_length = min(MOST_TOKENS, limit)
    loaded = HubSentiment(
        name=Path(choice.source).name if choice.folder else choice.source,
        model=model.to(device).eval(),
        tokenizer=tokenizer,
        places=read_labels(model.config.id2label, source=choice.source),
    )
    loaded.score(["Warm."])
    return loaded


def read_labels(labels: Mapping[int, str], *, source: str) -> tuple[int, ...]:
    """Which share each label counts to.

    Raises SetupError when the names are unknown.
    """
    names = [str(labels[number]).strip().lower() for number in sorted(labels)]
    if all(name in PLACES for name in names):
        return tuple(PLACES[name] for name in names)
    if len(names) in UNNAMED and all(name.startswith("label_") for name in names):
        return UNNAMED[len(names)]
    raise SetupError(
        f"The model {source} has the labels {', '.join(names)}: choose one whose labels are "
        "positive, negative and, if it has it, neutral."
    )
