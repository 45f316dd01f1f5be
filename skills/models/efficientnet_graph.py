"""EfficientNet-Lite as an ONNX graph, built from its tensors: no export step, no torch on a CPU.

Each normalization is folded into the convolution before it, which changes the sums by rounding
only. "Same" padding, as TensorFlow means it, is an attribute here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

EPSILON = 1e-3
# The first block of these stages halves the picture; every other block keeps its size.
HALVING_STAGES = frozenset({1, 2, 3, 5})
OPSET = 17
IR_VERSION = 9


@dataclass(kw_only=True)
class Graph:
    """The nodes and constants written so far; every method answers the name of its output."""

    weights: Mapping[str, NDArray[Any]]
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def node(self, operation: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        output = f"{operation}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], **attributes))
        return output

    def constant(self, name: str, value: NDArray[Any]) -> str:
        import numpy
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(numpy.ascontiguousarray(value), name))
        return name

    def convolution(
        self, name: str, norm: str, value: str, *, stride: int = 1, clip: bool = True
    ) -> str:
        """A convolution and its normalization, between 0 and 6 if `clip`."""
        kernel, bias = fold(self.weights, name, norm)
        filters, per_group = kernel.shape[:2]
        out = self.node(
            "Conv",
            value,
            self.constant(f"{name}.weight", kernel),
            self.constant(f"{name}.bias", bias),
            strides=[stride, stride],
            auto_pad="SAME_UPPER",
            group=filters if "depthwise" in name and per_group == 1 else 1,
        )
        return self.node("Clip", out, "zero", "six") if clip else out


def fold(
    weights: Mapping[str, NDArray[Any]], name: str, norm: str
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The kernel and bias that do what a convolution and its normalization did."""
    import numpy

    spread = numpy.sqrt(weights[f"{norm}.running_var"] + EPSILON)
    scale = weights[f"{norm}.weight"] / spread
    kernel = weights[f"{name}.weight"] * scale[:, None, None, None]
    bias = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
    return kernel.astype("float32"), bias.astype("float32")


def build_graph(weights: Mapping[str, NDArray[Any]]) -> bytes:
    """The serialized model: `pixels` (pictures, 3, rows, columns) in, `logits` out."""
    import numpy
    from onnx import TensorProto, helper

    graph = Graph(weights=weights)
    graph.constant("zero", numpy.array(0, numpy.float32))
    graph.constant("six", numpy.array(6, numpy.float32))
    value = graph.convolution("_conv_stem", "_bn0", "pixels", stride=2)
    for name, stride in list_blocks(weights):
        value = _block(graph, name, value, stride=stride)
    value = graph.convolution("_conv_head", "_bn1", value)
    value = graph.node("Flatten", graph.node("GlobalAveragePool", value))
    head = [graph.constant(name, weights[name]) for name in ("_fc.weight", "_fc.bias")]
    value = graph.node("Gemm", value, *head, transB=1)
    graph.nodes.append(helper.make_node("Identity", [value], ["logits"]))
    floats = TensorProto.FLOAT
    made = helper.make_graph(
        graph.nodes,
        "efficientnet-lite",
        [helper.make_tensor_value_info("pixels", floats, ["pictures", 3, "rows", "columns"])],
        [helper.make_tensor_value_info("logits", floats, ["pictures", 1000])],
        initializer=graph.constants,
    )
    opsets = [helper.make_opsetid("", OPSET)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=IR_VERSION)
    serialized: bytes = model.SerializeToString()
    return serialized


def list_blocks(weights: Mapping[str, NDArray[Any]]) -> list[tuple[str, int]]:
    """The name and stride of each block; a stage begins where the number of channels changes."""
    blocks: list[tuple[str, int]] = []
    stage, channels = -1, 0
    while f"_blocks.{len(blocks)}._project_conv.weight" in weights:
        name = f"_blocks.{len(blocks)}"
        left = weights[f"{name}._project_conv.weight"].shape[0]
        begins = left != channels
        stage, channels = stage + begins, left
        blocks.append((name, 2 if begins and stage in HALVING_STAGES else 1))
    return blocks


def _block(graph: Graph, name: str, value: str, *, stride: int) -> str:
    """Widen, filter each channel, narrow; added to what came in where the shape is the same."""
    wide, entered = value, graph.weights[f"{name}._depthwise_conv.weight"].shape[0]
    if f"{name}._expand_conv.weight" in graph.weights:
        entered = graph.weights[f"{name}._expand_conv.weight"].shape[1]
        wide = graph.convolution(f"{name}._expand_conv", f"{name}._bn0", value)
    wide = graph.convolution(f"{name}._depthwise_conv", f"{name}._bn1", wide, stride=stride)
    narrow = graph.convolution(f"{name}._project_conv", f"{name}._bn2", wide, clip=False)
    left = graph.weights[f"{name}._project_conv.weight"].shape[0]
    return graph.node("Add", narrow, value) if stride == 1 and entered == left else narrow
