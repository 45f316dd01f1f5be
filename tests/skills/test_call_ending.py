"""How a call ended is told by who does what, when, and by what the other one says to it."""

from __future__ import annotations

import pytest

from skills.telephone.ending import find_ending
from tests.skills.telephone import call

AGENT, CUSTOMER = 0, 1
BEFORE = [(AGENT, "How can I help you?"), (CUSTOMER, "It is about my order."), (AGENT, "I see.")]


def ending(*lines: tuple[int, str], agent: int = AGENT) -> tuple[str, bool | None] | None:
    """What is found in the later half of a call that ends with these sentences."""
    found = find_ending(call(*BEFORE, *lines), agent)
    return found and (found[0].text, found[1])


@pytest.mark.parametrize(
    "text",
    [
        "Right, I've put you down for the twelfth.",
        "Okay, so that's both of them cancelled.",
        "You're in with the dentist on Monday.",
        "The block's off now.",
        "So the room's now cancelled.",
        "Great, booking confirmed for two.",
        "Your visit has been moved to Friday.",
        "The money goes back to your account.",
        "There's a new one coming out to you on Monday.",
        "He's agreed to let you have it.",
        "So that's you all signed off and closed.",
        "I'm refunding that for you.",
        "It should be working now.",
        "You don't have to do anything.",
        "That's frozen now.",
        "That's been lowered to ninety-five.",
        "You're on the seven forty-five now.",
        "Right, new pair ordered.",
        "That's in the diary for Wednesday.",
        "It's on the van for tomorrow.",
    ],
)
def test_who_works_there_settles_it_by_doing_or_arranging_it(text: str) -> None:
    assert ending((AGENT, text)) == (text, True)


@pytest.mark.parametrize(
    "text",
    [
        "We're not going to be able to do that.",
        "I don't have a way to change it.",
        "That's not something we can do.",
        "You'd have to speak to the seller.",
        "The policy doesn't cover it.",
        "The decision stands, I'm afraid.",
        "I've passed it on to the billing team.",
        "I'm putting you through to them.",
        "Our specialist will contact you within a day.",
        "Somebody should be in touch this week.",
        "I'll give you a ring as soon as I've heard.",
        "It's being looked at.",
        "Leave it with me.",
        "I've put you on the list for cancellations.",
        "They look at it and come back to you.",
    ],
)
def test_what_is_refused_or_handed_on_stays_open(text: str) -> None:
    assert ending((AGENT, text)) == (text, False)


@pytest.mark.parametrize(
    "text",
    [
        "No, it's still the same.",
        "I'd want to have a think about it.",
        "Forget it then, I'll go elsewhere.",
        "You'll be hearing from my lawyer.",
        "I give up with this.",
        "I need a supervisor.",
    ],
)
def test_a_customer_who_gives_up_leaves_it_open(text: str) -> None:
    assert ending((CUSTOMER, text)) == (text, False)


@pytest.mark.parametrize(
    "text", ["Yes, it's gone through.", "I can log in now.", "That's fixed it."]
)
def test_a_customer_finds_that_it_works(text: str) -> None:
    assert ending((CUSTOMER, text)) == (text, True)


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (AGENT, "I've checked that on the system."),
        (AGENT, "I've made some notes on your account."),
        (AGENT, "I can give you the money back or a new one."),
        (AGENT, "If he can't find it we open a claim."),
        (AGENT, "Once I've cancelled it you are free to go."),
        (AGENT, "They say it's been delivered."),
        (AGENT, "That has not been changed."),
        (AGENT, "The office is closed on Mondays."),
        (CUSTOMER, "I've changed the batteries."),
        (CUSTOMER, "You've been very helpful."),
        (CUSTOMER, "I'll call back if it happens again."),
        (CUSTOMER, "I'm afraid we are late."),
    ],
)
def test_nothing_is_said_of_the_end(who: int, text: str) -> None:
    assert ending((who, text)) is None


@pytest.mark.parametrize("text", ["I'll send you the forms today.", "We'll send you a new one."])
def test_what_is_only_promised_comes_next_and_is_neither_good_nor_bad(text: str) -> None:
    assert ending((CUSTOMER, "Yes, please."), (AGENT, text)) == (text, None)


def test_a_refusal_after_something_was_done_is_the_end() -> None:
    text = "But we can't refund the rest."

    assert ending((AGENT, "I've switched it off."), (CUSTOMER, "And?"), (AGENT, text)) == (
        text,
        False,
    )


def test_what_was_done_after_a_refusal_is_the_end() -> None:
    text = "He's agreed to it, so that's refunded."

    assert ending((AGENT, "I can't refund it."), (CUSTOMER, "Oh."), (AGENT, text)) == (text, True)


def test_what_the_customer_takes_back_is_not_the_end() -> None:
    wanted = "Then I've put you down for Friday."

    assert ending(
        (AGENT, wanted),
        (CUSTOMER, "Lovely."),
        (AGENT, "And I've booked the taxi as well."),
        (CUSTOMER, "Actually no, my son can drive."),
    ) == (wanted, True)


def test_of_two_that_say_as_much_the_one_that_is_welcome_is_the_end() -> None:
    wanted = "That's both tickets refunded."

    assert ending(
        *[(CUSTOMER, "Hello.")] * 9,
        (AGENT, wanted),
        (CUSTOMER, "Oh that's wonderful."),
        (AGENT, "I've emailed you the details of it."),
        (CUSTOMER, "Okay."),
        *[(CUSTOMER, "Bye.")] * 9,
    ) == (wanted, True)


def test_where_nobody_knows_who_works_there_nothing_is_said_of_the_end() -> None:
    assert ending((AGENT, "I've refunded you."), agent=-1) is None


def test_the_beginning_is_not_the_end() -> None:
    said = call((AGENT, "I've refunded it."), *[(CUSTOMER, "I see.")] * 5)

    assert find_ending(said, AGENT) is None


def test_who_rings_before_he_comes_leaves_nothing_open() -> None:
    arranged = "I've scheduled you for tomorrow."

    assert ending((AGENT, arranged), (AGENT, "They'll ring you half an hour before.")) == (
        arranged, True,
    )  # fmt: skip


def test_a_refusal_before_a_but_is_outweighed_by_what_stands_behind_it() -> None:
    text = "I can't use the code, but I've given you the eight pounds back."

    assert ending((AGENT, text)) == (text, True)


def test_a_regret_says_less_than_what_was_done_for_somebody() -> None:
    done = "I've moved the two of you together."

    assert ending((AGENT, done), (AGENT, "The window's gone, I'm afraid.")) == (done, True)


def test_who_sends_something_leaves_nothing_open_by_that() -> None:
    assert ending((CUSTOMER, "Yes, it works now!"), (AGENT, "I'll email you a summary.")) == (
        "Yes, it works now!", True,
    )  # fmt: skip
