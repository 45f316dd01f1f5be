"""A skill is understood by its name, whatever polite words stand around it."""

from __future__ import annotations

import pytest

from bot import naming
from skills.catalog import catalog


@pytest.mark.parametrize(
    "text", ["/Sentiment: I love it", "sentiment I love it", "!sentiment\nI love it"]
)
def test_the_first_word_names_the_skill(text: str) -> None:
    assert naming.first_word(text) == ("sentiment", "I love it")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("summarize", ("summarize", "")),
        ("please summarize this thread", ("summarize", "")),
        ("Can you summarize this for me?", ("summarize", "")),
        ("summarize this please", ("summarize", "")),
        ("summarise", ("summarize", "")),
        ("Could you summarise the discussion?", ("summarize", "")),
        ("summarize the discussion", ("summarize", "")),
        ("summarise We discussed the plan", ("summarize", "We discussed the plan")),
        ("hey, summarize this thread please", ("summarize", "")),
        ("hi summarize this, thanks!", ("summarize", "")),
        ("summarize, thanks", ("summarize", "")),
        ("summarize for <@U0ANA>", ("summarize", "")),
        ("<@U0ANA> summarize", ("summarize", "")),
        ("sentiment this is great", ("sentiment", "this is great")),
        ("sentiment thank you", ("sentiment", "thank you")),
        ("sentiment \U0001f44d", ("sentiment", "\U0001f44d")),
        ("what a nice sentiment", ("", "what a nice sentiment")),
        ("hello", ("", "hello")),
    ],
)
def test_a_polite_sentence_is_understood(said: str, meant: tuple[str, str]) -> None:
    assert naming.skill_word(said, catalog()) == meant


@pytest.mark.parametrize(
    "text",
    [
        "thanks!", "Thank you so much", "thx", "ok", "Okay, great :)", "Great job, thanks",
        "thanks for the help!", "no thanks", "Thank you <@U0ANA>", "🙏", "👍🏽", ":pray:",
        ":+1::skin-tone-3:", "got it", "perfect 🎉", "very nice", "❤️",
    ],
)  # fmt: skip
def test_thanks_and_praise_ask_for_nothing(text: str) -> None:
    assert naming.only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "?", "hello", "help", "help, thanks", "ok help", "ok?", "thanks, what can you do?",
        "this", "for you", "1", "🜁", "great summary of the plan please", "good question",
        "redact:yes thanks",
    ],
)  # fmt: skip
def test_whatever_else_is_said_wants_an_answer(text: str) -> None:
    assert not naming.only_thanks(text)
