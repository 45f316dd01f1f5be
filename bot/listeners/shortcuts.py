"""Message shortcuts: the skills that declare one, on any message, also in a thread."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot import parse
from bot.act import Act, enterprise_of, team_of
from bot.desk import Desk
from bot.gate import Gate
from bot.source import Source
from core import words
from core.errors import UserError
from core.job import Surface
from core.markup import unformat
from skills.kinds import taken_of
from skills.skill import Skill


def register(app: App, *, desk: Desk, gate: Gate) -> None:
    """One listener a skill with a shortcut; its callback_id is the skill's name."""
    for skill in desk.catalog.values():
        if skill.shortcut:
            app.message_shortcut(skill.name)(_listener(skill, desk, gate))


def _listener(skill: Skill[Any], desk: Desk, gate: Gate) -> Any:
    def on_shortcut(ack: Ack, shortcut: dict[str, Any]) -> None:
        place = gate.admit(channel=shortcut["channel"]["id"], user=shortcut["user"]["id"])
        member = place.member
        act = _act(shortcut, member=member)
        desk.take(skill, act, *_what(skill, shortcut, member=member))
        ack()

    return on_shortcut


def _what(
    skill: Skill[Any], shortcut: dict[str, Any], *, member: bool
) -> tuple[parse.Asked, Source]:
    """The thread for a skill that reads threads, else the message's file or, without one that the
    skill takes, its text: the words beside a file are hardly what is meant."""
    message = shortcut["message"]
    channel = shortcut["channel"]["id"]
    if skill.takes_thread:
        if not member:
            raise UserError(words.NO_HISTORY)
        return parse.Asked(), Source(
            channel=channel, thread=message.get("thread_ts") or message["ts"]
        )
    text = unformat(message.get("text") or "").strip()
    if text and not taken_of(message.get("files") or [], skill.takes_files):
        return parse.Asked(text=text), Source()
    return parse.Asked(), Source(channel=channel, message=message["ts"], thread=_thread(message))


def _thread(message: dict[str, Any]) -> str:
    return str(message.get("thread_ts") or message["ts"])


def _act(shortcut: dict[str, Any], *, member: bool) -> Act:
    return Act(
        team=team_of(shortcut),
        enterprise=enterprise_of(shortcut),
        channel=shortcut["channel"]["id"],
        user=shortcut["user"]["id"],
        id=shortcut["trigger_id"],
        thread=_thread(shortcut["message"]) if member else "",
        surface=Surface.THREAD if member else Surface.PRIVATE,
        response_url=shortcut.get("response_url", ""),
    )
