"""Turns of a diarization become our frames; the pipeline is asked once, for the whole recording."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy
import pytest

from core.errors import Cancelled, SetupError
from skills.decode.audio import open_recording
from skills.models.lock import Choice, choose
from skills.models.stretches import FRAME, RATE
from skills.speech.diarizer import Diarized, hear_voices, read_whole
from skills.speech.diarizer_hub import HubDiarizer, load_hub
from skills.speech.speakers import Speakers, Turn
from tests.skills import sounds

DOCS = Path(__file__).parents[2] / "docs"

Track = tuple[float, float, str]


@dataclass(frozen=True)
class Span:
    start: float
    end: float


@dataclass(frozen=True)
class Annotation:
    """What the library answers with, as far as we ask."""

    tracks: Sequence[Track]

    def itertracks(self, *, yield_label: bool) -> Iterator[tuple[Span, str, str]]:
        assert yield_label
        for number, (start, end, label) in enumerate(self.tracks):
            yield Span(start, end), str(number), label


@dataclass(frozen=True)
class Output:
    speaker_diarization: Annotation
    exclusive_speaker_diarization: Annotation


@dataclass
class Pipeline:
    """Answers always the same; remembers what it was asked."""

    output: Any
    heard: list[Any] = field(default_factory=list)
    said: list[dict[str, int]] = field(default_factory=list)
    priority: int = 0

    def __call__(self, file: dict[str, Any], *, hook: Callable[..., None], **said: int) -> Any:
        self.heard.append(file)
        self.said.append(said)
        if sys.platform == "linux":
            self.priority = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        for completed in (0, 32):  # the library counts whole batches: more than there are
            hook("segmentation", None, file=file, total=20, completed=completed)
        hook("speaker_counting", object(), file=file)
        for completed in range(3):
            hook("embeddings", object(), file=file, total=2, completed=completed)
        return self.output


BOTH = (
    Annotation([(2.0, 4.0, "A"), (0.5, 2.5, "B")]),
    Annotation([(2.2, 4, "A"), (0.5, 2.2, "B")]),
)


def hub(output: Any = None) -> HubDiarizer:
    return HubDiarizer(
        name="acme/voices (pyannote.audio)", pipeline=Pipeline(output or Output(*BOTH))
    )


def silent(stage: str, fraction: float) -> None:
    """Tells nobody."""


def diarize(diarizer: HubDiarizer, *, count: int = 0) -> Diarized:
    sound = numpy.zeros(5 * RATE, dtype=numpy.float32)
    return diarizer.diarize(sound, count=count, progress=silent)


@dataclass(frozen=True)
class Voices:
    """A diarizer that knows."""

    turns: Sequence[Turn]
    alone: Sequence[Turn] = ()
    name: str = "known"

    def diarize(self, sound: Any, *, count: int, progress: Any) -> Diarized:
        return Diarized(turns=self.turns, alone=self.alone or self.turns)


def hear(tmp_path: Path, diarizer: Any, *, count: int = 0) -> tuple[Speakers, Speakers] | None:
    path = sounds.write_wav(tmp_path / "call.wav", sounds.silence(5))
    with open_recording(path, scratch=tmp_path, sides=2) as recording:
        return hear_voices(diarizer, recording, frames=157, count=count, progress=silent)


def turn(speaker: int, start: float, end: float) -> Turn:
    return Turn(speaker=speaker, start=start, end=end)


def test_speakers_are_numbered_by_who_speaks_first() -> None:
    found = diarize(hub())

    assert found.turns == (turn(0, 0.5, 2.5), turn(1, 2.0, 4.0))


def test_words_said_at_once_go_to_one_of_them() -> None:
    found = diarize(hub())

    assert found.alone == (turn(0, 0.5, 2.2), turn(1, 2.2, 4.0))


def test_a_pipeline_that_answers_with_the_turns_alone_is_understood() -> None:
    found = diarize(hub(BOTH[0]))

    assert found.alone == found.turns == (turn(0, 0.5, 2.5), turn(1, 2.0, 4.0))


@pytest.mark.parametrize(("count", "said"), [(0, {"max_speakers": 8}), (2, {"num_speakers": 2})])
def test_the_number_of_speakers_is_passed_on(count: int, said: dict[str, int]) -> None:
    diarizer = hub()

    diarize(diarizer, count=count)

    assert diarizer.pipeline.said == [said]


def test_the_pipeline_hears_the_samples_themselves() -> None:
    diarizer, sound = hub(), numpy.linspace(-1, 1, RATE, dtype=numpy.float32)

    diarizer.diarize(sound, count=0, progress=silent)

    (heard,) = diarizer.pipeline.heard
    assert heard["waveform"].shape == (1, RATE)
    assert heard["waveform"].data_ptr() == sound.ctypes.data  # not copied: it may be 346 MB
    assert heard["sample_rate"] == RATE


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities on Linux alone")
def test_it_leaves_the_processors_to_quick_models() -> None:
    diarizer = hub()

    diarize(diarizer)

    assert diarizer.pipeline.priority == 19


def test_progress_goes_from_nothing_to_the_whole() -> None:
    told: list[float] = []

    hub().diarize(
        numpy.zeros(RATE, dtype=numpy.float32),
        count=0,
        progress=lambda _, fraction: told.append(fraction),
    )

    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_a_cancel_ends_the_pipeline() -> None:
    def cancel(stage: str, fraction: float) -> None:
        if fraction:
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        hub().diarize(numpy.zeros(RATE, dtype=numpy.float32), count=0, progress=cancel)


def test_a_frame_has_who_speaks_in_most_of_it(tmp_path: Path) -> None:
    found = hear(tmp_path, Voices([turn(0, 0.0, 1.61), turn(1, 1.59, 3.2)]))

    assert found is not None
    assert found[0].active[:50, 0].all()
    assert found[0].active[50:100, 1].all()
    assert found[0].active.sum() == 100


def test_two_at_once_are_both_in_a_frame(tmp_path: Path) -> None:
    found = hear(tmp_path, Voices([turn(0, 0.0, 2.0), turn(1, 1.0, 3.0)], [turn(0, 0.0, 3.0)]))

    assert found is not None
    assert found[0].turns() == [turn(0, 0.0, 1.984), turn(1, 0.992, 3.008)]
    assert found[1].at(2.2, 2.9) == 0


def test_a_turn_shorter_than_a_frame_is_in_one(tmp_path: Path) -> None:
    found = hear(tmp_path, Voices([turn(0, 1.0, 1.001)]))

    assert found is not None
    assert found[0].active.sum() == 1


def test_a_turn_past_the_end_is_cut(tmp_path: Path) -> None:
    found = hear(tmp_path, Voices([turn(0, 4.9, 9.0), turn(0, 8.0, 9.0)]))

    assert found is not None
    assert found[0].active.sum() == 157 - round(4.9 * RATE / FRAME)


def test_fewer_voices_than_were_said_are_uncertain(tmp_path: Path) -> None:
    found = hear(tmp_path, Voices([turn(0, 1.0, 2.0)]), count=2)

    assert found is not None
    assert (found[0].sure, found[1].sure) == (False, False)


def test_nobody_is_no_speaker(tmp_path: Path) -> None:
    assert hear(tmp_path, Voices([])) is None


def test_a_recording_is_read_in_one_piece_as_floats(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "call.wav", sounds.noise(130))

    with open_recording(path, scratch=tmp_path, sides=2) as recording:
        sound = read_whole(recording, most=131 * RATE, progress=silent)
        samples = recording.read(0, 130 * RATE)

    assert sound.dtype == numpy.float32
    assert numpy.array_equal(sound, samples.astype(numpy.float32) / 32768)


def test_a_cancel_is_heard_while_the_recording_is_read(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "call.wav", sounds.silence(2))

    def cancel(stage: str, fraction: float) -> None:
        raise Cancelled("Cancelled.")

    with (
        open_recording(path, scratch=tmp_path, sides=2) as recording,
        pytest.raises(Cancelled),
    ):
        read_whole(recording, most=2 * RATE, progress=cancel)


def test_the_hub_profile_takes_the_pinned_pipeline() -> None:
    choice = choose("call", models="hub")

    assert re.fullmatch("[0-9a-f]{40}", choice.revision)
    assert f"call={choice.source}@{choice.revision}" in (DOCS / "calls.md").read_text()


def test_without_the_package_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyannote.audio", None)

    with pytest.raises(SetupError, match=r"pip install 'readymade\[pyannote\]', or add call=bund"):
        load_hub(Choice(profile="hub", source=str(tmp_path)), device="cpu")


def test_a_torchaudio_for_another_torch_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    for name in [each for each in sys.modules if each.partition(".")[0] == "pyannote"]:
        monkeypatch.delitem(sys.modules, name)

    with pytest.raises(SetupError, match="torchaudio that is made for another torch"):
        load_hub(Choice(profile="hub", source=str(tmp_path)), device="cpu")


class Broken:
    """Finds pyannote.audio, whose import needs a library that is not there."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name.partition(".")[0] == "pyannote":
            raise OSError("libc10_cuda.so: cannot open shared object file")


def test_the_library_is_told_to_count_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYANNOTE_METRICS_ENABLED", "true")
    monkeypatch.setitem(sys.modules, "pyannote.audio", None)

    with pytest.raises(SetupError):
        load_hub(Choice(profile="hub", source=str(tmp_path)), device="cpu")

    assert os.environ["PYANNOTE_METRICS_ENABLED"] == "false"
