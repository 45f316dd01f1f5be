"""Whisper behind one interface: what the two libraries that run it must answer, and which one runs.

`whisper_faster.py` runs CTranslate2 folders, `whisper_openai.py` everything else. What is heard is
made of these answers in `transcript.py`, the same for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from core.errors import SetupError
from skills.models.last import load_last
from skills.models.lock import Choice

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Sound = NDArray[numpy.float32]

RATE = 16_000
BUNDLED = "whisper-base"
BACKENDS = ("faster-whisper", "openai-whisper")


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """What the model wrote for one window; probabilities are natural logarithms.

    `ended` is False when it had more to write than fits: it was in a loop.
    """

    tokens: tuple[int, ...]
    text: str
    mean_log_probability: float
    no_speech: float
    ended: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word with the space before it, in seconds from the start of its window."""

    text: str
    start: float
    end: float
    probability: float


class Whisper(Protocol):
    """A loaded model; windows are up to 30 s of float samples at 16 kHz."""

    @property
    def label(self) -> str:
        """The model's name, for the small print; the library that runs it stands in the log."""

    @property
    def english_only(self) -> bool:
        """Whether only its English may be relied on."""

    @property
    def batch(self) -> int:
        """How many windows it decodes at once on its device."""

    @property
    def longest(self) -> int:
        """How many samples of speech in one window cost it the least; at most 29 s."""

    @property
    def temperatures(self) -> tuple[float, ...]:
        """What to try one after the other where the first attempt went wrong."""

    def encode(self, windows: Sequence[Sound], *, at_least: int = 0) -> Any:
        """The windows as the model hears them; goes into the other methods.

        It hears 30 s at once. Where it can do with less for a short window, it costs less time: it
        hears `at_least` so many seconds, with silence at their end.
        """

    def languages(self, heard: Any) -> list[dict[str, float]]:
        """The probability of each language code, a window."""

    def decode(
        self, heard: Any, *, language: str, temperature: float | None = None
    ) -> list[Decoded]:
        """The words of each window: at first the likeliest next word each time.

        A temperature, one of `temperatures`, searches more widely: at 0 by beams where the library
        has them, over 0 by samples.
        """

    def align(
        self, heard: Any, decoded: Sequence[Decoded], *, language: str, seconds: Sequence[float]
    ) -> list[list[Word]]:
        """When each word was said."""


def load_whisper(choice: Choice, device: str, folder: Path, *, backend: str = "") -> Whisper:
    """The model that `choice` names, on `device`; `folder` keeps joined and downloaded weights.

    `backend` is one of BACKENDS, for measuring; empty takes the better one
    (docs/decisions/0003-choose-speech-backend.md). Raises SetupError in one sentence.
    """
    return load_last(partial(_load, choice, device, folder, backend))


def _load(choice: Choice, device: str, folder: Path, backend: str) -> Whisper:
    from skills.models import whisper_faster, whisper_sources

    if choice.profile == "bundled":
        if backend != "openai-whisper":
            try:
                return whisper_faster.load_bundled(device=device, folder=folder)
            except SetupError:
                if backend or device == "cpu":
                    raise  # on a GPU CTranslate2 wants CUDA libraries that torch may not bring
        return whisper_sources.load_bundled(device=device, folder=folder)
    source = Path(choice.source).expanduser()
    if source.is_file():
        return whisper_sources.load_file(source, device=device)
    if (source / "model.bin").is_file():
        return whisper_faster.load_folder(source, device=device)
    if source.is_dir() or "/" in choice.source:
        return whisper_sources.load_hub(choice, device=device)
    return whisper_sources.load_named(choice.source, device=device, folder=folder)
