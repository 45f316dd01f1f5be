"""`Act`: who did what where; every door makes one of what Slack sent."""

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
