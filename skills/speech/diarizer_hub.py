"""A diarization pipeline of pyannote.audio, from the hub or a folder: the extra `pyannote`.

The library asks for its weights as pickles that may run code and counts its use on a server of its
makers: neither happens here (`pyannote_folder.py`, `_import`).
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ReadymadeError, SetupError
from skills.models.last import load_last
from skills.models.lock import Choice
from skills.models.snapshot import fetch_snapshot
from skills.models.stretches import RATE
from skills.speech.diarizer import MOST, STAGE, Diarized, Progress
from skills.speech.pyannote_folder import FILES, check_pipeline, numbers_alone
from skills.speech.speakers import Turn

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

# The steps of a pipeline, and from where to where each is in the whole; what follows is quick.
SHARES = {"segmentation": (0.0, 0.3), "speaker_counting": (0.3, 0.3), "embeddings": (0.3, 1.0)}


@dataclass(frozen=True, kw_only=True, slots=True)
class HubDiarizer:
    """The loaded pipeline."""

    name: str
    pipeline: Any

    def diarize(self, sound: NDArray[numpy.float32], *, count: int, progress: Progress) -> Diarized:
        """The turns of the whole recording; see `Diarizer`."""
        import torch

        def tell(step: str, _: Any, *, total: int = 0, completed: int = 0, **__: Any) -> None:
            start, end = SHARES.get(step, (1.0, 1.0))
            done = min(1.0, completed / total) if total else 1.0
            progress(STAGE, start + (end - start) * done)

        progress(STAGE, 0.0)
        said = {"num_speakers": count} if count else {"max_speakers": MOST}
        heard = {"waveform": torch.from_numpy(sound)[None], "sample_rate": RATE}
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of fewer voices than were said, which we say ourselves
            output = load_last(partial(self.pipeline, heard, hook=tell, **said))
        return read_output(output)


def read_output(output: Any) -> Diarized:
    """Our turns; speakers are numbered by who speaks first.

    A pipeline of the older form answers with the turns alone, which may overlap.
    """
    both = list(_tracks(getattr(output, "speaker_diarization", output)))
    alone = list(_tracks(getattr(output, "exclusive_speaker_diarization", output)))
    numbers: dict[str, int] = {}
    for _, _, label in sorted(both):
        numbers.setdefault(label, len(numbers))
    return Diarized(turns=_turns(both, numbers), alone=_turns(alone, numbers))


def _tracks(annotation: Any) -> Iterable[tuple[float, float, str]]:
    for segment, _, label in annotation.itertracks(yield_label=True):
        yield float(segment.start), float(segment.end), str(label)


def _turns(tracks: Iterable[tuple[float, float, str]], numbers: dict[str, int]) -> tuple[Turn, ...]:
    return tuple(
        Turn(speaker=numbers[label], start=start, end=end)
        for start, end, label in sorted(tracks)
        if label in numbers
    )


def load_hub(choice: Choice, *, device: str) -> HubDiarizer:
    """Load and warm the pipeline on `device`.

    Raises SetupError when the package or the pipeline is missing, out of reach or of another kind,
    or when it would run code.
    """
    pipelines = _import()
    import numpy
    import torch

    folder = fetch_snapshot(choice, files=FILES)
    try:
        with warnings.catch_warnings(), numbers_alone():
            warnings.simplefilter("ignore")  # theirs say nothing that an administrator can change
            check_pipeline(folder, source=choice.source)
            pipeline = pipelines.from_pretrained(folder).to(torch.device(device))
        name = Path(choice.source).name if choice.folder else choice.source
        loaded = HubDiarizer(name=f"{name} (pyannote.audio)", pipeline=pipeline)
        noise = numpy.random.default_rng(0).normal(0, 0.01, 2 * RATE).astype(numpy.float32)
        loaded.diarize(noise, count=0, progress=lambda _stage, _fraction: None)
    except ReadymadeError:
        raise
    except Exception as error:  # a broken folder fails in as many ways as there are pipelines
        raise SetupError(
            f"{choice.source} holds no diarization pipeline that can be read "
            f"({type(error).__name__}): check MODELS."
        ) from error
    return loaded


def _import() -> Any:
    """The library's `Pipeline`, which tells nobody of its use."""
    os.environ["PYANNOTE_METRICS_ENABLED"] = "false"  # read by its telemetry, each time
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it misses ffmpeg, which only reads files
            from pyannote.audio import Pipeline
    except ImportError as error:
        raise SetupError(
            "MODELS tells speakers apart with pyannote.audio, which is not installed: "
            "pip install 'readymade[pyannote]', or add call=bundled to MODELS."
        ) from error
    except OSError as error:  # a library of torchaudio's that lacks one of torch's
        raise SetupError(
            "pyannote.audio finds a torchaudio that is made for another torch: install the one "
            "for yours (docs/calls.md), or add call=bundled to MODELS."
        ) from error
    return Pipeline
