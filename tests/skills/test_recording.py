"""A recording read while it grows: the same samples, and no trust in who writes it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from skills.decode.audio import RATE, RAW, open_recording
from skills.decode.recording import Recording
from skills.decode.sandbox import DAMAGED
from skills.speech.parts import divide
from tests.skills import sounds

MADE = numpy.arange(1_000, dtype=numpy.int16)


def written(path: Path, pieces: list[int], *, says: int | None = None) -> Callable[..., int]:
    """A decoder that writes MADE in pieces of so many bytes."""

    def decode(given_up: Callable[[], bool]) -> int:
        content = MADE.tobytes()
        with path.open("wb", buffering=0) as file:
            for size in [*pieces, len(content)]:
                file.write(content[:size])
                content = content[size:]
                time.sleep(0)
        return len(MADE) if says is None else says

    return decode


@given(st.lists(st.integers(1, 400), max_size=20), st.integers(1, 1_200))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_blocks_are_the_same_however_the_samples_arrive(
    tmp_path: Path, pieces: list[int], size: int
) -> None:
    raw = tmp_path / "a.s16"
    raw.unlink(missing_ok=True)
    with Recording(raw, written(raw, pieces)) as recording:
        blocks = list(recording.blocks(size))

    assert numpy.array_equal(numpy.concatenate(blocks), MADE)
    assert {len(block) for block in blocks[:-1]} <= {size}


def test_what_has_arrived_can_be_read_before_the_rest(tmp_path: Path) -> None:
    raw, gate = tmp_path / "a.s16", threading.Event()

    def decode(given_up: Callable[[], bool]) -> int:
        with raw.open("wb", buffering=0) as file:
            file.write(MADE[:100].tobytes())
            gate.wait(20)
            file.write(MADE[100:].tobytes())
        return len(MADE)

    with Recording(raw, decode) as recording:
        first, whole = recording.read(50, 100), recording.whole
        gate.set()

        assert (first.tolist(), whole) == (list(range(50, 100)), False)
        assert len(recording.read(900, 2_000)) == 100


def test_a_refusal_that_comes_late_wins_over_what_was_read(tmp_path: Path) -> None:
    raw, gate = tmp_path / "a.s16", threading.Event()

    def decode(given_up: Callable[[], bool]) -> int:
        raw.write_bytes(MADE.tobytes())
        gate.wait(20)
        raise UserError("Too long.")

    with Recording(raw, decode) as recording:
        recording.read(0, 10)
        gate.set()
        with pytest.raises(UserError, match="Too long"):
            recording.length()
        with pytest.raises(UserError, match="Too long"):
            recording.read(0, 10)


@pytest.mark.parametrize("says", [0, 999, 1_001, -1])
def test_a_decoder_that_lies_about_the_length_is_not_believed(tmp_path: Path, says: int) -> None:
    raw = tmp_path / "a.s16"
    with (
        Recording(raw, written(raw, [], says=says)) as recording,
        pytest.raises(UserError, match="damaged"),
    ):
        recording.length()


def test_a_file_that_is_cut_short_while_it_is_read_is_refused(tmp_path: Path) -> None:
    raw, gate = tmp_path / "a.s16", threading.Event()

    def decode(given_up: Callable[[], bool]) -> int:
        raw.write_bytes(MADE.tobytes())
        gate.wait(20)
        os.truncate(raw, 10)
        return len(MADE)

    with Recording(raw, decode) as recording:
        recording.read(0, 1_000)
        gate.set()
        with pytest.raises(UserError) as refused:
            recording.length()

    assert str(refused.value) == DAMAGED


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(MADE.tobytes())
    raw = tmp_path / "a.s16"

    def decode(given_up: Callable[[], bool]) -> int:
        raw.symlink_to(secret)
        return len(MADE)

    with Recording(raw, decode) as recording, pytest.raises(UserError, match="damaged"):
        recording.read(0, 10)


def test_closing_stops_the_decoder(tmp_path: Path) -> None:
    minute = tmp_path / "minute.mp3"
    sounds.encode(minute, sounds.noise(60), codec="libmp3lame", rate=48_000, layout="stereo")
    path = tmp_path / "long.mp3"
    path.write_bytes(minute.read_bytes() * 80)  # takes seconds to decode, and we want its first
    with open_recording(path, scratch=tmp_path) as recording:
        recording.read(0, RATE)

    assert 0 < (tmp_path / RAW).stat().st_size < 80 * 60 * RATE * 2
    with pytest.raises(ValueError, match="closed"):
        recording.read(0, 1)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three minutes of a call, with the pauses in it."""
    path = tmp_path_factory.mktemp("long") / "long.wav"
    return sounds.write_wav(path, numpy.tile(sounds.samples_of(sounds.call()), 6))


def test_parts_lie_side_by_side_over_the_whole_and_go_on_from_any_of_them(
    long: Path, tmp_path: Path
) -> None:
    with open_recording(long, scratch=tmp_path) as recording:
        parts = list(divide(recording, most=2))
        later = [list(divide(recording, most=2, start=part["end"])) for part in parts[:-1]]
        length = recording.length()

    assert (parts[0]["start"], parts[-1]["end"], len(parts) > 2) == (0, length, True)
    assert all(before["end"] == after["start"] for before, after in pairwise(parts))
    assert later == [parts[number + 1 :] for number in range(len(parts) - 1)]


def test_a_plan_that_would_cut_otherwise_neither_loses_nor_doubles_anything(
    long: Path, tmp_path: Path
) -> None:
    with open_recording(long, scratch=tmp_path) as recording:
        whole = next(divide(recording, most=99))["stretches"]
        middle = (whole[1][0] + whole[1][1]) // 2
        rest = next(divide(recording, most=99, start=middle))["stretches"]

    assert rest[0][:2] == [middle, whole[1][1]]
    assert rest[1:] == whole[2:]
