"""Whether a question of a call was answered."""

from __future__ import annotations

import pytest

from skills.telephone.question import find_questions
from tests.skills.telephone import call

HE, SHE = 0, 1


def answered(question: str, *replies: str) -> bool:
    (found,) = find_questions(call((HE, question), *[(SHE, each) for each in replies]))
    return found.answered


@pytest.mark.parametrize(
    "reply",
    [
        "On Tuesday.",
        "Let me check that for you.",
        "I'm not sure, but I think it's five days.",
    ],
)
def test_somebody_else_answers_it(reply: str) -> None:
    assert answered("When does the form arrive?", reply)


@pytest.mark.parametrize(
    "reply",
    [
        "Um, I'm not sure to be honest.",
        "I couldn't tell you.",
        "I'm... not really certain about that.",
        "I don't have the date, I'm sorry.",
        "No idea.",
        "Em, well, that's a good question.",
        "We'll have to wait and see.",
    ],
)
def test_who_cannot_tell_does_not_answer(reply: str) -> None:
    assert not answered("How long does the work go on?", reply)


def test_who_finds_out_answers_later() -> None:
    assert answered("When does the form arrive?", "I'm not sure.", "The form arrives on Tuesday.")


def test_who_has_none_answers_whether_he_has_one() -> None:
    assert answered("Have you got a reference?", "I don't have one, no.")
