"""Minutes: decisions, questions without an answer and tasks, in the words of their messages."""

from __future__ import annotations

import pytest

from core import blocks
from skills.models.minilm import load_minilm
from skills.texts.extract import Vectors
from skills.texts.material import from_messages
from skills.texts.minutes import Minutes, as_sections, take_minutes
from tests.skills.talked import talked

RELEASE = """
Ana: The API tests are green since this morning, so we can talk about the release.
Ben: I think we should ship on Thursday instead of Friday.
Ana: Agreed, let's ship on Thursday.
Ben: Who writes the release notes?
Cem: I can take that.
Ana: @Ben can you update the status page by noon?
Ben: Sure, will do.
Dee: Do the customers on the old plan keep their price?
Cem: The banner for mobile is ready for review.
Ana: @Dee please check the banner.
Dee: Done, looks good.
Ben: Is the rollback script tested?
Ana: Yes, I ran it on staging yesterday.
"""


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return Vectors(load_minilm("cpu"))


def minutes(text: str, vectors: Vectors) -> Minutes:
    return take_minutes(from_messages(talked(text)), vectors)


@pytest.fixture(scope="module")
def release(vectors: Vectors) -> Minutes:
    return minutes(RELEASE, vectors)


def test_a_decision_is_quoted_with_its_author_and_the_link_of_its_message(
    release: Minutes,
) -> None:
    (decision,) = release.decisions

    assert (decision.text, decision.source, decision.link) == (
        "Agreed, let's ship on Thursday.",
        "Ana, message 3",
        "https://acme.slack.com/archives/C1/p3",
    )


def test_only_the_question_that_nobody_answered_is_open(release: Minutes) -> None:
    assert [(each.author, each.text) for each in release.questions] == [
        ("Dee", "Do the customers on the old plan keep their price?")
    ]


def test_a_task_has_the_owner_who_took_it_or_was_asked(release: Minutes) -> None:
    assert [(each.owner, each.due, each.state) for each in release.tasks] == [
        ("Cem", "", "confirmed"),
        ("Ben", "by noon", "confirmed"),
        ("Dee", "", "done"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We have not decided yet which vendor it will be.",
        "If the tests are green, we'll ship on Monday.",
        "Should we go with the blue one?",
        "I don't think we agreed on a budget for that.",
        "> We decided to drop the old plan.",
        "The customer in Bergen decided to leave us.",
        "They decided to visit us on Monday.",
        "The board voted 4 to 1 last year.",
        "We're keeping the lights on somehow.",
        "We're staying with friends over the weekend.",
        "Then the app gets the token from the server.",
        "So that will be the hard part.",
        "We need to decide this by Friday.",
        "Agreed.",
    ],
)
def test_what_nobody_decided_is_no_decision(text: str, vectors: Vectors) -> None:
    found = minutes(f"Ana: The plan for the next weeks is here.\nBen: {text}", vectors)

    assert found.decisions == []


@pytest.mark.parametrize(
    "text",
    [
        "We decided to keep the old plan until March.",
        "ok then yearly it is",
        "We'll go with the second offer.",
        "We've chosen the second offer.",
        "We decided that customers who chose the old plan keep it.",
        "We're refunding all of them in full.",
        "We're staying on the old tool until the summer.",
        "So the limit will be 600 requests a minute.",
        "Then Brid gets the offer.",
        "The consensus of this morning's call was to leave prices alone.",
        "Decision: migration on 14 January",
        "The budget has been approved by the board.",
    ],
)
def test_what_is_said_to_be_decided_is_a_decision(text: str, vectors: Vectors) -> None:
    found = minutes(f"Ana: The plan for the next weeks is here.\nBen: {text}", vectors)

    assert [each.text for each in found.decisions] == [text]


def test_a_proposal_that_somebody_objects_to_is_no_decision(vectors: Vectors) -> None:
    found = minutes("Ana: Let's go with Contoso.\nBen: Wait, what about the support?", vectors)

    assert found.decisions == []


def test_an_assent_is_shown_with_what_it_agrees_to(vectors: Vectors) -> None:
    (decision,) = minutes("Ana: Should we drop the carousel?\nBen: Agreed.", vectors).decisions

    assert (decision.about, decision.text) == ("Should we drop the carousel?", "Agreed.")


def test_who_agrees_and_promises_in_one_sentence_decides_and_has_a_task(vectors: Vectors) -> None:
    found = minutes(
        "Ana: I propose we launch on Tuesday.\nBen: Agreed, I'll tell the shop.", vectors
    )

    assert [each.about for each in found.decisions] == ["I propose we launch on Tuesday."]
    assert [each.owner for each in found.tasks] == ["Ben"]


@pytest.mark.parametrize(
    "answer",
    [
        "Ben: Tomorrow at two.",
        "Ben: No idea.\nCem: The audit starts on Monday.",
        "Ana: Never mind, found it.",
        "Ben: First week of May, as always.",
    ],
)
def test_an_answered_question_is_not_open(answer: str, vectors: Vectors) -> None:
    found = minutes(f"Ana: When does the audit start?\n{answer}", vectors)

    assert found.questions == []


@pytest.mark.parametrize("reply", ["Good question.", "I don't know.", "I'll ask Cem.", "bump"])
def test_a_question_that_is_only_put_off_stays_open(reply: str, vectors: Vectors) -> None:
    found = minutes(f"Ana: When does the audit start?\nBen: {reply}", vectors)

    assert [each.text for each in found.questions] == ["When does the audit start?"]


@pytest.mark.parametrize("text", ["How are you all today?", "Makes sense?", "Nice, right?"])
def test_a_phrase_is_no_question(text: str, vectors: Vectors) -> None:
    assert minutes(f"Ana: We have a plan for the week.\nBen: {text}", vectors).questions == []


@pytest.mark.parametrize(
    ("said", "owner", "due"),
    [
        ("Ana: I'll send the contract by Friday.", "Ana", "by Friday"),
        ("Ana: @Ben could you book the room for Tuesday?", "Ben", ""),
        ("Ana: Ben will write the runbook before the end of the week.", "Ben",
         "before the end of the week"),
        ("Ana: Action item: @Ben to call the vendor tomorrow", "Ben", "tomorrow"),
        ("Ana: Next week I'll migrate the worker.", "Ana", "Next week"),
        ("Ana: TODO: order the badges", "nobody named", ""),
    ],
)  # fmt: skip
def test_a_task_has_owner_and_date(said: str, owner: str, due: str, vectors: Vectors) -> None:
    found = minutes(f"Ben: The plan for the week is here.\n{said}", vectors)

    assert [(each.owner, each.due) for each in found.tasks] == [(owner, due)]


@pytest.mark.parametrize(
    "text",
    [
        "I'll be late tomorrow, dentist.",
        "I will never understand why people leave food there.",
        "Maybe I'll look at it.",
        "If I have time I'll send it.",
        "The example I'll give is the old plan.",
    ],
)
def test_what_is_no_promise_is_no_task(text: str, vectors: Vectors) -> None:
    assert minutes(f"Ben: The plan for the week is here.\nAna: {text}", vectors).tasks == []


def test_a_task_that_its_owner_refuses_is_left_out(vectors: Vectors) -> None:
    found = minutes("Ana: @Ben please write the runbook.\nBen: Sorry, I can't this week.", vectors)

    assert found.tasks == []


def test_another_language_has_no_minutes(vectors: Vectors) -> None:
    text = (
        "Ana: Wir haben beschlossen, am Freitag mit der neuen Version zu starten, wenn die Tests "
        "bis dahin durch sind und der Kunde nicht widerspricht.\n"
        "Ben: Gut. Wer schreibt die Notizen für das Treffen und wer wird sich um die Einladung "
        "kümmern?"
    )

    assert not minutes(text, vectors)


def test_every_line_is_a_link_and_pings_nobody(release: Minutes) -> None:
    from core.reply import Reply

    post = blocks.answer(
        Reply(text="Points:", sections=as_sections(release), notes=("n",)), title="Summary"
    )
    lines = [each["elements"][0]["elements"] for each in post.blocks if each["type"] == "rich_text"]
    items = [line for line in lines if len(line) == 3]

    assert [line[-1]["type"] for line in items] == ["link"] * 5
    assert {element["type"] for line in lines for element in line} == {"text", "link"}


def test_as_many_long_items_as_are_shown_fit_one_message() -> None:
    text = "Ana: " + "\nAna: ".join(
        f"I'll send number {number} " + "with a long tail of words " * 20 for number in range(30)
    )
    sections = as_sections(take_minutes(from_messages(talked(text)), Vectors(load_minilm("cpu"))))
    from core.reply import Point, Reply

    points = tuple(
        Point(
            text="long words " * 90,
            source=f"Ana, message {n}",
            link="https://x.example/" + "l" * 70,
        )
        for n in range(7)
    )
    post = blocks.answer(Reply(text="P", points=points, sections=sections, notes=("n",)), title="S")

    assert len(str(post.blocks)) < 13_000
    assert "To do (8 of 30)" in str(post.blocks)
    assert sum(each["type"] == "rich_text" for each in post.blocks) == 7 + 1 + 8


@pytest.mark.parametrize("text", ["Cara will turn 30 tomorrow", "Cara will turn up on Monday"])
def test_what_happens_to_somebody_is_no_task(text: str, vectors: Vectors) -> None:
    assert minutes(f"Ana: {text}\nCara: oh well", vectors).tasks == []


def test_turning_something_off_is_a_task(vectors: Vectors) -> None:
    (task,) = minutes("Ana: Cara will turn off the heating\nCara: yes", vectors).tasks

    assert task.owner == "Cara"
