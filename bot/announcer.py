"""The announcer: posts placeholders behind the door's back, or leaves them to the worker.

A short text is mostly answered before anybody would read that it waits: nothing is said for a
moment, of a command then only what was asked, and that it waits after some seconds. So there is
mostly a message less to post, to change and to see. No thread waits for a channel that Slack
limits: its placeholders come back when Slack allows it, so that the other channels have theirs.
"""

from __future__ import annotations

import time
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from slack_sdk.errors import SlackApiError

from bot.later import Later
from bot.problems import tell
from core import words
from core.audit import Audit
from core.claim import Claim
from core.errors import ReadymadeError, TransientError
from core.job import FETCHED, Content, Job, Surface
from core.ledger import Ledger
from core.log import logger
from core.placeholder import Placeholders
from core.slack import error_code, transient

MOMENT, SILENCE = 0.5, 3.0  # seconds until a text is spoken of; until it is said that it waits
SECONDS = 60.0  # for a placeholder that Slack limits; then it is left to the worker

log = logger("bot")


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What is to be said of a job until `until`; `pause` is the seconds to the next try."""

    job: Job
    content: Content
    title: str
    until: float
    pause: float = 1.0
    parent_only: bool = False


class Announcer:
    """Says of a queued job that it waits."""

    def __init__(
        self, *, ledger: Ledger, placeholders: Placeholders, audit: Audit, executor: Executor
    ) -> None:
        self._ledger = ledger
        self._placeholders = placeholders
        self._audit = audit
        self._executor = executor
        self._later = Later(executor)

    def announce(self, job: Job, content: Content, *, title: str) -> None:
        """Post the placeholder soon; returns at once."""
        note = Note(job=job, content=content, title=title, until=time.monotonic() + SECONDS)
        if job.lane.endswith(FETCHED):
            self._executor.submit(self._try, note)
            return
        is_command = not job.thread and job.surface is Surface.THREAD
        self._later.call(MOMENT, self._try, replace(note, parent_only=is_command))

    def _try(self, note: Note) -> None:
        """Post it, now or, where Slack limits us, after a pause that doubles, for a burst of many
        in one channel would keep that limited."""
        try:
            if self._post(note):
                self._later.call(SILENCE - MOMENT, self._try, replace(note, parent_only=False))
        except (ReadymadeError, OSError) as error:
            after = error.after if isinstance(error, TransientError) else 0.0
            wait = max(note.pause, after)
            if after and time.monotonic() + wait < note.until:
                self._later.call(wait, self._try, replace(note, pause=note.pause * 2))
                return
            log.warning(
                "placeholder not posted; the worker will",
                job=note.job.id,
                error=type(error).__name__,
            )

    def _post(self, note: Note) -> bool:
        """Post the placeholder; whether it must still be said that the job waits.

        Where the bot may not post, cancel and tell the person alone.
        """
        job, content = note.job, note.content
        try:
            place = self._placeholders.ensure(
                job, content, title=note.title, parent_only=note.parent_only
            )
            return place.state == "placed" and not place.ts
        except SlackApiError as error:
            if passing := transient(error):
                raise passing from error
            log.warning("placeholder refused", job=job.id, error=error_code(error))
            if not content.response_url:
                return False
            stopped = self._ledger.stop(job.id)
            if isinstance(stopped, Claim) and self._ledger.close(stopped, state="cancelled"):
                self._audit.ended(job, "cancelled")
            if self._ledger.state(job.id) != "done":  # a worker failed likewise, and told nobody
                outside = error_code(error) in ("not_in_channel", "channel_not_found")
                text = words.not_a_member(f"/{job.skill}") if outside else words.NOT_POSTED
                tell(content.response_url, text)
            return False
