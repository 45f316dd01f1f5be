"""The figures of a call are those that a person counts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from skills.speech.speakers import Turn
from skills.telephone.metrics import measure

AGENT, CUSTOMER = 0, 1


@dataclass(frozen=True)
class Said:
    speaker: int
    start: float
    end: float
    text: str


def turn(speaker: int, start: float, end: float) -> Turn:
    return Turn(speaker=speaker, start=start, end=end)


# Counted by hand: the agent speaks 0-4, 12-14 and 20-26, the customer 5-11, 13.5-15.5 and 20.5-21.
TURNS = [
    turn(AGENT, 0, 4), turn(CUSTOMER, 5, 11), turn(AGENT, 12, 14), turn(CUSTOMER, 13.5, 15.5),
    turn(AGENT, 20, 26), turn(CUSTOMER, 20.5, 21),
]  # fmt: skip
SENTENCES = [
    Said(AGENT, 0, 4, "Good morning, how can I help you?"),
    Said(CUSTOMER, 5, 11, "My parcel has not arrived. It is late."),
    Said(AGENT, 12, 14, "What is your number?"),
    Said(CUSTOMER, 13.5, 15.5, "Twelve."),
    Said(AGENT, 20, 26, "I see it here, it will come today."),
    Said(CUSTOMER, 20.5, 21, "Okay."),
]


def test_a_call_that_was_counted_by_hand() -> None:
    metrics = measure(TURNS, SENTENCES, duration=30, loudness=[-20, -25.04], both=True)
    agent, customer = metrics.parts

    assert (metrics.silence_seconds, metrics.longest_silence) == (30 - 4 - 6 - 3.5 - 6, 4.5)
    assert (metrics.long_silences, metrics.overlap_seconds) == (1, 1.0)
    assert (agent.talk_seconds, customer.talk_seconds) == (12, 8.5)
    assert (agent.talk_share, customer.talk_share) == (pytest.approx(0.585), pytest.approx(0.415))
    assert (agent.words, customer.words) == (19, 10)
    assert agent.words_a_minute == 95.0
    assert (agent.questions, customer.questions) == (2, 0)
    assert (agent.longest_monologue, customer.longest_monologue) == (6, 6)
    assert (agent.patience, customer.patience) == (pytest.approx(2.75), 1)  # of 1 and 4.5; of 1
    assert (agent.interruptions, customer.interruptions) == (0, 1)  # at 13.5; at 20.5 he gives up
    assert (agent.loudness, customer.loudness) == (-20, -25.0)


def test_what_one_sound_for_both_does_not_tell_is_not_claimed() -> None:
    metrics = measure(TURNS, SENTENCES, duration=30, loudness=[-20, -25], both=False)

    assert metrics.overlap_seconds is None
    assert [part.interruptions for part in metrics.parts] == [None, None]


def test_a_monologue_goes_on_over_pauses_until_another_speaks() -> None:
    turns = [turn(AGENT, 0, 5), turn(AGENT, 6, 20), turn(CUSTOMER, 21, 22), turn(AGENT, 23, 30)]
    metrics = measure(turns, [], duration=30, loudness=[0, 0], both=False)

    assert metrics.parts[AGENT].longest_monologue == 20


def test_a_recording_in_which_nobody_speaks() -> None:
    metrics = measure([], [], duration=10, loudness=[-100], both=False)

    assert (metrics.silence_seconds, metrics.longest_silence) == (10, 0)
    assert (metrics.parts[0].talk_share, metrics.parts[0].patience) == (0, None)
