"""The peers of `speech.py` with the bundled weights: openai-whisper, and faster-whisper in batches.

Both are called as their documentation calls them, loaded once; both are given samples that PyAV
decoded in their own process (openai-whisper's `load_audio` wants an ffmpeg command).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from skills.models.whisper import BUNDLED
from skills.models.whisper_sources import build_bundled
from skills.models.whisper_weights import join_bundled

Listen = Callable[[Path], str]
TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
CPU_BATCH, GPU_BATCH = 8, 16  # its default, and what its documentation shows for a GPU


def openai_whisper(device: str, *, folder: Path) -> dict[str, Listen]:
    """`model.transcribe()`: as the library defaults, and with the beams of its command."""
    network = build_bundled(folder=folder).to(device)
    settings: dict[str, dict[str, int]] = {"greedy": {}, "beam 5": {"beam_size": 5, "best_of": 5}}
    return {
        f"openai-whisper, {name}": partial(_transcribe, network, device != "cpu", options)
        for name, options in settings.items()
    }


def faster_whisper(device: str, *, folder: Path) -> dict[str, Listen]:
    """`BatchedInferencePipeline` at its defaults (5 beams, no word times) and best batch size."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    kind, _, index = device.partition(":")
    kept = "int8" if kind == "cpu" else "float16"
    source = str(join_bundled(BUNDLED, folder=folder))
    model = WhisperModel(source, device=kind, device_index=int(index or 0), compute_type=kept)
    pipeline = BatchedInferencePipeline(model)
    size = CPU_BATCH if kind == "cpu" else GPU_BATCH
    return {f"faster-whisper {kept}, batches of {size}": partial(_pipe, pipeline, size)}


def _transcribe(network: Any, half: bool, options: dict[str, int], path: Path) -> str:
    found = network.transcribe(_samples(path), fp16=half, temperature=TEMPERATURES, **options)
    return str(found["text"])


def _pipe(pipeline: Any, size: int, path: Path) -> str:
    segments, _ = pipeline.transcribe(_samples(path), batch_size=size)
    return " ".join(each.text for each in segments)


def _samples(path: Path) -> Any:
    from faster_whisper.audio import decode_audio

    return decode_audio(str(path))
