"""What a channel chose holds for its jobs, unless somebody typed otherwise."""

from __future__ import annotations

import pytest

from core import preferences
from core.cipher import Cipher
from core.claim import Claim
from core.errors import TransientError
from core.job import Content, Job
from core.preferences import Preferences
from core.records import Records
from tests.workers.conftest import Echo, Shop
from workers.channel_options import ChannelOptions


def choose(shop: Shop, channel: str, redact: str) -> None:
    place = shop.slack.workspace.channel(channel)
    chosen = Preferences(redact=redact)
    preferences.write(shop.records, chosen, team="T1", channel=place, person="U1")


def test_a_job_runs_as_its_channel_chose(shop: Shop) -> None:
    choose(shop, "general", " please")
    id = shop.ask("one")
    shop.work()

    assert shop.said(id) == ["*Echo*\nONE PLEASE"]


def test_what_was_typed_goes_before_what_the_channel_chose(shop: Shop) -> None:
    choose(shop, "general", " please")
    id = shop.ask("one", redact=" not")
    shop.work()

    assert shop.said(id) == ["*Echo*\nONE NOT"]


def test_what_another_channel_chose_does_not_matter(shop: Shop) -> None:
    choose(shop, "support", " please")
    id = shop.ask("one")
    shop.work()

    assert shop.said(id) == ["*Echo*\nONE"]


def test_nothing_runs_while_nobody_knows_what_the_channel_chose(cipher: Cipher) -> None:
    options = ChannelOptions(Records("sqlite:////nowhere/at/all.sqlite", cipher=cipher))
    job = Job(key="k", skill="echo", queue="text", lane="echo", team="T1", channel="C", user="U")
    claim = Claim(job=job, content=Content(), fence=1, attempts=1, waits=0, cancelled=False)

    with pytest.raises(TransientError):
        options.fill(claim, Echo())
