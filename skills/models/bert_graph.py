"""A BERT encoder as an ONNX graph, built from its tensors: no export step and no torch on a CPU.

Every text of a batch has the same number of tokens, so the graph knows neither mask nor padding.
Its linear layers run in 8 bits; attention, norms and embeddings stay in 32.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

MICROSOFT = "com.microsoft"
# Weights and activations share one scale per block of a row, so that no text is rounded by the
# measure of another one in its batch: an answer hardly depends on the company it came in.
BLOCK = 128
LARGEST = 127
ZERO = 128
EIGHT_BIT_SUMS = 4


@dataclass(kw_only=True)
class Graph:
    """The nodes and constants written so far; every method answers the name of its output."""

    weights: Mapping[str, NDArray[Any]]
    bits: int
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def node(self, operation: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        output = f"{operation}_{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(operation, list(inputs), [output], domain=domain, **attributes)
        )
        return output

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name].astype("float32"))

    def norm(self, name: str, value: str, *, epsilon: float) -> str:
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.node("LayerNormalization", value, scale, bias, axis=-1, epsilon=epsilon)

    def linear(self, name: str, value: str) -> str:
        """`value` times the layer's weights plus its bias."""
        matrix = self.weights[f"{name}.weight"].astype("float32")
        bias = self.weight(f"{name}.bias")
        if self.bits == 32:
            product = self.node("MatMul", value, self.constant(f"{name}.weight", matrix.T.copy()))
            return self.node("Add", product, bias)
        outputs, inputs = matrix.shape
        blocks = matrix.reshape(outputs, inputs // BLOCK, BLOCK)
        scale = abs(blocks).max(axis=2) / LARGEST
        whole = (blocks / scale[:, :, None]).round() + ZERO
        return self.node(
            "MatMulNBits",
            value,
            self.constant(f"{name}.weight", whole.astype("uint8")),
            self.constant(f"{name}.scale", scale),
            "",
            "",
            bias,
            domain=MICROSOFT,
            K=inputs,
            N=outputs,
            bits=8,
            block_size=BLOCK,
            accuracy_level=EIGHT_BIT_SUMS,
        )


def build_graph(
    weights: Mapping[str, NDArray[Any]], config: Mapping[str, Any], *, bits: int
) -> bytes:
    """The serialised model: `ids` (batch, tokens) in, `pooled` (batch, hidden) out: their mean."""
    from onnx import TensorProto, helper

    graph = Graph(weights=weights, bits=bits)
    value = _embeddings(graph, config)
    for number in range(config["num_hidden_layers"]):
        value = _layer(graph, f"encoder.layer.{number}", value, config)
    axes = graph.constant("token_axis", _whole([1]))
    graph.nodes.append(helper.make_node("ReduceMean", [value, axes], ["pooled"], keepdims=0))
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "tokens"])
    pooled = helper.make_tensor_value_info("pooled", TensorProto.FLOAT, ["batch", "hidden"])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "bert", [ids], [pooled], graph.constants),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=9,
    )
    return bytes(model.SerializeToString())


def _embeddings(graph: Graph, config: Mapping[str, Any]) -> str:
    """Words plus positions plus the one segment, normalised."""
    words = graph.node("Gather", graph.weight("embeddings.word_embeddings.weight"), "ids")
    length = graph.node("Shape", "ids", start=1, end=2)
    positions = graph.node(
        "Slice",
        graph.weight("embeddings.position_embeddings.weight"),
        graph.constant("first", _whole([0])),
        length,
    )
    kind = graph.constant(
        "segment", graph.weights["embeddings.token_type_embeddings.weight"][0].astype("float32")
    )
    total = graph.node("Add", graph.node("Add", words, positions), kind)
    return graph.norm("embeddings.LayerNorm", total, epsilon=config["layer_norm_eps"])


def _layer(graph: Graph, name: str, value: str, config: Mapping[str, Any]) -> str:
    """One transformer layer, normalised after each half as BERT does."""
    epsilon = config["layer_norm_eps"]
    parts = [graph.linear(f"{name}.attention.self.{part}", value) for part in _PARTS]
    heads = config["num_attention_heads"]
    mixed = graph.node("MultiHeadAttention", *parts, domain=MICROSOFT, num_heads=heads)
    mixed = graph.linear(f"{name}.attention.output.dense", mixed)
    value = graph.node("Add", value, mixed)
    value = graph.norm(f"{name}.attention.output.LayerNorm", value, epsilon=epsilon)
    wide = graph.node("Gelu", graph.linear(f"{name}.intermediate.dense", value))
    narrow = graph.linear(f"{name}.output.dense", wide)
    return graph.norm(f"{name}.output.LayerNorm", graph.node("Add", value, narrow), epsilon=epsilon)


_PARTS = ("query", "key", "value")


def _whole(values: list[int]) -> NDArray[Any]:
    import numpy

    return numpy.array(values, dtype=numpy.int64)
