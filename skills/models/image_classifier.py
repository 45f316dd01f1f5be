"""`ImageClassifier`: what every family of picture models does, and which one MODELS asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from skills.models.lock import choose

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassName:
    """A class twice: `label` as its data set calls it (for programs), `plain` for people."""

    label: str
    plain: str


class ImageClassifier(Protocol):
    """A loaded model; `title` names it to people, `short_side` is the size of picture it wants."""

    @property
    def title(self) -> str: ...
    @property
    def short_side(self) -> int: ...
    @property
    def names(self) -> Sequence[ClassName]: ...

    def classify(self, pictures: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """The probability of each class: float32 (pictures, classes), each row adds up to 1."""


def load_image_classifier(device: str, *, models: str) -> ImageClassifier:
    """The model that the MODELS setting asks for, loaded and warm.

    Raises SetupError when its files are missing, changed or out of reach.
    """
    choice = choose("classify", models=models)
    if choice.profile == "bundled":
        from skills.models.efficientnet import load_efficientnet

        return load_efficientnet(device)
    from skills.models.image_hub import load_hub_model

    return load_hub_model(choice, device)


def softmax(logits: NDArray[Any]) -> NDArray[Any]:
    """Probabilities of rows of logits."""
    import numpy

    powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    result: NDArray[Any] = powers / powers.sum(axis=1, keepdims=True)
    return result
