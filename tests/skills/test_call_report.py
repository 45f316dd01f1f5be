"""Why people call, how it ended and what was promised is found in the words that they use."""

from __future__ import annotations

import pytest

from skills.telephone.report import Findings, find
from tests.skills.telephone import Said, call

SHOP = call(
    (1, "Hello?"),
    (0, "Good morning, thank you for calling Northwind, how can I help?"),
    (1, "Hi, my order was supposed to come on Monday and it still isn't here."),
    (0, "I'm sorry to hear that, can I take your name?"),
    (1, "It's Ada."),
    (0, "Let me check that for you."),
    (1, "Will I get my money back?"),
    (0, "Yes, I will send you the refund by Friday."),
    (1, "I'll have a look then."),
    (0, "The refund has been issued now."),
    (1, "Thanks, bye."),
)


def found(said: list[Said], **options: int) -> Findings:
    return find(said, **{"speakers": 2, **options})


def ending(findings: Findings) -> tuple[str, bool | None] | None:
    """How it ended, and whether that is well."""
    end = findings.end
    return end and (end.quote.text, end.solved)


def test_an_ordinary_call() -> None:
    findings = found(SHOP)

    assert findings.agent == 0
    assert findings.reason is not None
    assert findings.reason.text.startswith("Hi, my order was supposed to come")
    assert ending(findings) == ("The refund has been issued now.", True)
    (promise,) = findings.promises
    assert (promise.who, promise.when, promise.start) == (0, "by Friday", 28.0)
    assert [(each.who, each.answered) for each in findings.questions] == [
        (1, True), (0, True), (0, True), (1, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("We'll call you back within 24 hours.", "within 24 hours"),
        ("You will receive it in two to three business days.", "in two to three business days"),
        ("I'll email the form tomorrow morning.", "tomorrow morning"),
        ("Could you send me the photos by the end of the week.", "by the end of the week"),
        ("I'm going to escalate this to the team.", ""),
        ("You'll get a letter in the next few days.", "in the next few days"),
        ("She is out today but I'll ask her to call you tomorrow.", "tomorrow"),
        ("They will ring you within two hours.", "within two hours"),
        ("Our technician will call you half an hour before.", "half an hour before"),
        ("It will be fixed this afternoon.", "this afternoon"),
        ("The doctor will call you as soon as they're in.", "as soon as they're in"),
        ("You'll see it by this evening.", "by this evening"),
        ("You'll get it in about five minutes.", "in about five minutes"),
        ("I'll chase it.", ""),
        ("There'll be a new one in the post by Friday.", "by Friday"),
        ("I'll have it done by Friday.", "by Friday"),
        ("They look at it and then they'll come back to you.", ""),
    ],
)
def test_a_promise_keeps_its_date(text: str, when: str) -> None:
    (promise,) = found(call((0, text))).promises

    assert (promise.what, promise.when) == (text, when)


@pytest.mark.parametrize(
    "text",
    [
        "I'll have the black one, please.", "I'll be honest with you about that.",
        "We'll see how it goes.", "Okay, I'll think about it.",
        "The computer will write that down.", "My sister will come back later.",
        "Will you send it to me?", "I told her that we'll fix it by then.",
        "I can send you a new one or refund it, what would you prefer?",
        "Okay, we'll definitely not leave him alone.",
        "I will not pay for this again.", "It was sent last week.",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_promise_is_none(text: str) -> None:
    assert found(call((0, text))).promises == []


def test_a_call_that_stays_open() -> None:
    findings = found(call((0, "How can I help?"), (1, "My phone is broken, I need a new one."),
                          (0, "Unfortunately we are unable to replace it.")))  # fmt: skip

    assert ending(findings) == ("Unfortunately we are unable to replace it.", False)


def test_nothing_is_claimed_of_small_talk() -> None:
    findings = found(call((0, "Nice weather."), (1, "Yes, very."), (0, "See you.")))

    assert (findings.agent, findings.reason, findings.end) == (-1, None, None)
    assert findings.promises == []


def test_who_works_there_may_be_said() -> None:
    assert found(SHOP, agent=1).agent == 1


def test_a_question_that_nobody_takes_up() -> None:
    said = [Said(0, 0, 2, "Are you still there?"), Said(0, 20, 22, "Hello?")]

    assert [each.answered for each in found(said).questions] == [False, False]


@pytest.mark.parametrize(
    ("who", "text", "solved"),
    [
        ("agent", "I've just refunded it for you.", True),
        ("agent", "Okay, that's been changed for you.", True),
        ("agent", "Great, you're booked in for Thursday.", True),
        ("agent", "It is ready for you to collect.", True),
        ("customer", "It's printing, that did the trick!", True),
        ("agent", "I haven't told you the best part yet.", None),
        ("agent", "The website says it's ready to collect.", None),
        ("agent", "They haven't booked the payment yet.", False),
        ("agent", "I'll email you the moment I know more.", False),
        ("agent", "Your account has been unlocked.", True),
        ("agent", "It will be with you tomorrow.", True),
        ("customer", "Oh great, it works now, thanks.", True),
        ("customer", "Lovely, that's all sorted then.", True),
        ("agent", "Not to worry, that's fixed.", True),
        ("agent", "Don't worry it's fixed.", True),
        ("agent", "Your complaint has been rejected.", False),
        ("agent", "Sorry, there is nothing I can do.", False),
        ("customer", "It still won't start.", False),
        ("customer", "The app is not working now.", False),
        ("customer", "That is not sorted at all.", False),
        ("customer", "I don't think it's fixed.", False),
        ("agent", "I will raise a ticket for that.", False),
        ("agent", "We'll call you back.", False),
        ("customer", "I've called three times and I've waited for an hour.", None),
        ("customer", "My card has been charged twice.", None),
        ("customer", "I have cancelled my account with you.", None),
        ("customer", "I was told it has been sent.", None),
        ("customer", "You will receive a letter from me.", None),
        ("customer", "I bought a ticket for the show.", None),
        ("customer", "It's changed a lot since then.", None),
        ("agent", "I've changed my mind about that.", None),
        ("agent", "I've changed the address.", True),
        ("agent", "Your flight has been cancelled.", None),
        ("agent", "You'll see us next to the station.", None),
        ("agent", "Once it's resolved you are welcome.", None),
        ("agent", "I've placed you on hold for a moment.", None),
        ("agent", "I've added a note to your account.", None),
        ("agent", "You'll get a short survey after this call.", None),
        ("agent", "Your claim has been processed and denied.", False),
        ("agent", "Is it on its way?", None),
    ],
)
def test_how_it_ended_is_said_only_where_somebody_says_so(
    who: str, text: str, solved: bool | None
) -> None:
    said = call(
        (0, "How can I help you?"), (1, "I need help with this."), (who == "customer", text)
    )

    assert (ending(found(said)) or ("", None))[1] is solved


@pytest.mark.parametrize(
    "said",
    [
        call((0, "Okay, we are here because we have a group."), (1, "I see.")),
        call((0, "Hello, my name is Ada."), (1, "Good morning.")),
        call((0, "Can I help you?"), (1, "How can I help you?")),
    ],
)
def test_who_works_there_is_not_known_from_a_word_that_anybody_may_say(said: list[Said]) -> None:
    assert found(said).agent == -1


def test_why_somebody_called_needs_more_where_nobody_knows_who_called() -> None:
    said = call((0, "Oh hello, I didn't know that you were there."), (1, "I am in New Jersey now."))

    assert found(said).reason is None
    assert found(said, agent=1).reason is not None


def test_what_somebody_has_to_do_is_no_reason_why_he_called() -> None:
    said = call(
        (0, "Thank you for calling Acme, this is Tom, how can I help?"),
        (1, "I have a lot to do today."),
        (1, "I have a problem with my router."),
    )

    reason = found(said, agent=0).reason

    assert reason is not None
    assert reason.text == "I have a problem with my router."


@pytest.mark.parametrize(
    "greeting",
    [
        "Brightline, Moira speaking.",
        "Good evening, Brightline, Moira speaking.",
        "Parcel Express, Dana here.",
        "Hello, you're through to Yusuf.",
        "You're speaking with Moira, what can I do for you?",
        "Welcome to Brightline.",
        "Good evening, the Grand Hotel, this is Moira.",
        "You're talking to Moira.",
    ],
)
def test_who_answers_the_telephone_for_a_company_works_there(greeting: str) -> None:
    said = call((1, greeting), (0, "Hello, it stops all the time."), (1, "I see."))

    assert found(said).agent == 1


@pytest.mark.parametrize("greeting", ["Hello, Fiona speaking.", "Hello, this is Fiona."])
def test_who_answers_the_telephone_with_a_name_alone_may_be_anybody(greeting: str) -> None:
    assert found(call((0, greeting), (1, "Hello, Fiona."))).agent == -1


def test_who_asks_for_numbers_and_is_thanked_works_there() -> None:
    said = call((0, "What's your account number?"), (1, "Seven."), (1, "Thanks for your help."))

    assert found(said).agent == 0


def test_why_somebody_called_is_said_after_it_was_asked_how_to_help() -> None:
    reason = "My power has been out since this morning, and nobody tells me anything."
    said = call((0, "Thank you for holding."), (1, "I've been waiting for over an hour now."),
                (0, "How can I help you?"), (1, reason), (1, "I want my money back."))  # fmt: skip

    assert (answer := found(said).reason) is not None
    assert answer.text == reason


@pytest.mark.parametrize(
    "reason",
    [
        "The internet at home has been dead since about seven this morning.",
        "You people left the parcel in the rain and everything in it is ruined!",
        "Hi Lucy, what's the interest rate on the savings account?",
        "We're travelling tomorrow and we've got to cancel the room.",
    ],
)
def test_who_calls_says_why_in_the_first_words_that_tell_something(reason: str) -> None:
    said = call((0, "Welcome to Northwind, how can I help?"), (1, "Yeah hi there, good morning."),
                (1, "It's Mrs. Penrose, Margaret Penrose."), (1, "0161 496 double 2 7 0 4 4."),
                (1, reason), (0, "I see."))  # fmt: skip

    assert (answer := found(said).reason) is not None
    assert answer.text == reason


TWO_THINGS = call(
    (0, "Harbour Bank, Lucy speaking, how can I help?"),
    (1, "You charged me a fee that I don't understand, and there's also a card payment."),
    (0, "Let me look."),
    (0, "Your wages came after the bill was paid."),
    (1, "By eight hours."),
    (0, "I see."),
    (0, "There we are, I've put the twelve pounds back on your account."),
    (1, "That was easy."),
    (0, "Now, the card payment."),
    (1, "It isn't mine, I've never heard of them."),
    (0, "Has anybody else got your card?"),
    (1, "My children are two and four."),
    (0, "I can't refund that one myself."),
    (0, "Our team will contact you about it."),
    (1, "Fine."),
)


def test_of_two_things_one_may_be_settled_and_the_other_open() -> None:
    end = found(TWO_THINGS).end

    assert end is not None
    assert end.still_open is not None
    assert (end.quote.text, end.solved, end.still_open.text) == (
        "There we are, I've put the twelve pounds back on your account.", True,
        "Our team will contact you about it.",
    )  # fmt: skip


def test_a_refusal_on_the_way_leaves_nothing_open() -> None:
    said = call(
        *[(each.speaker, each.text) for each in TWO_THINGS[:12]],
        (0, "I can't stop them myself, but I've just refunded it."),
        (1, "Thank you."),
    )

    assert (end := found(said).end) is not None
    assert (end.solved, end.still_open) == (True, None)


MEETING = (
    (0, "How is the migration going?"),
    (1, "There was a problem with the attachments, they didn't come over."),
    (0, "Is that fixed?"),
    (1, "It's working now, and I've refunded you the licence."),
    (0, "We can't do anything before the budget."),
    (0, "Anything else you need from me?"),
)


@pytest.mark.parametrize("speakers", [2, 3])
def test_what_is_done_in_a_meeting_is_no_end_of_a_call(speakers: int) -> None:
    findings = found(call(*MEETING, (speakers - 1, "No, thanks.")), speakers=speakers)

    assert (findings.agent, findings.reason, findings.end) == (-1, None, None)


def test_the_best_of_the_first_sentences_says_why_somebody_called() -> None:
    reason = "You've charged me twelve pounds for an overdraft that I never had."
    said = call((0, "Harbour Bank, Lucy speaking, how can I help?"), (1, "Right, so two things."),
                (1, reason), (1, "My wages went in that day."), (0, "I see."))  # fmt: skip

    assert (answer := found(said).reason) is not None
    assert answer.text == reason


def test_of_who_calls_a_customer_his_own_words_say_why() -> None:
    reason = "I'm calling because you filled in a form about solar panels."
    said = call((0, "Hi there, is that Mrs Lindqvist?"), (1, "Speaking."), (0, reason),
                (1, "That might have been my husband, he wants a new roof."))  # fmt: skip

    assert (answer := found(said).reason) is not None
    assert (answer.speaker, answer.text) == (0, reason)
