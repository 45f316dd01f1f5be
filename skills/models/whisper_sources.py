"""Where openai-whisper's weights come from: its own names and files, a hub, the bundled model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.errors import SetupError
from skills.models.lock import Choice
from skills.models.snapshot import fetch_snapshot
from skills.models.whisper import BUNDLED
from skills.models.whisper_openai import OpenAIWhisper
from skills.models.whisper_weights import (
    join_bundled,
    measure,
    read_ctranslate2,
    rename_transformers,
)


def load_bundled(*, device: str, folder: Path) -> OpenAIWhisper:
    """The bundled base model, from the same joined and checked file that faster-whisper reads."""
    model = build_bundled(folder=folder)
    return OpenAIWhisper(model, device=device, label="Whisper base", english_only=True)


def build_bundled(*, folder: Path) -> Any:
    """OpenAI's own `Whisper` with the bundled weights, in 32-bit floats on the processor."""
    import torch

    dims, arrays, heads = read_ctranslate2(join_bundled(BUNDLED, folder=folder))
    state = {name: torch.from_numpy(array) for name, array in arrays.items()}
    return _build(dims, state, heads)


def load_named(name: str, *, device: str, folder: Path) -> OpenAIWhisper:
    """One of OpenAI's own models by name ("turbo"), downloaded into `folder` once."""
    import whisper

    if name not in whisper.available_models():
        raise SetupError(
            f"There is no Whisper model called “{name}”: "
            "name turbo, large-v3, base or another of OpenAI's, a folder, or a hub id."
        )
    try:
        model = whisper.load_model(name, device="cpu", download_root=str(folder))
    except (OSError, RuntimeError) as error:
        raise SetupError(
            f"Cannot download the speech model {name} into {folder}: "
            "check the network, or set MODELS=bundled."
        ) from error
    return OpenAIWhisper(model, device=device, label=f"Whisper {name}")


def load_file(source: Path, *, device: str) -> OpenAIWhisper:
    """A checkpoint file in OpenAI's format; read as plain tensors, never as code."""
    import pickle

    import whisper

    try:
        model = whisper.load_model(str(source), device="cpu")
    except (OSError, RuntimeError, LookupError, TypeError, pickle.UnpicklingError) as error:
        raise SetupError(f"{source} is not a Whisper model in OpenAI's format.") from error
    return OpenAIWhisper(model, device=device, label=source.stem)


def load_hub(choice: Choice, *, device: str) -> OpenAIWhisper:
    """A transformers Whisper (folder or hub id), its safetensors renamed into OpenAI's model."""
    from transformers import WhisperForConditionalGeneration

    place = fetch_snapshot(choice)
    try:
        found = WhisperForConditionalGeneration.from_pretrained(
            place, use_safetensors=True, local_files_only=True, trust_remote_code=False
        )
        state = rename_transformers(found.state_dict())
        heads = getattr(found.generation_config, "alignment_heads", None) or []
        dims = measure(state, heads=found.config.encoder_attention_heads)
        model = _build(dims, state, heads)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise SetupError(
            f"{choice.source} holds no Whisper model that I can load: it needs a config.json and "
            "model.safetensors of a Whisper from transformers, or CTranslate2's model.bin."
        ) from error
    return OpenAIWhisper(model, device=device, label=Path(choice.source).name)


def _build(dims: dict[str, int], state: dict[str, Any], heads: Sequence[Sequence[int]]) -> Any:
    """OpenAI's network with these weights; `heads` are those whose attention follows the sound."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    model = Whisper(ModelDimensions(**dims))
    model.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    if heads:
        mask = torch.zeros(dims["n_text_layer"], dims["n_text_head"], dtype=torch.bool)
        for layer, head in heads:
            mask[layer, head] = True
        model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)
    return model
