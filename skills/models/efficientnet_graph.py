"""EfficientNet-Lite as an ONNX graph, built from its tensors: no export step, no torch on a CPU.

Each normalization is folded into the convolution before it, which changes the sums by rounding
only. "Same" padding, as TensorFlow means it, is an attribute here. `Graph` counts in floats;
efficientnet_bytes.py has one that counts in bytes.
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
HIGHEST = 6.0  # of ReLU6
# (byte - MIDDLE) / REACH is what these networks were trained on.
MIDDLE, REACH = 127, 128
OPSET = 17
IR_VERSION = 9
MICROSOFT = "com.microsoft"


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """What flows between layers; of bytes also what they mean: (byte - zero) * step.

    `mean` and `spread` are those of each channel, where a sum may need them.
    """

    name: str
    step: float = 1.0
    zero: int = 0
    mean: NDArray[Any] | None = None
    spread: NDArray[Any] | None = None


@dataclass(kw_only=True)
class Graph:
    """The nodes and constants written so far; every method answers what it has computed."""

    weights: Mapping[str, NDArray[Any]]
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def node(self, operation: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        output = f"{operation}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], **attributes))
        return output

    def constant(self, value: object, kind: str = "float32") -> str:
        import numpy
        from onnx import numpy_helper

        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(numpy.array(value, kind), name))
        return name

    def enter(self) -> Value:
        """The pixels as the first layer wants them, channels first."""
        channels = self.node("Transpose", "pixels", perm=[0, 3, 1, 2])
        floats = self.node("Cast", channels, to=1)  # TensorProto.FLOAT
        middle = self.node("Sub", floats, self.constant(MIDDLE))
        return Value(name=self.node("Div", middle, self.constant(REACH)))

    def convolution(
        self, name: str, norm: str, value: Value, *, stride: int = 1, clip: bool = True
    ) -> Value:
        """A convolution and its normalization, between 0 and 6 if `clip`."""
        kernel, bias = fold(self.weights, name, norm)
        inputs = [value.name, self.constant(kernel), self.constant(bias)]
        made = self.node("Conv", *inputs, **how(name, kernel, stride=stride))
        if clip:
            made = self.node("Clip", made, self.constant(0), self.constant(HIGHEST))
        return Value(name=made)

    def add(self, one: Value, other: Value) -> Value:
        """Both together."""
        return Value(name=self.node("Add", one.name, other.name))

    def leave(self, value: Value) -> str:
        """A value as floats."""
        return value.name


def how(name: str, kernel: NDArray[Any], *, stride: int) -> dict[str, Any]:
    """The attributes of a convolution."""
    filters, per_group = kernel.shape[:2]
    alone = "depthwise" in name and per_group == 1
    return {
        "strides": [stride, stride],
        "auto_pad": "SAME_UPPER",
        "group": filters if alone else 1,
    }


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


def build_network(graph: Graph) -> bytes:
    """The serialized model: `pixels`, bytes (pictures, rows, columns, 3), in; `logits` out."""
    from onnx import TensorProto, helper

    weights = graph.weights
    value = graph.convolution("_conv_stem", "_bn0", graph.enter(), stride=2)
    for name, stride in list_blocks(weights):
        value = _block(graph, name, value, stride=stride)
    seen = graph.leave(graph.convolution("_conv_head", "_bn1", value))
    seen = graph.node("Flatten", graph.node("GlobalAveragePool", seen))
    head = [graph.constant(weights[name]) for name in ("_fc.weight", "_fc.bias")]
    graph.nodes.append(helper.make_node("Gemm", [seen, *head], ["logits"], transB=1))
    shape: list[str | int | None] = ["pictures", "rows", "columns", 3]
    made = helper.make_graph(
        graph.nodes,
        "efficientnet-lite",
        [helper.make_tensor_value_info("pixels", TensorProto.UINT8, shape)],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["pictures", 1000])],
        initializer=graph.constants,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
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


def _block(graph: Graph, name: str, value: Value, *, stride: int) -> Value:
    """Widen, filter each channel, narrow; added to what came in where the shape is the same."""
    wide, entered = value, graph.weights[f"{name}._depthwise_conv.weight"].shape[0]
    if f"{name}._expand_conv.weight" in graph.weights:
        entered = graph.weights[f"{name}._expand_conv.weight"].shape[1]
        wide = graph.convolution(f"{name}._expand_conv", f"{name}._bn0", value)
    wide = graph.convolution(f"{name}._depthwise_conv", f"{name}._bn1", wide, stride=stride)
    narrow = graph.convolution(f"{name}._project_conv", f"{name}._bn2", wide, clip=False)
    left = graph.weights[f"{name}._project_conv.weight"].shape[0]
    return graph.add(narrow, value) if stride == 1 and entered == left else narrow
