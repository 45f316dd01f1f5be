"""A call whose voices a diarizer of the hub tells apart: asked once, for the whole recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy
import pytest

from core.settings import load_settings
from skills.call import skill
from skills.skill import Input
from skills.speech.diarizer import Diarized
from skills.speech.speakers import Turn
from skills.telephone.model import CallModel, load_call_model
from skills.telephone.result import Call
from tests.skills import sounds


@dataclass
class Knowing:
    """Knows who speaks when; remembers how it was asked."""

    turns: Sequence[Turn]
    alone: Sequence[Turn]
    name: str = "acme/voices (pyannote.audio)"
    asked: list[tuple[int, int]] = field(default_factory=list)

    def diarize(self, sound: Any, *, count: int, progress: Any) -> Diarized:
        self.asked.append((len(sound), count))
        progress("Telling voices apart", 0.5)
        return Diarized(turns=self.turns, alone=self.alone)


class OneByOne:
    """A Whisper that takes one window at a time, so that a short call has several parts."""

    batch = 1

    def __init__(self, whisper: Any) -> None:
        self._whisper = whisper

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whisper, name)


@pytest.fixture(scope="module")
def bundled() -> CallModel:
    return load_call_model(load_settings(), "cpu")


@pytest.fixture(scope="module")
def diarizer() -> Knowing:
    """What the recording's package says, but the second speaker begins a second early."""
    rows = [line.split() for line in sounds.call().with_suffix(".rttm").read_text().splitlines()]
    names = sorted({row[7] for row in rows}, key=[row[7] for row in rows].index)
    alone = [
        Turn(speaker=names.index(row[7]), start=float(row[3]), end=float(row[3]) + float(row[4]))
        for row in rows
    ]
    turns = [replace(each, start=each.start - each.speaker) for each in alone]
    return Knowing(turns=turns, alone=alone)


@pytest.fixture(scope="module")
def call(bundled: CallModel, diarizer: Knowing) -> Call:
    model = replace(bundled, whisper=OneByOne(bundled.whisper), voices=None, diarizer=diarizer)
    return answer(model, sounds.call())


def answer(model: CallModel, path: Path, **options: str) -> Call:
    (result,) = skill.run(model, [Input(path=path, name=path.name, options=options)])
    assert isinstance(result, Call), result
    return result


def test_it_hears_the_whole_recording_once(call: Call, diarizer: Knowing) -> None:
    assert diarizer.asked == [(len(sounds.samples_of(sounds.call())), 0)]


def test_words_go_to_who_has_the_floor(call: Call) -> None:
    def who(words: str) -> str:
        return next(each.speaker for each in call.segments if words in each.text)

    assert who("Diane") == who("hear that New Jersey") != who("Sheila") == who("Yankee")


def test_overlap_and_interruptions_are_known(call: Call) -> None:
    parts = call.metrics["speakers"].values()

    assert call.metrics["overlap_seconds"] > 1
    assert all(part["interruptions"] is not None for part in parts)


def test_the_small_print_names_the_model(call: Call) -> None:
    notes = skill.render(call).notes

    assert "Speakers told apart by their voices, by acme/voices (pyannote.audio)." in notes
    assert not any("need a recording with each person on a side" in note for note in notes)


def test_a_side_for_each_person_needs_no_diarizer(
    bundled: CallModel, diarizer: Knowing, tmp_path: Path
) -> None:
    sound = sounds.samples_of(sounds.call())[: 12 * sounds.RATE]
    times = numpy.arange(len(sound)) / sounds.RATE
    sides = numpy.zeros((len(sound), 2), dtype=numpy.int16)
    for turn in diarizer.alone:
        now = (times >= turn.start) & (times < turn.end)
        sides[now, turn.speaker] = sound[now]
    unasked = replace(diarizer, asked=[])

    found = answer(
        replace(bundled, voices=None, diarizer=unasked),
        sounds.write_stereo(tmp_path / "sides.wav", sides),
    )

    assert (found.about.by, unasked.asked) == ("side", [])


def test_where_it_hears_nobody_the_words_have_one_speaker(bundled: CallModel) -> None:
    deaf = Knowing(turns=[], alone=[])

    found = answer(replace(bundled, voices=None, diarizer=deaf), sounds.call(), speakers="2")

    assert (len(found.speakers), found.about.sure, deaf.asked[0][1]) == (1, False, 2)
    assert "Diane" in found.text


def test_the_bundled_profile_has_voice_prints(bundled: CallModel) -> None:
    assert (bundled.diarizer, bundled.voices is None) == (None, False)
