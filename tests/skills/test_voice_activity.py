"""Where somebody speaks, in sound that is worse than a studio's."""

from __future__ import annotations

import numpy
import pytest

from skills.models.stretches import RATE
from skills.models.voice_activity import find_speech
from tests.skills import sounds


@pytest.mark.parametrize("lowest", [0, 250, 300, 350])
def test_a_voice_is_heard_without_the_pitch_that_a_telephone_cuts_off(lowest: int) -> None:
    call = sounds.samples_of(sounds.call(), first=6)

    assert spoken(telephone(call, lowest=lowest)) == pytest.approx(spoken(call), rel=0.05)


def telephone(sound: sounds.Sound, *, lowest: int) -> sounds.Sound:
    """What is left between two pitches, with a hiss 40 dB below it."""
    parts = numpy.fft.rfft(sound.astype(float))
    pitch = numpy.fft.rfftfreq(len(sound), 1 / RATE)
    parts[(pitch < lowest) | (pitch > 3_400)] = 0
    left = numpy.fft.irfft(parts, len(sound))
    hiss = numpy.random.default_rng(1).normal(0, 0.01 * left.std(), len(sound))
    return (left + hiss).astype(numpy.int16)


def spoken(sound: sounds.Sound) -> float:
    """Seconds of speech."""
    return sum(each.voiced for each in find_speech([sound])) / RATE
