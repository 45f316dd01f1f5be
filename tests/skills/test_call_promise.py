"""What is to be done after a call, by whom and until when."""

from __future__ import annotations

import pytest

from skills.telephone.promise import Promise, find_promises
from tests.skills.telephone import call

AGENT, CUSTOMER = 0, 1


def promises(text: str, *, who: int = AGENT, speakers: int = 2) -> list[Promise]:
    return list(find_promises(call((who, text)), speakers=speakers))


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("I'll post the new card to you.", AGENT),
        ("The engineer'll give you a ring first.", AGENT),
        ("They should be in touch within a week.", AGENT),
        ("I'll send it straight away, it's the same address, isn't it?", AGENT),
        ("Please send us a copy of the letter.", CUSTOMER),
        ("If you could bring the form along.", CUSTOMER),
        ("You'll need to sign the second page.", CUSTOMER),
        ("Make sure you keep the receipts.", CUSTOMER),
    ],
)
def test_who_promises_is_to_do_it_and_who_is_asked(text: str, owner: int) -> None:
    (promise,) = promises(text)

    assert (promise.who, promise.owner) == (AGENT, owner)


def test_of_more_than_two_nobody_knows_who_is_asked() -> None:
    (promise,) = promises("Please send us a copy of the letter.", speakers=3)

    assert promise.owner == -1


@pytest.mark.parametrize(
    "text",
    [
        "I'll just have a look at that.",
        "I'll put you on hold for a moment.",
        "I'll write that down.",
        "People say they'll ring and they don't.",
        "I'm sure it will.",
        "I'll do everything I can.",
        "I'll be able to tell you more.",
        "I wonder if you could send somebody.",
        "If you can send it I can look at it.",
        "Could you send me the form?",
        "Is it right that they will call me, or not?",
    ],
)
def test_what_is_done_at_once_or_only_hoped_or_asked_is_no_promise(text: str) -> None:
    assert promises(text) == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("You'll get an email in the next hour.", "in the next hour"),
        ("I'll text you by six this evening.", "by six this evening"),
        ("I'll ring you tomorrow evening.", "tomorrow evening"),
        ("I'll call you later today.", "later today"),
        ("On Friday I'll send it.", "On Friday"),
        ("We open at 9 on Monday and I'll ask them.", ""),
        ("I'll send you the bill after 4 days or so.", ""),
    ],
)
def test_the_time_of_a_promise_stands_with_it(text: str, when: str) -> None:
    (promise,) = promises(text)

    assert promise.when == when
