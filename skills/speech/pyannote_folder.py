"""The folder of a pyannote pipeline, checked before it is loaded: it may name classes and code.

Its config.yaml names a class to be made and models to be fetched, its weights are pickles. Taken
are the library's own diarization pipeline, parts that lie in the folder, and pickles of numbers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.errors import SetupError

FILES = ("config.yaml", "*/pytorch_model.bin", "*/*.npz")
CLASSES = (
    "pyannote.audio.pipelines.SpeakerDiarization",
    "pyannote.audio.pipelines.speaker_diarization.SpeakerDiarization",
)
PARTS = ("segmentation", "embedding", "plda")
INSIDE = "$model/"
NETWORKS = "pyannote.audio.models."


@contextmanager
def numbers_alone() -> Iterator[None]:
    """Have torch read numbers and the library's descriptions of them, no other object.

    The library itself asks torch for everything that a pickle holds; torch heeds this variable more
    than what it is asked for.
    """
    os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from torch.serialization import safe_globals
    from torch.torch_version import TorchVersion

    with safe_globals([Specifications, Problem, Resolution, TorchVersion]):
        yield


def check_pipeline(folder: Path, *, source: str) -> None:
    """Raises SetupError when the folder holds something else than a diarization pipeline."""
    import yaml

    config = yaml.safe_load((folder / "config.yaml").read_text())
    pipeline: Mapping[str, Any] = config["pipeline"]
    named = {part: str(pipeline.get("params", {}).get(part, "")) for part in PARTS}
    if pipeline["name"] not in CLASSES or "preprocessors" in config:
        raise SetupError(
            f"{source} is no speaker diarization pipeline of pyannote.audio: check MODELS."
        )
    if not all(_is_inside(name) for name in named.values()):
        raise SetupError(
            f"{source} takes its parts from elsewhere, where they are not pinned: choose one that "
            "brings them, as pyannote/speaker-diarization-community-1 does."
        )
    for part in ("segmentation", "embedding"):
        _check_weights(folder / named[part].removeprefix(INSIDE), source=source)


def _is_inside(name: str) -> bool:
    """Whether a part is a folder beside config.yaml; "$model/plda@main" is another version."""
    return name.startswith(INSIDE) and name.removeprefix(INSIDE).isidentifier()


def _check_weights(folder: Path, *, source: str) -> None:
    """Weights without code, for a network of the library's own."""
    import pickle

    import torch

    path = folder / "pytorch_model.bin"
    try:
        held = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise SetupError(
            f"{source}: {folder.name}/{path.name} holds more than weights and could run code, "
            "so it is not loaded: check where it comes from."
        ) from error
    if not held["pyannote.audio"]["architecture"]["module"].startswith(NETWORKS):
        raise SetupError(f"{source}: {folder.name} is no network of pyannote.audio: check MODELS.")
