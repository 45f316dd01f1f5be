"""Questions about documents: beside an upload or a link they go with the job as an option."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot import parse
from bot.link import Link
from bot.source import source_of
from core import words
from core.errors import UserError
from core.job import Surface
from local import samples
from skills.catalog import catalog
from tests.bot.conftest import Reception

LINK = "https://acme.slack.com/archives/C0123/p1700000000000100"
SUMMARIZE = catalog()["summarize"]


@pytest.mark.parametrize(
    "text",
    [
        f"what does it say about termination? {LINK}",
        f"what does it say about termination? <{LINK}>",
        f"<{LINK}> what does it say about termination?",
        f"length:short what does it say about termination? {LINK}",
    ],
)
def test_a_question_beside_a_link_is_asked_of_what_the_link_leads_to(text: str) -> None:
    asked = parse.ask(SUMMARIZE, text)

    assert asked.text == ""
    assert asked.options["question"] == "what does it say about termination?"
    assert asked.link == Link(channel="C0123", ts="1700000000.000100", thread="1700000000.000100")


def test_a_link_beside_other_words_is_text() -> None:
    asked = parse.ask(SUMMARIZE, f"We agreed on the plan in {LINK}")

    assert (asked.link, asked.options) == (None, {})


def test_another_skill_takes_no_question() -> None:
    asked = parse.ask(catalog()["sentiment"], f"what is this? {LINK}")

    assert (asked.link, asked.options) == (None, {})


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ('chapter:"Terms of payment" pages:3-7', {"chapter": "Terms of payment", "pages": "3-7"}),
        ("chapter:“Terms of payment”", {"chapter": "Terms of payment"}),
        ("chapter:3 length:long", {"chapter": "3", "length": "long"}),
        ('question:"notice period"', {"question": "notice period"}),
    ],
)
def test_an_option_of_several_words_stands_in_quotes(text: str, options: dict[str, str]) -> None:
    asked = parse.ask(SUMMARIZE, text)

    assert (asked.options, asked.text) == (options, "")


def test_a_part_of_a_document_is_one_of_the_file_behind_a_link_and_not_of_its_thread() -> None:
    whole = source_of(SUMMARIZE, parse.ask(SUMMARIZE, LINK), "C0123", clock=datetime.now)
    part = source_of(
        SUMMARIZE, parse.ask(SUMMARIZE, f"pages:2 {LINK}"), "C0123", clock=datetime.now
    )

    assert (whole.thread, whole.message) == ("1700000000.000100", "")
    assert (part.thread, part.message) == ("1700000000.000100", "1700000000.000100")


def the_options(reception: Reception) -> dict[str, str]:
    """What the one job was asked with."""
    (claim,), _ = reception.ledger.claim("text", batch={"summarize": 1})
    return claim.content.options


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("what does it say about the budget?", "what does it say about the budget?"),
        ("summarize what does it say about the budget?", "what does it say about the budget?"),
        ("summarize", ""),
        ("for the archive", ""),
        ("can you summarize this for me?", ""),
    ],
)
def test_a_mention_with_an_upload_may_ask_a_question(
    reception: Reception, said: str, question: str
) -> None:
    path = samples.report(reception.folder)
    reception.ada.upload("general", [path], text=f"<@{reception.bot}> {said}")
    reception.settle(2)

    assert the_options(reception).get("question", "") == question


def test_an_upload_for_the_people_there_asks_nothing(reception: Reception) -> None:
    path = samples.report(reception.folder)
    reception.ada.upload("general", [path], text="What does it say about the budget?")
    reception.settle()

    assert "question" not in the_options(reception)


def test_an_unknown_flag_beside_an_upload_is_still_refused() -> None:
    with pytest.raises(UserError, match="--verbose"):
        parse.about_a_file(SUMMARIZE, "--verbose what does it say?")


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ("pages:1-2", {"pages": "1-2"}),
        ("pages:1-2 for the archive", {"pages": "1-2"}),
        ('question:"annual budget"', {"question": "annual budget"}),
    ],
)
def test_options_beside_an_upload_hold_although_no_skill_is_named(
    reception: Reception, said: str, options: dict[str, str]
) -> None:
    path = samples.report(reception.folder)
    reception.ada.upload("general", [path], text=f"<@{reception.bot}> {said}")
    reception.settle(2)

    assert the_options(reception) == options


def test_a_private_answer_to_an_upload_is_refused_although_no_skill_is_named(
    reception: Reception,
) -> None:
    path = samples.report(reception.folder)
    message = reception.ada.upload("general", [path], text=f"<@{reception.bot}> --private")
    reception.settle(2)

    assert (reception.said(message), reception.jobs()) == ([words.NOT_PRIVATE], [])


def test_a_channel_named_beside_an_upload_is_not_what_is_asked_about() -> None:
    assert parse.about_a_file(SUMMARIZE, "#budget") == parse.Asked()


@pytest.mark.parametrize(("said", "typed"), [("pages:1-2", True), ("", False)])
def test_a_job_tells_without_them_that_options_were_typed(
    reception: Reception, said: str, typed: bool
) -> None:
    path = samples.report(reception.folder)
    reception.ada.upload("general", [path], text=f"<@{reception.bot}> {said}")
    reception.settle(2)
    (job,) = reception.jobs()

    assert job.with_options is typed
    assert "1-2" not in job.dumps()


@pytest.mark.parametrize(("said", "typed"), [("--private Fine", True), ("Fine", False)])
def test_a_job_tells_whether_its_person_chose_to_be_answered_alone(
    reception: Reception, said: str, typed: bool
) -> None:
    channel = reception.workspace.add_channel("far-away", bot=False, members=["ada"])
    reception.ada.slash("/sentiment", said, channel=channel)
    (job,) = reception.jobs()

    assert (job.surface, job.with_private) == (Surface.PRIVATE, typed)
