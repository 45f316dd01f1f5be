"""`Source`: what a request works on besides its own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.channels import Channel
from bot.parse import Asked
from core import words
from core.errors import UserError
from skills.skill import Skill


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


def source_of(
    skill: Skill[Any],
    asked: Asked,
    channel: str,
    *,
    clock: Callable[[], datetime],
    abroad: bool = False,
) -> Source:
    """What a link or a channel given as the argument means to this skill.

    Raises UserError for one that leads into another channel, whose readers are not this channel's.
    A door that says `abroad` asks the gate about the reader, and shows the answer to nobody else.
    `clock` tells the time where the asker lives.
    """
    link, period = asked.link, asked.period
    there = link.channel if link else period.channel if period else ""
    if there and there != channel and not (abroad and skill.takes_channel):
        raise UserError(words.OTHER_CHANNEL_HERE if skill.takes_channel else words.OTHER_CHANNEL)
    if period is not None:
        since, until = period.bounds(clock)
        return Source(
            channel=there or channel,
            since=f"{since:.6f}",
            until=f"{until:.6f}" if until else "",
            name=f"this channel, {period.name}",
        )
    if link is None:
        return Source()
    of_a_file = any(option.of_files and option.name in asked.options for option in skill.options)
    if skill.takes_thread and link.thread == link.ts and not of_a_file:
        return Source(channel=link.channel, thread=link.thread)
    return Source(channel=link.channel, message=link.ts, thread=link.thread)


def named(source: Source, there: Channel) -> Source:
    """A source in another channel, with what people call that."""
    where = f"#{there.name}" if there.name else "that conversation"
    what = "message" if source.message else "thread"
    name = source.name.replace("this channel", where) or f"a {what} in {where}"
    return replace(source, name=name)
