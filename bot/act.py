"""`Act`: who did what where; every door makes one of what Slack sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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


def team_of(body: dict[str, Any]) -> str:
    """The workspace of a shortcut, a button or a form; its person's, where Slack names none."""
    return str((body.get("team") or {}).get("id") or body["user"].get("team_id", ""))


def enterprise_of(body: dict[str, Any]) -> str:
    """The organization of the same, "" for none."""
    return str((body.get("enterprise") or {}).get("id", ""))
