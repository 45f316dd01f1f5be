"""Speakers are told apart by the side of the recording, else by their voices, or it is said."""

from __future__ import annotations

import itertools

import numpy
import pytest

from bench.diarization_error import Span, error_rate
from skills.models.voices import SPAN, VoiceEncoder, load_voice_encoder
from skills.speech.hearing import FRAME, Hearing, first_frame, hear, lead_of, put_together
from skills.speech.speakers import Speakers, tell_apart
from tests.skills import sounds

RATE = sounds.RATE


@pytest.fixture(scope="module")
def encoder() -> VoiceEncoder:
    return load_voice_encoder()


@pytest.fixture(scope="module")
def spoken() -> list[Span]:
    """Who speaks when in the call, as its package says."""
    lines = sounds.call().with_suffix(".rttm").read_text().splitlines()
    rows = [line.split() for line in lines]
    return [(float(row[3]), float(row[3]) + float(row[4]), row[7]) for row in rows]


def listen(encoder: VoiceEncoder, sides: sounds.Sound, *, parts: int = 1) -> Hearing:
    """Everything, heard in so many parts."""
    cuts = [len(sides) * number // parts for number in range(parts + 1)]
    heard = []
    for start, end in itertools.pairwise(cuts):
        first = first_frame(start)
        lead = lead_of(first * FRAME)
        stop = end if end == len(sides) else first_frame(end) * FRAME
        heard.append((first, hear(encoder, sides[first * FRAME - lead : stop], lead=lead)))
    return put_together(heard)


def doubled(sound: sounds.Sound) -> sounds.Sound:
    return numpy.stack([sound, sound], axis=1)


def apart(sound: sounds.Sound, spoken: list[Span]) -> sounds.Sound:
    """The call with each speaker on a side of his own."""
    times = numpy.arange(len(sound)) / RATE
    sides = []
    for name in sorted({who for _, _, who in spoken}):
        mine = numpy.zeros(len(sound), dtype=bool)
        for start, end, who in spoken:
            mine |= (times >= start) & (times < end) if who == name else False
        sides.append(numpy.where(mine, sound, 0))
    return numpy.stack(sides, axis=1).astype(numpy.int16)


def error(speakers: Speakers, spoken: list[Span]) -> float:
    turns = [(turn.start, turn.end, str(turn.speaker)) for turn in speakers.turns()]
    return error_rate(spoken, turns, duration=30)


@pytest.mark.parametrize("parts", [1, 3])
def test_two_voices_on_one_telephone_line(
    encoder: VoiceEncoder, spoken: list[Span], parts: int
) -> None:
    speakers = tell_apart(listen(encoder, doubled(sounds.samples_of(sounds.call())), parts=parts))

    assert (speakers.count, speakers.by) == (2, "voice")
    assert not speakers.sure  # they are alike on this line, and that is said
    assert error(speakers, spoken) < 0.15


def test_each_on_a_side(encoder: VoiceEncoder, spoken: list[Span]) -> None:
    sides = apart(sounds.samples_of(sounds.call()), spoken)
    hearing = listen(encoder, sides, parts=2)
    speakers = tell_apart(hearing)

    assert (speakers.count, speakers.by, speakers.sure) == (2, "side", True)
    assert len(hearing.prints) == 0  # voices need not be known
    assert error(speakers, spoken) < 0.1


def test_a_voice_that_leaks_to_the_other_side_is_one_voice(
    encoder: VoiceEncoder, spoken: list[Span]
) -> None:
    sides = apart(sounds.samples_of(sounds.call()), spoken).astype(float)
    leaking = sides + 0.1 * sides[:, ::-1]

    assert error(tell_apart(listen(encoder, leaking.astype(numpy.int16))), spoken) < 0.12


def test_one_room_in_stereo_is_told_apart_by_voice(encoder: VoiceEncoder) -> None:
    sound = sounds.samples_of(sounds.call())
    sides = numpy.stack([sound, (0.8 * sound).astype(numpy.int16)], axis=1)

    assert tell_apart(listen(encoder, sides)).by == "voice"


def test_one_voice_is_one_speaker(encoder: VoiceEncoder, spoken: list[Span]) -> None:
    sound = sounds.samples_of(sounds.call())
    name = spoken[0][2]
    pieces = [sound[int(a * RATE) : int(b * RATE)] for a, b, who in spoken if who == name]
    speakers = tell_apart(listen(encoder, doubled(numpy.concatenate(pieces * 2))))

    assert speakers.count == 1


def test_the_number_of_speakers_may_be_said(encoder: VoiceEncoder) -> None:
    hearing = listen(encoder, doubled(sounds.samples_of(sounds.call())))

    assert [tell_apart(hearing, count=count).count for count in (1, 2, 3)] == [1, 2, 3]


def test_silence_has_no_turns(encoder: VoiceEncoder) -> None:
    speakers = tell_apart(listen(encoder, doubled(sounds.silence(5)), parts=2))

    assert (speakers.count, speakers.turns()) == (1, [])


def test_prints_of_like_sounds_are_alike(encoder: VoiceEncoder) -> None:
    sound = sounds.samples_of(sounds.call())
    starts = [int(22 * RATE), int(24 * RATE), int(11.5 * RATE)]  # of one, the same, the other
    prints = encoder.prints(sound, starts)
    likeness = prints @ prints.T

    assert prints.shape == (3, 256)
    assert numpy.allclose(numpy.diag(likeness), 1, atol=1e-5)
    assert likeness[0, 1] > likeness[0, 2]


def test_a_print_beyond_the_end_hears_silence(encoder: VoiceEncoder) -> None:
    sound = sounds.samples_of(sounds.call(), first=8, last=9)
    longer = numpy.concatenate([sound, numpy.zeros(SPAN, dtype=numpy.int16)])

    assert encoder.prints(sound, [0]).shape == encoder.prints(longer, [0]).shape


@pytest.mark.parametrize(
    ("found", "rate"),
    [
        ([(0, 10, "x"), (10, 20, "y")], 0.0),
        ([(0, 20, "x")], 0.5),
        ([(0, 10, "x")], 0.5),
        ([(0, 10, "y"), (10, 20, "x"), (20, 30, "x")], 0.5),
        ([], 1.0),
    ],
)
def test_the_error_rate(found: list[Span], rate: float) -> None:
    reference = [(0.0, 10.0, "a"), (10.0, 20.0, "b")]

    assert error_rate(reference, found, duration=30, collar=0) == pytest.approx(rate, abs=0.01)


def test_a_boundary_is_not_scored_within_the_collar() -> None:
    reference, found = [(0.0, 10.0, "a"), (10.0, 20.0, "b")], [(0.0, 10.2, "a"), (10.2, 20.0, "b")]

    assert error_rate(reference, found, duration=30) == 0
    assert error_rate(reference, found, duration=30, collar=0) > 0
