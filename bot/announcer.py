"""The announcer: posts placeholders behind the door's back, or leaves them to the worker.

A short text is mostly answered before anybody would read that it waits: its placeholder is held
back for a moment, and then there is one message less to post, to change and to see. No thread
waits for a channel that Slack limits: its placeholders come back when Slack allows it, so that the
other channels have theirs at once.
"""

from __future__ import annotations

import time
from concurrent.futures import Executor

from slack_sdk.errors import SlackApiError

from bot.later import Later
from bot.problems import tell
from core import words
from core.audit import Audit
from core.claim import Claim
from core.errors import ReadymadeError, TransientError
from core.job import FETCHED, Content, Job
from core.ledger import Ledger
from core.log import logger
from core.placeholder import Placeholders
from core.slack import error_code, transient

MOMENT = 0.5  # in which a text is answered, or its placeholder posted
SECONDS = 60.0  # for a placeholder that Slack limits; then it is left to the worker

log = logger("bot")


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
        arguments = (job, content, title, time.monotonic() + SECONDS, 1.0)
        if job.lane.endswith(FETCHED):
            self._executor.submit(self._try, *arguments)
        else:
            self._later.call(MOMENT, self._try, *arguments)

    def _try(self, job: Job, content: Content, title: str, until: float, pause: float) -> None:
        """Post it, now or, where Slack limits us, after a pause that doubles, for a burst of many
        in one channel would keep that limited."""
        try:
            self._post(job, content, title)
        except (ReadymadeError, OSError) as error:
            after = error.after if isinstance(error, TransientError) else 0.0
            wait = max(pause, after)
            if after and time.monotonic() + wait < until:
                self._later.call(wait, self._try, job, content, title, until, pause * 2)
                return
            log.warning(
                "placeholder not posted; the worker will", job=job.id, error=type(error).__name__
            )

    def _post(self, job: Job, content: Content, title: str) -> None:
        """Post the placeholder; where the bot may not post, cancel and tell the person alone."""
        try:
            self._placeholders.ensure(job, content, title=title)
        except SlackApiError as error:
            if passing := transient(error):
                raise passing from error
            log.warning("placeholder refused", job=job.id, error=error_code(error))
            if not content.response_url:
                return
            stopped = self._ledger.stop(job.id)
            if isinstance(stopped, Claim) and self._ledger.close(stopped, state="cancelled"):
                self._audit.ended(job, "cancelled")
            if self._ledger.state(job.id) != "done":  # a worker failed likewise, and told nobody
                outside = error_code(error) in ("not_in_channel", "channel_not_found")
                text = words.not_a_member(f"/{job.skill}") if outside else words.NOT_POSTED
                tell(content.response_url, text)
