""" "help" is answered at every door, for one skill or for all."""

from __future__ import annotations

import pytest

from bot import parse
from bot.desk import check_text
from bot.help import EXAMPLE, Help
from bot.source import Source
from core.errors import UserError
from skills.catalog import catalog
from tests.bot.conftest import Reception

SUMMARIZE = catalog()["summarize"]


@pytest.mark.parametrize("said", ["help", "--help", "Help!", "—help"])
def test_help_after_a_command_shows_how_that_skill_is_asked(
    reception: Reception, said: str
) -> None:
    reception.ada.slash("/summarize", said)
    (told,) = reception.whispers()

    assert catalog()["summarize"].summary in told
    assert "length:short|medium|long" in told
    assert not reception.jobs()


def test_help_to_the_bot_shows_every_skill_in_the_thread(reception: Reception) -> None:
    mention = reception.ada.say("general", f"<@{reception.bot}> help")
    direct = reception.ada.say("dm", "Help?")
    reception.settle(3)

    for message in (mention, direct):
        (said,) = reception.said(message)
        assert all(skill.summary in said for skill in catalog().values())
    assert not reception.audit()


@pytest.mark.parametrize(
    "said", ["what can you do?", "Hi, what can you do for us", "How does this work?", "who are you"]
)
def test_who_asks_what_it_does_is_shown_every_skill(reception: Reception, said: str) -> None:
    message = reception.ada.say("dm", said)
    reception.settle(2)

    assert catalog()["transcribe"].summary in reception.said(message)[0]


def test_such_a_question_to_a_skill_is_a_text(reception: Reception) -> None:
    reception.ada.say("dm", "sentiment what can you do?")
    reception.settle(2)

    assert [job.skill for job in reception.jobs()] == ["sentiment"]


def test_help_says_that_a_question_can_be_asked_of_an_upload() -> None:
    helps = Help(catalog())

    assert f"upload documents and write `@Readymade {EXAMPLE}`" in str(helps.all())
    assert f"ask about them: `@Readymade summarize {EXAMPLE}`" in str(helps.of(SUMMARIZE))
    assert EXAMPLE not in str(helps.of(catalog()["call"]))


def test_help_for_one_skill_says_where_to_write_its_name_beside_an_upload() -> None:
    told = str(Help(catalog()).of(catalog()["call"]))

    assert "Upload recordings and write `@Readymade call` in the same message." in told


def test_the_question_in_the_help_is_taken_for_one() -> None:
    assert parse.about_a_file(SUMMARIZE, EXAMPLE).options == {"question": EXAMPLE}


def test_help_for_one_skill_is_shown_in_the_thread(reception: Reception) -> None:
    message = reception.ada.say("general", f"<@{reception.bot}> transcribe help")
    reception.settle(2)
    (said,) = reception.said(message)

    assert "language:…" in said
    assert catalog()["sentiment"].summary not in said


def test_summarise_the_discussion_in_a_thread_means_that_thread(reception: Reception) -> None:
    root = reception.ada.say("general", "Shall we move the release to Friday?")
    text = f"<@{reception.bot}> Could you summarise the discussion?"
    reception.ada.say("general", text, thread=root["ts"])
    reception.settle(3)

    assert [job.source_thread for job in reception.jobs()] == [root["ts"]]


def test_a_command_without_a_word_is_shown_a_whole_example(reception: Reception) -> None:
    told = str(reception.ada.slash("/summarize", "")["response"])

    assert "mention me in a thread or upload documents and tables" in told
    assert catalog()["summarize"].examples[0] in told


def test_a_command_for_files_speaks_of_itself_by_its_name(reception: Reception) -> None:
    assert "/transcribe works on recordings" in str(
        reception.ada.slash("/transcribe", "")["response"]
    )


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("transcribe", "upload one here, or"),
        ("call", "upload one here and write @Readymade call with it, or"),
        ("sentiment", "upload tables, for example"),
        ("redact", "upload documents and tables with @Readymade redact, for example"),
    ],
)
def test_an_upload_that_another_skill_would_answer_is_said_to_need_the_name(
    reception: Reception, name: str, way: str
) -> None:
    assert way in str(reception.ada.slash(f"/{name}", "")["response"])


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("summarize", "please shorten it, or upload it as a file with @Readymade summarize."),
        ("redact", "please shorten it, or upload it as a file with @Readymade redact."),
        ("sentiment", "please shorten it. Of files, Sentiment takes tables."),
        ("calls", "please shorten it."),
    ],
)
def test_too_long_a_text_is_refused_with_the_files_that_may_be_longer(name: str, way: str) -> None:
    skill = catalog()[name]
    asked = parse.Asked(text="x" * (skill.takes_text + 1))
    with pytest.raises(UserError) as refused:
        check_text(skill, asked, Source())

    assert str(refused.value).endswith(f": {way}")


@pytest.mark.parametrize("said", ["thanks!", "ok, great", "🙏"])
def test_thanks_are_left_as_they_are(reception: Reception, said: str) -> None:
    mention = reception.ada.say("general", f"<@{reception.bot}> {said}")
    direct = reception.ada.say("dm", said)
    reception.settle(3)

    assert reception.said(mention) == reception.said(direct) == reception.whispers() == []


@pytest.mark.parametrize(
    ("said", "near"), [("sentimnet I love it", "sentiment"), ("sumarize", "summarize")]
)
def test_a_skill_that_is_misspelled_is_guessed(reception: Reception, said: str, near: str) -> None:
    message = reception.ada.say("dm", said)
    reception.settle(2)

    assert f"Did you mean {near}?" in reception.said(message)[0]
