"""EfficientNet-Lite on torch, for GPUs: transformers' own network with our tensors in it.

The Lite family is EfficientNet without squeeze-and-excite, with ReLU6, and with a stem and a head
that keep their size.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from skills.models.efficientnet_graph import EPSILON, MIDDLE, REACH, list_blocks

if TYPE_CHECKING:
    from numpy.typing import NDArray

Forward = Callable[["NDArray[Any]"], "NDArray[Any]"]
HEAD = 1280
AT_ONCE = 32
PARTS = {
    "_conv_stem": "efficientnet.embeddings.convolution",
    "_bn0": "efficientnet.embeddings.batchnorm",
    "_conv_head": "efficientnet.encoder.top_conv",
    "_bn1": "efficientnet.encoder.top_bn",
    "_fc": "classifier",
}
BLOCK_PARTS = {
    "_expand_conv": "expansion.expand_conv",
    "_bn0": "expansion.expand_bn",
    "_depthwise_conv": "depthwise_conv.depthwise_conv",
    "_bn1": "depthwise_conv.depthwise_norm",
    "_project_conv": "projection.project_conv",
    "_bn2": "projection.project_bn",
}


def load_network(
    tensors: Mapping[str, NDArray[Any]], *, device: str, side: int = 240, compiler: str = ""
) -> Forward:
    """The network for bytes of (pictures, `side`, `side`, 3) in, logits out.

    It keeps the channels of a pixel together, as they come and as GPUs multiply, and counts in half
    precision on one. `compiler` is a backend of `torch.compile` ("inductor"), or "" for none.
    """
    import torch

    precision = torch.float16 if device.startswith("cuda") else torch.float32
    network = create_network(tensors, side=side)
    network = network.to(device, precision, memory_format=torch.channels_last)

    def run(pixels: Any) -> Any:
        scaled = (pixels.permute(0, 3, 1, 2).to(precision) - MIDDLE) / REACH
        return network(pixel_values=scaled).logits.float()

    run_fast = torch.compile(run, backend=compiler, fullgraph=True) if compiler else run

    def forward(pixels: NDArray[Any]) -> NDArray[Any]:
        batch = pad(pixels) if compiler else pixels
        with torch.inference_mode():
            logits = run_fast(torch.from_numpy(batch).to(device))[: len(pixels)]
            rows: NDArray[Any] = logits.cpu().numpy()
        return rows

    return forward


def find_compiler() -> str:
    """ "inductor" where its tools are, Triton and a C compiler; "" elsewhere, which is slower."""
    tools = find_spec("triton") and (shutil.which("cc") or shutil.which("gcc"))
    return "inductor" if tools else ""


def pad(pixels: NDArray[Any]) -> NDArray[Any]:
    """With black, up to a multiple of AT_ONCE: a compiler writes one program for each shape.

    A GPU takes so few small pictures in little more than the time of one.
    """
    import numpy

    missing = -len(pixels) % AT_ONCE
    return numpy.pad(pixels, ((0, missing), (0, 0), (0, 0), (0, 0)))


def create_network(tensors: Mapping[str, NDArray[Any]], *, side: int) -> Any:
    """transformers' EfficientNetForImageClassification with these tensors, for inference.

    It takes floats (pictures, 3, side, side), scaled as MIDDLE and REACH say.
    """
    import torch
    from transformers.models.efficientnet.configuration_efficientnet import EfficientNetConfig
    from transformers.models.efficientnet.modeling_efficientnet import (
        EfficientNetForImageClassification,
    )

    network: Any = EfficientNetForImageClassification(
        EfficientNetConfig(**_shape(tensors, side=side))  # type: ignore[arg-type]  # a plain mapping
    )
    for block in network.efficientnet.encoder.blocks:
        block.squeeze_excite = torch.nn.Identity()
    network.load_state_dict({_rename(name): torch.tensor(value) for name, value in tensors.items()})
    return network.train(False)


def _shape(tensors: Mapping[str, NDArray[Any]], *, side: int) -> dict[str, object]:
    """The configuration, read off the tensors; both multipliers are 1 since the sizes are given."""
    blocks = list_blocks(tensors)
    widths = [tensors[f"{name}._project_conv.weight"].shape[0] for name, _ in blocks]
    stages = list(dict.fromkeys(widths))
    odd: list[int] = []  # blocks that halve an odd number of rows pad evenly, the others do not
    rows = side // 2
    for number, (_, stride) in enumerate(blocks):
        if stride == 2:
            if rows % 2:
                odd.append(number)
            rows = (rows + 1) // 2
    return {
        "width_coefficient": 1.0,
        "depth_coefficient": 1.0,
        "in_channels": [32, *stages[:-1]],
        "out_channels": stages,
        "num_block_repeats": [widths.count(width) for width in stages],
        "depthwise_padding": odd,
        "hidden_dim": HEAD,
        "hidden_act": "relu6",
        "batch_norm_eps": EPSILON,
        "image_size": side,
        "num_labels": tensors["_fc.bias"].shape[0],
    }


def _rename(name: str) -> str:
    """A tensor's name in transformers."""
    if name.startswith("_blocks."):
        _, number, part, kind = name.split(".")
        return f"efficientnet.encoder.blocks.{number}.{BLOCK_PARTS[part]}.{kind}"
    part, _, kind = name.partition(".")
    return f"{PARTS[part]}.{kind}"
