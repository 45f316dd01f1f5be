"""`Act`: who did what where; every door makes one of what Slack sent, and a `Source` beside it."""

from __future__ import annotations

from dataclasses import dataclass

from core.job import Surface


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Who did what where, the same for every door.

    `id` tells this act from every other one: a message's ts, or the trigger_id of a command.
    """

    team: str
    channel: str
    user: str
    id: str
    enterprise: str = ""
    thread: str = ""
    surface: Surface = Surface.THREAD
    response_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What to work on besides the text that was typed: a file, a thread, a message or a channel.

    `since` is the ts from which a channel is read, `until` the one where that ends, "" for now;
    `name` is what the answer is said to be of.
    """

    file: str = ""
    name: str = ""
    channel: str = ""
    thread: str = ""
    message: str = ""
    since: str = ""
    until: str = ""

    @property
    def given(self) -> bool:
        return bool(self.file or self.thread or self.message or self.since)
