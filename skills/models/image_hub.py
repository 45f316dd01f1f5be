"""Picture models of the hub profile: any hub id or folder that transformers classifies images with.

Only safetensors are read and no code that comes with a model is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import SetupError
from skills.models.image_classifier import ClassName, softmax
from skills.models.lock import Choice
from skills.models.snapshot import fetch_snapshot

if TYPE_CHECKING:
    from numpy.typing import NDArray

USUAL_SIDE = 224


@dataclass(frozen=True, kw_only=True, slots=True)
class HubModel:
    """A transformers model with its own image processor."""

    network: Any
    processor: Any
    names: Sequence[ClassName]
    title: str
    short_side: int

    def classify(self, pictures: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """The probability of each of the model's classes for each picture."""
        import torch

        pixels = self.processor(images=list(pictures), return_tensors="pt")["pixel_values"]
        with torch.inference_mode():
            batch = pixels.to(self.network.device, self.network.dtype)
            logits = self.network(pixel_values=batch).logits.float().cpu().numpy()
        return softmax(logits)


def load_hub_model(choice: Choice, device: str) -> HubModel:
    """The model and its processor, on `device` and warm; half precision on a GPU.

    Raises SetupError when the model is missing, out of reach, or of another kind.
    """
    folder = fetch_snapshot(choice)  # before the imports, which take seconds
    import numpy
    import torch
    from transformers.models.auto.image_processing_auto import AutoImageProcessor
    from transformers.models.auto.modeling_auto import AutoModelForImageClassification

    precision = torch.float16 if device.startswith("cuda") else torch.float32
    try:
        # The "pil" processors need no torchvision.
        processor = AutoImageProcessor.from_pretrained(  # type: ignore[no-untyped-call]  # theirs
            folder, backend="pil", trust_remote_code=False
        )
        network = AutoModelForImageClassification.from_pretrained(
            folder, use_safetensors=True, trust_remote_code=False, dtype=precision
        )
    except Exception as error:  # a broken folder fails in as many ways as models exist
        raise SetupError(
            f"{choice.source} holds no image classification model that can be read (config.json, "
            f"preprocessor_config.json, safetensors; {type(error).__name__}): check MODELS."
        ) from error
    model = HubModel(
        network=network.eval().to(device),
        processor=processor,
        names=_read_names(network.config.id2label),
        title=Path(choice.source).name,
        short_side=_wanted_side(processor),
    )
    model.classify([numpy.zeros((model.short_side, model.short_side, 3), numpy.uint8)])
    return model


def _read_names(labels: dict[int, str]) -> list[ClassName]:
    """The first of a class's names: ImageNet's models list synonyms ("tabby, tabby cat")."""
    firsts = [labels[index].split(",")[0].strip() for index in sorted(labels)]
    return [ClassName(label=first, plain=first.replace("_", " ")) for first in firsts]


def _wanted_side(processor: Any) -> int:
    """The side of picture that loses nothing when the processor resizes it."""
    size = dict(getattr(processor, "size", None) or {})
    sides = [size.get(key) for key in ("height", "width", "shortest_edge")]
    return max([int(side) for side in sides if side], default=USUAL_SIDE)
