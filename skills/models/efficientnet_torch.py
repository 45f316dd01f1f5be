"""EfficientNet-Lite on torch, for GPUs: transformers' own network with our tensors in it.

The Lite family is EfficientNet without squeeze-and-excite, with ReLU6, and with a stem and a head
that keep their size.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from skills.models.efficientnet_graph import EPSILON, list_blocks

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD = 1280
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
    tensors: Mapping[str, NDArray[Any]], *, device: str, side: int = 240
) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """The network for pictures of `side` pixels: (pictures, 3, side, side) in, logits out."""
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
    precision = torch.float16 if device.startswith("cuda") else torch.float32
    network.train(False)
    network = network.to(device, precision, memory_format=torch.channels_last)

    def forward(pixels: NDArray[Any]) -> NDArray[Any]:
        with torch.inference_mode():
            batch = torch.from_numpy(pixels).to(device, precision)
            batch = batch.contiguous(memory_format=torch.channels_last)
            logits: NDArray[Any] = network(pixel_values=batch).logits.float().cpu().numpy()
        return logits

    return forward


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
