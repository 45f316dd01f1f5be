"""Whisper's weights between formats: bundled parts joined, two foreign namings made OpenAI's.

CTranslate2's `model.bin` is read here by itself, so that openai-whisper runs the very same bundled
weights; a transformers folder is only renamed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import struct
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import SetupError
from skills.models.lock import digest, locate, read_lock

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[Any]]

PART = re.compile(r"model\.bin\.part(\d+)$")
DTYPES = ("float32", "int8", "int16", "int32", "float16")


def join_bundled(key: str, *, folder: Path) -> Path:
    """The CTranslate2 folder of a bundled model inside `folder`, joined when not yet there.

    Its model.bin is checked by the joined sha256 every time; the others are small and copied anew.
    """
    expected = read_lock()[key]["joined_sha256"]
    joined = folder / key
    weights = joined / "model.bin"
    if weights.is_file() and digest(weights) == expected:
        return joined
    files = locate(key)
    parts = sorted(path for name, path in files.items() if PART.search(name))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=f".{key}-") as workplace:
        made = Path(workplace) / key
        made.mkdir()
        if _join(parts, made / "model.bin") != expected:
            raise SetupError(f"The parts of {key} do not join to the model in lock.toml.")
        for name, path in files.items():
            if not PART.search(name):
                shutil.copyfile(path, made / Path(name).name)
        _put_in_place(made, joined)
    return joined


def _join(parts: Iterable[Path], target: Path) -> str:
    """Write the parts one after the other; the sha256 of the whole."""
    whole = hashlib.sha256()
    with target.open("wb") as out:
        for part in parts:
            with part.open("rb") as source:
                while block := source.read(1 << 22):
                    whole.update(block)
                    out.write(block)
    return whole.hexdigest()


def _put_in_place(made: Path, joined: Path) -> None:
    """Rename a finished folder into place; a half-made or changed one there gives way.

    Two workers may do this at once: whoever comes second leaves the first one's.
    """
    if joined.exists():
        os.rename(joined, made.parent / "old")
    try:
        os.rename(made, joined)
    except OSError:
        if not (joined / "model.bin").is_file():
            raise


def read_ctranslate2(folder: Path) -> tuple[dict[str, int], Arrays, list[list[int]]]:
    """The dimensions, tensors (OpenAI's naming) and alignment heads of a CTranslate2 Whisper."""
    tensors = _read_tensors(folder / "model.bin")
    state: Arrays = {}
    for name, tensor in tensors.items():
        state.update(_rename_ctranslate2(name, tensor))
    heads = json.loads((folder / "config.json").read_text()).get("alignment_heads", [])
    return measure(state, heads=int(tensors["encoder/num_heads"])), state, heads


def measure(state: Mapping[str, Any], *, heads: int) -> dict[str, int]:
    """OpenAI's `dims`, read off the shapes of the tensors."""
    width = state["encoder.conv1.weight"].shape[0]
    blocks = [re.match(r"(encoder|decoder)\.blocks\.(\d+)\.", name) for name in state]
    layers = {(found[1], found[2]) for found in blocks if found}
    return {
        "n_mels": state["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": state["encoder.positional_embedding"].shape[0],
        "n_audio_state": width,
        "n_audio_head": heads,
        "n_audio_layer": sum(side == "encoder" for side, _ in layers),
        "n_vocab": state["decoder.token_embedding.weight"].shape[0],
        "n_text_ctx": state["decoder.positional_embedding"].shape[0],
        "n_text_state": width,
        "n_text_head": heads,
        "n_text_layer": sum(side == "decoder" for side, _ in layers),
    }


TRANSFORMERS_NAMES = (
    (r"^model\.", ""),
    (r"\.layers\.", ".blocks."),
    (r"\.embed_positions\.weight$", ".positional_embedding"),
    (r"\.embed_tokens\.", ".token_embedding."),
    (r"^encoder\.layer_norm\.", "encoder.ln_post."),
    (r"^decoder\.layer_norm\.", "decoder.ln."),
    (r"\.self_attn_layer_norm\.", ".attn_ln."),
    (r"\.encoder_attn_layer_norm\.", ".cross_attn_ln."),
    (r"\.final_layer_norm\.", ".mlp_ln."),
    (r"\.self_attn\.", ".attn."),
    (r"\.encoder_attn\.", ".cross_attn."),
    (r"\.q_proj\.", ".query."),
    (r"\.k_proj\.", ".key."),
    (r"\.v_proj\.", ".value."),
    (r"\.out_proj\.", ".out."),
    (r"\.fc1\.", ".mlp.0."),
    (r"\.fc2\.", ".mlp.2."),
)


def rename_transformers(state: Mapping[str, Any]) -> dict[str, Any]:
    """A transformers Whisper's tensors under OpenAI's names; the output layer is the embedding."""
    renamed = {}
    for name, tensor in state.items():
        if name.startswith("proj_out"):
            continue
        for pattern, replacement in TRANSFORMERS_NAMES:
            name = re.sub(pattern, replacement, name)
        renamed[name] = tensor
    return renamed


def _rename_ctranslate2(name: str, tensor: Any) -> Arrays:
    """One CTranslate2 tensor as OpenAI's one, two or three; nothing for a setting."""
    if name.endswith("/position_encodings/encodings"):
        return {f"{name.split('/')[0]}.positional_embedding": tensor}
    if name == "decoder/embeddings/weight":
        return {"decoder.token_embedding.weight": tensor}
    if found := re.match(r"encoder/(conv[12])/(weight|bias)$", name):
        return {f"encoder.{found[1]}.{found[2]}": tensor}
    if found := re.match(r"(encoder|decoder)/layer_norm/(gamma|beta)$", name):
        norm = "ln_post" if found[1] == "encoder" else "ln"
        return {f"{found[1]}.{norm}.{_norm(found[2])}": tensor}
    found = re.match(r"(encoder|decoder)/layer_(\d+)/(ffn|self_attention|attention)/(.+)$", name)
    if not found:
        return {}
    block = f"{found[1]}.blocks.{found[2]}"
    return {f"{block}.{key}": value for key, value in _part(found[3], found[4], tensor).items()}


def _part(part: str, rest: str, tensor: Any) -> Arrays:
    """A tensor of a block; queries, keys and values come stacked and the keys need no bias."""
    layer, kind = rest.split("/")
    ours = {"ffn": "mlp", "self_attention": "attn", "attention": "cross_attn"}[part]
    if layer == "layer_norm":
        return {f"{ours}_ln.{_norm(kind)}": tensor}
    if part == "ffn":
        return {f"mlp.{'0' if layer == 'linear_0' else '2'}.{kind}": tensor}
    names = {
        ("self_attention", "linear_0"): ("query", "key", "value"),
        ("attention", "linear_0"): ("query",),
        ("attention", "linear_1"): ("key", "value"),
    }.get((part, layer), ("out",))
    pieces = tensor.reshape(len(names), -1, *tensor.shape[1:])
    return {
        f"{ours}.{name}.{kind}": piece
        for name, piece in zip(names, pieces, strict=True)
        if (name, kind) != ("key", "bias")
    }


def _norm(kind: str) -> str:
    return "weight" if kind == "gamma" else "bias"


def _read_tensors(path: Path) -> Arrays:
    """Every tensor of a CTranslate2 `model.bin`, by name, as 32-bit floats where it is floats."""
    import numpy

    data = memoryview(path.read_bytes())
    place = 4

    def number(form: str) -> int:
        nonlocal place
        (value,) = struct.unpack_from(form, data, place)
        place += struct.calcsize(form)
        return int(value)

    def take(length: int) -> memoryview:
        nonlocal place
        place += length
        return data[place - length : place]

    tensors = {}
    take(number("<H") + 4)  # the specification's name and revision
    for _ in range(number("<I")):
        name = bytes(take(number("<H"))).rstrip(b"\0").decode()
        shape = [number("<I") for _ in range(number("<B"))]
        dtype = DTYPES[number("<B")]
        tensor = numpy.frombuffer(take(number("<I")), dtype=dtype).reshape(shape)
        tensors[name] = tensor.astype(numpy.float32) if dtype == "float16" else tensor
    return tensors
