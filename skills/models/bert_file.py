"""A BERT encoder in CTranslate2's file format, written from its tensors into memory.

CTranslate2's own converter does the same by way of torch and a folder; a worker on a CPU does
without both. The format: github.com/OpenNMT/CTranslate2, python/ctranslate2/specs/model_spec.py.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weights = Mapping[str, "NDArray[Any]"]
BINARY_VERSION, REVISION = 6, 1
TYPE_IDS = {"float32": 0, "int8": 1, "int16": 2}
GELU, ADD = 3, 1
FUSED = ("attention.self.query", "attention.self.key", "attention.self.value")


def build_files(weights: Weights, config: Mapping[str, Any]) -> dict[str, bytes]:
    """The contents of the files of a CTranslate2 model, by their names.

    `weights` are BERT's tensors by their usual names, `config` its configuration.
    """
    words = len(weights["embeddings.word_embeddings.weight"])
    settings = {
        "layer_norm_epsilon": config["layer_norm_eps"],
        **dict.fromkeys(("unk_token", "bos_token", "eos_token"), "0"),
    }
    return {
        "model.bin": _write(_variables(weights, config)),
        "config.json": json.dumps(settings).encode(),
        # It is given numbers, never words; it wants a list as long as its embeddings all the same.
        "vocabulary.json": json.dumps([str(number) for number in range(words)]).encode(),
    }


def _variables(weights: Weights, config: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """Every variable of the encoder by CTranslate2's name for it."""
    import numpy

    def read(*names: str) -> NDArray[Any]:
        return numpy.concatenate([weights[name] for name in names]).astype(numpy.float32)

    found = {
        "activation": numpy.int8(GELU),
        "embeddings_0/weight": read("embeddings.word_embeddings.weight"),
        "embeddings_1/weight": read("embeddings.token_type_embeddings.weight"),
        "embeddings_merge": numpy.int8(ADD),
        "multi_query_attention": numpy.int8(0),
        "num_heads": numpy.int16(config["num_attention_heads"]),
        "position_encodings/encodings": read("embeddings.position_embeddings.weight"),
        "pre_norm": numpy.int8(0),
        "scale_embeddings": numpy.int8(0),
    }
    for ours, theirs in _places(config["num_hidden_layers"]):
        for kind in ("weight", "bias"):
            found[f"{ours}/{kind}"] = read(*(f"{each}.{kind}" for each in theirs))
    for ours, norm in _norms(config["num_hidden_layers"]):
        found[f"{ours}/gamma"] = read(f"{norm}.weight")
        found[f"{ours}/beta"] = read(f"{norm}.bias")
    return {f"encoder/{name}": numpy.asarray(value) for name, value in found.items()}


def _places(layers: int) -> list[tuple[str, tuple[str, ...]]]:
    """The linear layers by both names; query, key and value are one product here."""
    return [
        (f"layer_{number}/{ours}", tuple(f"encoder.layer.{number}.{each}" for each in theirs))
        for number in range(layers)
        for ours, theirs in (
            ("self_attention/linear_0", FUSED),
            ("self_attention/linear_1", ("attention.output.dense",)),
            ("ffn/linear_0", ("intermediate.dense",)),
            ("ffn/linear_1", ("output.dense",)),
        )
    ]


def _norms(layers: int) -> list[tuple[str, str]]:
    """The normalizations by both names."""
    return [
        ("layernorm_embedding", "embeddings.LayerNorm"),
        *(
            (f"layer_{number}/{ours}/layer_norm", f"encoder.layer.{number}.{theirs}.LayerNorm")
            for number in range(layers)
            for ours, theirs in (("self_attention", "attention.output"), ("ffn", "output"))
        ),
    ]


def _write(variables: Mapping[str, NDArray[Any]]) -> bytes:
    """`model.bin`."""
    file = io.BytesIO()

    def write_name(name: str) -> None:
        file.write(struct.pack("<H", len(name) + 1) + name.encode() + b"\0")

    file.write(struct.pack("<I", BINARY_VERSION))
    write_name("TransformerEncoderSpec")
    file.write(struct.pack("<II", REVISION, len(variables)))
    for name, value in sorted(variables.items()):
        write_name(name)
        file.write(struct.pack(f"<B{value.ndim}I", value.ndim, *value.shape))
        file.write(struct.pack("<BI", TYPE_IDS[value.dtype.name], value.nbytes))
        file.write(value.tobytes())
    file.write(struct.pack("<I", 0))  # no aliases
    return file.getvalue()
