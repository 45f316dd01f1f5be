"""What a channel chose holds for its jobs, unless somebody typed otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from core import preferences
from core.cipher import Cipher
from core.claim import Claim
from core.errors import TransientError
from core.job import Content, Job
from core.preferences import Preferences
from core.records import Records
from skills import call, redact, transcribe
from skills.calls import skill as calls
from skills.skill import Skill
from tests.workers.conftest import Echo, Shop
from workers.channel_options import ChannelOptions


def choose(shop: Shop, channel: str, redact: str) -> None:
    place = shop.slack.workspace.channel(channel)
    chosen = Preferences(redact=redact)
    preferences.write(shop.records, chosen, team="T1", channel=place, person="U1")


def test_a_job_runs_as_its_channel_chose(shop: Shop) -> None:
    choose(shop, "general", "yes")
    id = shop.ask("one")
    shop.work()

    assert shop.said(id) == ["*Echo*\nONEYES"]


@pytest.mark.parametrize(("typed", "said"), [("no", "ONEYES"), ("names", "ONENAMES")])
def test_nobody_takes_out_less_than_the_channel_chose(shop: Shop, typed: str, said: str) -> None:
    choose(shop, "general", "yes")
    id = shop.ask("one", redact=typed)
    shop.work()

    assert shop.said(id) == [f"*Echo*\n{said}"]


def test_what_was_typed_holds_where_the_channel_chose_nothing(shop: Shop) -> None:
    id = shop.ask("one", redact="names")
    shop.work()

    assert shop.said(id) == ["*Echo*\nONENAMES"]


def test_what_another_channel_chose_does_not_matter(shop: Shop) -> None:
    choose(shop, "support", "yes")
    id = shop.ask("one")
    shop.work()

    assert shop.said(id) == ["*Echo*\nONE"]


def test_what_a_channel_chose_holds_for_its_words_elsewhere(shop: Shop) -> None:
    choose(shop, "support", "yes")
    there, here = map(shop.slack.workspace.channel, ("support", "general"))
    job = Job(
        key="k", skill="echo", queue="text", lane="echo", team="T1", channel=here, user="U",
        source_channel=there,
    )  # fmt: skip
    claim = Claim(job=job, content=Content(), fence=1, attempts=1, waits=0, cancelled=False)

    filled = ChannelOptions(shop.records).fill(claim, Echo())

    assert filled.content.options == {"redact": "yes"}


def test_what_a_channel_wants_taken_out_holds_for_who_looks_back_at_its_calls(shop: Shop) -> None:
    choose(shop, "general", "yes")
    here = shop.slack.workspace.channel("general")
    job = Job(key="k", skill="calls", queue="text", lane="calls", team="T1", channel=here, user="U")
    claim = Claim(job=job, content=Content(), fence=1, attempts=1, waits=0, cancelled=False)

    assert ChannelOptions(shop.records).fill(claim, calls).content.options == {"redact": "yes"}


@pytest.mark.parametrize(("here", "there"), [("names", "yes"), ("yes", "names"), ("names", "no")])
def test_of_two_channels_the_stricter_holds(shop: Shop, here: str, there: str) -> None:
    choose(shop, "general", here)
    choose(shop, "support", there)
    source, channel = map(shop.slack.workspace.channel, ("support", "general"))
    job = Job(
        key="k", skill="echo", queue="text", lane="echo", team="T1", channel=channel, user="U",
        source_channel=source,
    )  # fmt: skip
    claim = Claim(job=job, content=Content(), fence=1, attempts=1, waits=0, cancelled=False)

    filled = ChannelOptions(shop.records).fill(claim, Echo())

    assert filled.content.options == {"redact": "names"}


@pytest.mark.parametrize("skill", [call.skill, transcribe.skill])
def test_a_number_in_the_name_of_a_recording_is_not_shown_above_its_answer(
    shop: Shop, skill: Skill[Any]
) -> None:
    choose(shop, "general", "yes")
    channel = shop.slack.workspace.channel("general")
    job = Job(
        key="k", skill=skill.name, queue="speech", lane=skill.name, team="T1", channel=channel,
        user="U",
    )  # fmt: skip
    content = Content(subject="+14155552671 call.wav")
    claim = Claim(job=job, content=content, fence=1, attempts=1, waits=0, cancelled=False)

    filled = ChannelOptions(shop.records).fill(claim, skill)

    assert filled.content.subject == "[phone] call.wav"


def test_a_number_in_the_name_of_a_document_is_not_shown_above_what_is_left_of_it(
    shop: Shop,
) -> None:
    job = Job(
        key="k", skill="redact", queue="text", lane="redact", team="T1", channel="C", user="U"
    )
    content = Content(subject="ada@example.com notes.txt")
    claim = Claim(job=job, content=content, fence=1, attempts=1, waits=0, cancelled=False)

    filled = ChannelOptions(shop.records).fill(claim, redact.skill)

    assert filled.content.subject == "[e-mail] notes.txt"


def test_nothing_runs_while_nobody_knows_what_the_channel_chose(cipher: Cipher) -> None:
    options = ChannelOptions(Records("sqlite:////nowhere/at/all.sqlite", cipher=cipher))
    job = Job(key="k", skill="echo", queue="text", lane="echo", team="T1", channel="C", user="U")
    claim = Claim(job=job, content=Content(), fence=1, attempts=1, waits=0, cancelled=False)

    with pytest.raises(TransientError):
        options.fill(claim, Echo())
