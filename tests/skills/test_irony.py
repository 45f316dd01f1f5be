"""Irony is found where praise stands beside a plain fault, and nowhere else."""

from __future__ import annotations

import pytest

from skills.comments.aspects import find_aspects
from skills.comments.irony import is_ironic
from skills.comments.judgement import judge
from skills.comments.phrases import Phrases
from skills.models.sentiment_model import SentimentModel
from skills.sentiment import skill


@pytest.fixture(scope="module")
def model() -> SentimentModel:
    return skill.load("cpu")


@pytest.mark.parametrize(
    "text",
    [
        "Great, another broken lamp.",
        "Oh wonderful, my files are gone.",
        "Lovely update, now nothing works",
        "Fantastic support: three weeks and still no reply",
        "Thanks for wasting my time",
        "Thank you so much for nothing",
        "Nice job breaking the menu",
        "Thanks for locking my account without warning",
        "Just what I needed: more ads",
        "Love how it crashes when I save",
        "So much for waterproof.",
        "So reliable that it is stuck again",
    ],
)
def test_praise_for_a_plain_fault_is_irony(text: str) -> None:
    assert is_ironic(text)


@pytest.mark.parametrize(
    "text",
    [
        "Great, another level pack!",
        "Great, it never crashes",
        "Excellent: they replaced the broken lamp",
        "Great phone, but it is late",
        "Thanks for closing my case so quickly",
        "Thank you so much for helping",
        "Thanks for not giving up on me",
        "So much for so little money",
        "I love how it handles errors",
        "I love that it doesn't leak",
        "Nice job fixing the bugs",
        "Perfect. The last one broke, not this",
        "Brilliant, even my broken phone runs it",
        "The lamp is broken",
    ],
)
def test_praise_and_complaint_as_they_are_meant_are_none(text: str) -> None:
    assert not is_ironic(text)


def test_irony_is_a_complaint(model: SentimentModel) -> None:
    [found] = judge(model, ["Great, another broken zip."])

    assert getattr(found, "label", found) == "negative"


def test_what_is_praised_in_irony_is_disliked(model: SentimentModel) -> None:
    comments = ["Fantastic delivery service: four weeks and still no reply"] * 3
    [found, *_] = find_aspects(
        model, list(enumerate(comments)), phrases=Phrases(comments), told=lambda _: True
    )[0]

    assert (found.liked, found.disliked) == (0, 3)
