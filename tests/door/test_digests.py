"""Digests through the door, with the clock moved to the next full hour."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from core import preferences
from core.broker import create_celery, send_wake_up
from core.cipher import create_cipher
from core.ledger import Ledger
from core.policy import Policy
from core.preferences import Preferences
from core.records import Records, create_records
from core.redis_server import connect, redis_url
from core.settings import load_settings
from local.shapes import Json
from local.stage import finished
from local.transcript import plain, visible_text
from tests.door.conftest import PATIENCE, Office
from workers.digests import Digests

HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Morning:
    """The next full hour, as beat will know it."""

    office: Office
    records: Records
    digests: Digests
    now: float

    def want(self, channel: str) -> None:
        """The channel chooses a digest for that hour."""
        preferences.write(
            self.records,
            Preferences(digest="daily", digest_hour=int(self.now % (24 * HOUR) // HOUR)),
            team=self.office.workspace.about()["team"]["id"],
            channel=channel,
            person="UADA",
        )

    def comes(self) -> int:
        """The hour comes; how many digests are new."""
        return self.digests.send(now=self.now)

    def left_out(self, count: int) -> None:
        """Until a worker has left out so many more digests than before."""
        deadline = time.monotonic() + PATIENCE
        while self.office.fleet.log("worker").count("digest left out") < count:
            assert time.monotonic() < deadline, "nothing was left out"
            time.sleep(0.1)

    @property
    def omitted(self) -> int:
        return self.office.fleet.log("worker").count("digest left out")


@pytest.fixture
def morning(office: Office) -> Iterator[Morning]:
    settings = load_settings(data_dir=office.fleet.folder, redis_url="")
    cipher, url = create_cipher(settings), redis_url(settings)
    records, redis = create_records(settings, cipher=cipher), connect(url, timeout=5.0)
    celery = create_celery(url)
    digests = Digests(
        records=records,
        ledger=Ledger(redis=redis, cipher=cipher),
        policy=Policy(),
        wake=lambda queue: send_wake_up(celery, queue),
    )
    now = (time.time() // HOUR + 1) * HOUR + 60
    yield Morning(office=office, records=records, digests=digests, now=now)
    records.erase(preferences.KIND, team=office.workspace.about()["team"]["id"])
    records.close()
    redis.close()
    celery.close()


def channel_with(office: Office, name: str) -> str:
    """A channel in which people talked."""
    channel = office.workspace.add_channel(name)
    grace = office.workspace.person("grace")
    office.ada.say(channel, "The API tests are green, so we can plan the release of the app.")
    grace.say(channel, "I think we should ship on Thursday, for deploys on a Friday are painful.")
    office.ada.say(channel, "Agreed, let's ship on Thursday and tell support a day before that.")
    return channel


def test_a_digest_comes_once_as_a_message_of_its_own(office: Office, morning: Morning) -> None:
    channel = channel_with(office, "daily")
    morning.want(channel)

    assert [morning.comes(), morning.comes()] == [1, 0]

    def new() -> list[Json]:
        return [each for each in office.workspace.messages(channel) if finished(each)]

    (message,) = office.workspace.wait_for(new, PATIENCE)
    said = plain(visible_text(message))

    assert "this channel, last day" in said
    assert "From 3 of 3 messages by 2 people" in said
    assert "Agreed, let's ship on Thursday" in said
    assert "A digest that this channel chose" in said


def test_a_channel_where_only_apps_wrote_gets_no_digest(office: Office, morning: Morning) -> None:
    channel = office.workspace.add_channel("silent")
    office.workspace.app_says(channel, "Build 8 is green.", app="CI")
    morning.want(channel)
    before = morning.omitted
    morning.comes()
    morning.left_out(before + 1)

    assert len(office.workspace.messages(channel)) == 1


def test_a_channel_that_the_bot_left_gets_no_digest(office: Office, morning: Morning) -> None:
    channel = channel_with(office, "former")
    office.workspace.remove_bot(channel)
    morning.want(channel)
    before = morning.omitted
    morning.comes()
    morning.left_out(before + 1)

    assert not [each for each in office.workspace.messages(channel) if each.get("bot_id")]
