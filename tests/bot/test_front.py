"""Options in front of a message, where no word or a later one names the skill."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.front import in_front
from local import samples
from skills.catalog import catalog
from tests.bot.conftest import Reception

Sample = Callable[[Path], Path]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("redact:yes", ("redact:yes", "")),
        ("redact:yes call", ("redact:yes", "call")),
        ("speakers:2 agent:first call", ("speakers:2 agent:first", "call")),
        ('chapter:"Terms of payment" summarize', ('chapter:"Terms of payment"', "summarize")),
        ("redact: yes", ("", "redact: yes")),
        ("redact:4111 1111", ("", "redact:4111 1111")),
        ("Note:this is text", ("", "Note:this is text")),
        ("", ("", "")),
    ],
)
def test_options_in_front_are_told_from_words(said: str, parts: tuple[str, str]) -> None:
    assert in_front(said, catalog()) == parts


@pytest.mark.parametrize(
    ("said", "sample", "skill", "options"),
    [
        ("redact:yes", samples.recording, "transcribe", {"redact": "yes"}),
        ("redact:names please", samples.recording, "transcribe", {"redact": "names"}),
        ("redact:yes call", samples.recording, "call", {"redact": "yes"}),
        ("call redact:yes", samples.recording, "call", {"redact": "yes"}),
        ("speakers:2", samples.recording, "call", {"speakers": "2"}),
        ("redact:names", samples.report, "redact", {"redact": "names"}),
        ("names:yes", samples.report, "redact", {"names": "yes"}),
        ("pages:1-2", samples.report, "summarize", {"pages": "1-2"}),
        ("length:short", samples.comments, "summarize", {"length": "short"}),
        ("redact", samples.report, "redact", {}),
    ],
)
def test_an_upload_goes_to_the_skill_that_has_the_option(
    reception: Reception, said: str, sample: Sample, skill: str, options: dict[str, str]
) -> None:
    path = sample(reception.folder)
    reception.ada.upload("general", [path], text=f"<@{reception.bot}> {said}")
    reception.settle(2)
    (job,) = reception.jobs()
    (claim,), _ = reception.ledger.claim(job.queue, batch={skill: 1})

    assert (job.skill, claim.content.options) == (skill, options)


def test_words_behind_an_option_are_redacted_and_the_option_is_none_of_them(
    reception: Reception,
) -> None:
    reception.ada.say("general", f"<@{reception.bot}> redact:yes write to ada@example.com")
    reception.settle(2)
    (claim,), _ = reception.ledger.claim("text", batch={"redact": 1})

    assert (claim.content.text, claim.content.options) == (
        "write to ada@example.com",
        {"redact": "yes"},
    )


def test_an_option_alone_in_a_thread_is_answered_with_what_to_write(reception: Reception) -> None:
    root = reception.ada.say("general", "the call of this morning")
    text = f"<@{reception.bot}> speakers:2"
    message = reception.ada.say("general", text, thread=root["ts"])
    reception.settle(3)

    assert (
        reception.said(message)[-1]
        == "Say what to do: call. For example: @Readymade call speakers:2"
    )
