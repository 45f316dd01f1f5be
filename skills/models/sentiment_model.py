"""What the skill asks of a sentiment model, and which one MODELS names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from core.settings import load_settings
from skills.models.lock import choose

if TYPE_CHECKING:
    from numpy.typing import NDArray


class SentimentModel(Protocol):
    """The bundled head and the hub's classifiers alike."""

    @property
    def name(self) -> str:
        """What the small print calls it."""

    def score(self, texts: Sequence[str]) -> NDArray[Any]:
        """The shares negative, neutral, positive of each text, float32 (texts, 3)."""

    def understands(self, text: str) -> bool:
        """False when the text is certainly in a language that the model has not learned."""


def load_sentiment(device: str) -> SentimentModel:
    """The model that MODELS names, loaded and warm."""
    choice = choose("sentiment", models=load_settings().models)
    if choice.profile == "hub":
        from skills.models.sentiment_hub import load_hub

        return load_hub(choice, device=device)
    from skills.models.sentiment_head import load_head

    return load_head(device)
