"""Digests: every channel that chose one gets a job a day or a week, and never two.

Whether there is anything to say, and whether the channel still wants to hear it, turns out when the
job is worked on: one that finds nothing says nothing (see `Surface.CHANNEL`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core import preferences
from core.errors import TransientError
from core.job import FETCHED, Content, Job, Surface, key_of
from core.ledger import Ledger
from core.log import logger
from core.policy import Policy
from core.preferences import Preferences
from core.records import Record, Records

SKILL, QUEUE = "summarize", "text"
LATE = timedelta(hours=6)  # after a longer night of ours a digest would come at an odd hour
MONDAY, SATURDAY = 0, 5

log = logger("worker")


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """The time that a digest is about, from `since` up to `until` (since 1970)."""

    since: float
    until: float
    days: int

    @property
    def name(self) -> str:
        """ "last 7 days" """
        return "last day" if self.days == 1 else f"last {self.days} days"


class Digests:
    """Submits what is due; `wake` is called with the queue when a worker must be told."""

    def __init__(
        self, *, records: Records, ledger: Ledger, policy: Policy, wake: Callable[[str], None]
    ) -> None:
        self._records = records
        self._ledger = ledger
        self._policy = policy
        self._wake = wake

    def send(self, *, now: float | None = None) -> int:
        """Submit the digests that are due and were not submitted before; how many these are.

        Raises TransientError when database or queue do not answer: the next call makes up for it.
        """
        sent = 0
        for record in self._records.all(preferences.KIND):
            found = due(preferences.of(record), now=now or time.time())
            if found is not None:
                sent += self._submit(record, found)
        return sent

    def _submit(self, record: Record, found: Due) -> bool:
        """Whether it was new: its key is made of the channel and the hour."""
        by = preferences.of(record).digest_by or record.person
        if not self._policy.admits(skill=SKILL, channel=record.channel, user=by):
            return False
        job = Job(
            key=key_of(record.team, record.channel, "digest", f"{found.until:.0f}"),
            skill=SKILL,
            queue=QUEUE,
            lane=SKILL + FETCHED,
            team=record.team,
            channel=record.channel,
            user=by,
            source_channel=record.channel,
            source_since=f"{found.since:.6f}",
            source_until=f"{found.until:.6f}",
            surface=Surface.CHANNEL,
        )
        content = Content(subject=f"this channel, {found.name}")
        submission = self._ledger.submit(job, content)
        if submission.wake:
            self._wake(QUEUE)
        if submission.new:
            log.info("digest queued", job=job.id)
        return submission.new


def due(chosen: Preferences, *, now: float) -> Due | None:
    """What a channel's digest is about just now; None when it is not its time.

    One that was chosen after the hour begins with the next.
    """
    try:
        zone = ZoneInfo(chosen.digest_timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    end = _last(chosen.digest_hour, datetime.fromtimestamp(now, zone))
    days = _days(chosen.digest, end.weekday())
    until = end.timestamp()
    if not days or chosen.digest_chosen > until or now >= until + LATE.total_seconds():
        return None
    since = (end - timedelta(days=days)).timestamp()  # by the clock there, also in March
    return Due(since=since, until=until, days=days)


def _last(hour: int, now: datetime) -> datetime:
    """When it was that hour last: today or, at one in the morning, yesterday."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    return today if today <= now else today - timedelta(days=1)


def _days(digest: str, weekday: int) -> int:
    """How many days a digest looks back on this day of the week; 0 when there is none."""
    if digest == "daily":
        return 1
    if digest == "weekdays":
        return 0 if weekday >= SATURDAY else 3 if weekday == MONDAY else 1
    return 7 if digest == "weekly" and weekday == MONDAY else 0


def send_quietly(digests: Digests) -> None:
    """What fails now is made up for by the next call."""
    try:
        digests.send()
    except TransientError as error:
        log.warning("digests not sent", reason=str(error))
