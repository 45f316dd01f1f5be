"""Beep: a recording with a tone in place of what was said, as MP3."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy
import pytest

from core.errors import Cancelled
from skills.decode.audio import open_recording
from skills.speech.beep import RATE, beep
from tests.skills import sounds
from tests.skills.sounds import Sound


def silent(fraction: float) -> None:
    """Nobody watches."""


def beeped(folder: Path, sides: Sound, times: list[tuple[float, float]]) -> bytes:
    path = sounds.write_stereo(folder / "sides.wav", sides)
    with open_recording(path, scratch=folder, sides=2) as recording:
        return beep(recording, times, told=silent)


def heard(content: bytes) -> Sound:
    """The samples of an MP3, (sides, samples)."""
    import av

    with av.open(BytesIO(content)) as container:
        pieces = [frame.to_ndarray() for frame in container.decode(audio=0)]
    return numpy.concatenate(pieces, axis=1)


def pitch(samples: Sound) -> float:
    """The loudest note, in Hz."""
    return float(numpy.abs(numpy.fft.rfft(samples)).argmax() * RATE / len(samples))


def cut(samples: Sound, first: float, last: float) -> Sound:
    return samples[int(first * RATE) : int(last * RATE)]


def test_a_tone_takes_the_place_of_the_seconds_on_both_sides(tmp_path: Path) -> None:
    sides = numpy.stack([sounds.tone(14, pitch=300), sounds.tone(14, pitch=440)], axis=1)
    left, right = heard(beeped(tmp_path, sides, [(2, 4), (9, 11)]))  # the second over two blocks

    assert pitch(cut(left, 2.1, 3.9)) == pitch(cut(right, 9.1, 10.9)) == pytest.approx(1000, abs=2)
    assert pitch(cut(left, 5, 8)) == pytest.approx(300, abs=2)
    assert pitch(cut(right, 5, 8)) == pytest.approx(440, abs=2)


def test_nothing_of_what_was_said_is_left_under_the_tone(tmp_path: Path) -> None:
    sides = numpy.stack([sounds.tone(6, pitch=300)] * 2, axis=1)
    only, *_ = heard(beeped(tmp_path, sides, [(2, 4)]))
    notes = numpy.abs(numpy.fft.rfft(cut(only, 2.05, 3.95)))
    at = {note: notes[int(note * 1.9) - 5 : int(note * 1.9) + 6].max() for note in (300, 1000)}

    assert at[300] < at[1000] / 1000


def test_a_recording_of_one_line_stays_one_and_keeps_its_length(tmp_path: Path) -> None:
    sides = numpy.stack([sounds.noise(12)] * 2, axis=1)
    samples = heard(beeped(tmp_path, sides, [(0, 1), (11.5, 13)]))

    assert len(samples) == 1
    assert samples.shape[1] / RATE == pytest.approx(12, abs=0.2)


def test_a_cancelled_job_stops_it(tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        raise Cancelled

    path = sounds.write_wav(tmp_path / "a.wav", sounds.noise(2))
    with open_recording(path, scratch=tmp_path, sides=2) as recording, pytest.raises(Cancelled):
        beep(recording, [(0, 1)], told=stop)
