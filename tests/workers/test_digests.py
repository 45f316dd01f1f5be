"""Digests: due by the clock of the channel, once a day whoever asks how often."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core import preferences
from core.cipher import Cipher
from core.job import Job, Surface
from core.ledger import Ledger
from core.policy import Policy, Rule
from core.preferences import Preferences
from core.records import Records
from workers.digests import Digests, due

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> float:
    """ "2026-11-27 09:04", by Berlin's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()


def chosen(
    digest: str, *, hour: int = 9, timezone: str = "Europe/Berlin", at: float = 0.0
) -> Preferences:
    return Preferences(
        digest=digest,
        digest_hour=hour,
        digest_timezone=timezone,
        digest_by="UADA",
        digest_chosen=at,
    )


@pytest.mark.parametrize(
    ("digest", "now", "since", "until"),
    [
        ("daily", "2026-11-27 09:04", "2026-11-26 09:00", "2026-11-27 09:00"),
        ("daily", "2026-11-28 14:59", "2026-11-27 09:00", "2026-11-28 09:00"),  # a Saturday
        ("weekdays", "2026-11-27 09:00", "2026-11-26 09:00", "2026-11-27 09:00"),
        ("weekdays", "2026-11-30 09:01", "2026-11-27 09:00", "2026-11-30 09:00"),  # a Monday
        ("weekly", "2026-11-30 10:00", "2026-11-23 09:00", "2026-11-30 09:00"),
        # Clocks go forward and back: a day is from nine to nine all the same.
        ("daily", "2026-03-29 09:05", "2026-03-28 09:00", "2026-03-29 09:00"),
        ("daily", "2026-10-25 09:05", "2026-10-24 09:00", "2026-10-25 09:00"),
    ],
)
def test_a_digest_is_about_the_time_since_the_last_one(
    digest: str, now: str, since: str, until: str
) -> None:
    found = due(chosen(digest), now=at(now))

    assert found is not None
    assert (found.since, found.until) == (at(since), at(until))


@pytest.mark.parametrize(
    ("digest", "now"),
    [
        ("off", "2026-11-27 09:04"),
        ("daily", "2026-11-27 08:59"),
        ("daily", "2026-11-27 15:00"),  # six hours late: tomorrow again
        ("weekdays", "2026-11-28 09:04"),  # a Saturday
        ("weekly", "2026-11-27 09:04"),  # a Friday
    ],
)
def test_there_is_no_digest_at_another_time(digest: str, now: str) -> None:
    assert due(chosen(digest), now=at(now)) is None


def test_an_hour_that_the_clock_shows_twice_has_one_digest() -> None:
    first = at("2026-10-25 02:30")
    found = [due(chosen("daily", hour=2), now=now) for now in (first, first + 3600)]

    assert found[0] == found[1] is not None


def test_one_that_was_just_chosen_begins_with_its_next_hour() -> None:
    now = at("2026-11-27 11:00")

    assert due(chosen("daily", at=now - 60), now=now) is None
    assert due(chosen("daily", hour=12, at=now - 60), now=now + 3660) is not None


@pytest.mark.parametrize(
    ("digest", "now", "until"),
    [
        ("daily", "2026-11-28 00:01", "2026-11-27 23:00"),
        ("daily", "2026-11-28 04:59", "2026-11-27 23:00"),
        ("weekdays", "2026-11-28 00:01", "2026-11-27 23:00"),  # that of Friday, on Saturday
        ("weekly", "2026-12-01 01:00", "2026-11-30 23:00"),  # that of Monday, on Tuesday
    ],
)
def test_a_late_digest_is_not_lost_at_midnight(digest: str, now: str, until: str) -> None:
    found = due(chosen(digest, hour=23), now=at(now))

    assert found is not None
    assert found.until == at(until)


@pytest.mark.parametrize(
    ("digest", "now"),
    [
        ("daily", "2026-11-28 05:00"),  # six hours after 23:00
        ("weekdays", "2026-11-30 00:01"),  # Sunday's 23:00, on Monday
        ("weekly", "2026-11-30 00:01"),
    ],
)
def test_there_is_no_digest_of_a_night_before_at_another_time(digest: str, now: str) -> None:
    assert due(chosen(digest, hour=23), now=at(now)) is None


def test_a_time_zone_that_nobody_knows_has_no_digest() -> None:
    assert due(chosen("daily", timezone="Mars/Olympus"), now=at("2026-11-27 09:04")) is (None)


@pytest.fixture
def records(cipher: Cipher, tmp_path: Path) -> Records:
    kept = Records(f"sqlite:///{tmp_path}/records.sqlite", cipher=cipher)
    for channel in ("C1", "C2"):
        record = {"team": "T1", "channel": channel, "person": "UADA"}
        preferences.write(kept, chosen("daily" if channel == "C1" else "off"), **record)
    return kept


def create(
    records: Records,
    ledger: Ledger,
    *,
    policy: Policy | None = None,
    wake: Callable[[str], None] = lambda queue: None,
) -> Digests:
    return Digests(records=records, ledger=ledger, policy=policy or Policy(), wake=wake)


def in_the_future(text: str) -> float:
    """A day for which the records were written long before."""
    return at(f"2036-{text}")


def claimed(ledger: Ledger) -> list[Job]:
    claims, _ = ledger.claim("text", batch={"summarize": 9, "summarize/fetched": 9})
    return [claim.job for claim in claims]


def test_a_channel_gets_one_job_a_day_however_often_it_is_looked_for(
    records: Records, ledger: Ledger
) -> None:
    woken: list[str] = []
    digests = [create(records, ledger, wake=woken.append) for _ in range(2)]
    sent = [
        each.send(now=in_the_future("11-27 09:00") + seconds)
        for seconds in (0, 120, 7200)
        for each in digests
    ]
    (job,) = claimed(ledger)

    assert (sent, woken) == ([1, 0, 0, 0, 0, 0], ["text"])
    assert (job.channel, job.source_channel, job.user) == ("C1", "C1", "UADA")
    assert job.surface is Surface.CHANNEL


def test_an_hour_that_is_chosen_later_the_same_day_has_a_job_of_its_own(
    records: Records, ledger: Ledger
) -> None:
    digests = create(records, ledger)
    sent = [digests.send(now=in_the_future("11-27 09:00"))]
    preferences.write(records, chosen("daily", hour=11), team="T1", channel="C1", person="UADA")
    sent.append(digests.send(now=in_the_future("11-27 11:00")))

    assert sent == [1, 1]


def test_a_channel_that_changes_something_else_gets_its_digest(
    records: Records, ledger: Ledger
) -> None:
    """The record is written just now, after the hour that it is about."""
    digests = create(records, ledger)
    hour = datetime.now(BERLIN).replace(minute=0, second=0, microsecond=0)
    before = chosen("daily", hour=hour.hour, at=hour.timestamp() - 86_400)
    preferences.write(records, before, team="T1", channel="C1", person="UADA")

    assert digests.send(now=time.time() + 1) == 1


@pytest.mark.parametrize("rule", [Rule(skills=["sentiment"]), Rule(who=["UBEN"])])
def test_what_the_policy_switched_off_since_it_was_chosen_is_not_sent(
    rule: Rule, records: Records, ledger: Ledger
) -> None:
    digests = create(records, ledger, policy=Policy(channels={"C1": rule}))

    assert digests.send(now=in_the_future("11-27 09:00")) == 0


def test_the_next_day_has_a_job_of_its_own(records: Records, ledger: Ledger) -> None:
    digests = create(records, ledger)
    for day in ("27", "28"):
        digests.send(now=in_the_future(f"11-{day} 09:00"))

    days = {(job.source_since, job.source_until) for job in [*claimed(ledger), *claimed(ledger)]}
    assert len(days) == 2
