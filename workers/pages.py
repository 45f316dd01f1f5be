"""Pages: asks Slack for messages page by page, and waits whenever Slack asks for it.

Between two pages, and every second of a wait, the job is told how far it is, so that it can be
cancelled. Slack lets an app that a company made for itself read 50 pages a minute and more; one
that it counts as distributed gets 15 messages a minute, and reads little before its patience ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError

from core.cursor import pages
from core.slack import limited_for
from skills.skill import Progress

PAGE = 200  # what Slack recommends at most
PATIENCE_SECONDS = 600.0
Call = Callable[..., Any]
Page = dict[str, Any]


class OutOfPatience(Exception):
    """Raised when Slack asks for longer waits than anybody would wait for an answer."""


class Pages:
    """The pages of one job, which share its patience; `read` counts the messages so far."""

    def __init__(
        self,
        progress: Progress,
        *,
        patience: float = PATIENCE_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._progress = progress
        self._patience = patience
        self._sleep = sleep
        self.read = 0

    def of(self, call: Call, **arguments: Any) -> Iterator[Page]:
        """Each page of an answer; raises OutOfPatience, SlackApiError, and Cancelled."""
        for page in pages(partial(self._ask, call), limit=PAGE, **arguments):
            self.read += len(page["messages"])
            self._tell()
            yield page

    def _ask(self, call: Call, **arguments: Any) -> Page:
        self._tell()
        while True:
            try:
                return dict(call(**arguments).data)
            except SlackApiError as error:
                seconds = limited_for(error)
                if seconds is None:
                    raise
                self._wait(seconds)

    def _wait(self, seconds: float) -> None:
        """As long as Slack wants, in steps that can be cancelled."""
        self._patience -= seconds
        if self._patience < 0:
            raise OutOfPatience
        while seconds > 0:
            self._tell()
            self._sleep(min(1.0, seconds))
            seconds -= 1.0

    def _tell(self) -> None:
        self._progress(f"Reading: {self.read:,} messages" if self.read else "Reading", 0.0)
