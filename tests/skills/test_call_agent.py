"""Who works there, as a person says it: by who speaks first, or by the side of the recording."""

from __future__ import annotations

import numpy
import pytest

from skills.speech.speakers import Speakers
from skills.speech.turns import Spoken
from skills.telephone.study import in_order, who_is_meant

LEFT, RIGHT = 0, 1


def speakers(by: str, count: int = 2) -> Speakers:
    return Speakers(active=numpy.eye(count, dtype=bool), by=by, sure=True)


def said(*whose: int) -> list[Spoken]:
    return [
        Spoken(speaker=who, start=float(at), end=at + 1.0, text="Hello.", confidence=0.9, words=())
        for at, who in enumerate(whose)
    ]


@pytest.mark.parametrize(
    ("agent", "by", "whose", "meant"),
    [
        ("first", "side", (RIGHT, LEFT, RIGHT), RIGHT),
        ("second", "side", (RIGHT, LEFT, RIGHT), LEFT),
        ("left", "side", (RIGHT, LEFT, RIGHT), LEFT),
        ("right", "side", (RIGHT, LEFT, RIGHT), RIGHT),
        ("first", "voice", (0, 1, 0), 0),
        ("left", "voice", (0, 1, 0), -1),  # both are on the same side
        ("right", "voice", (0, 1, 0), -1),
        ("second", "voice", (0, 0), -1),  # nobody else says a word
        ("", "side", (RIGHT, LEFT), -1),
    ],
)
def test_first_is_who_says_the_first_words_and_sides_need_sides(
    agent: str, by: str, whose: tuple[int, ...], meant: int
) -> None:
    assert who_is_meant(agent, speakers(by), said(*whose)) == meant


def test_speakers_are_counted_by_their_first_words_and_silent_ones_come_last() -> None:
    ordered = speakers("voice", count=3).ordered(in_order(said(2, 0, 2)))

    assert ordered.active.argmax(axis=0).tolist() == [2, 0, 1]
