"""Slash commands: `/NAME text` of every skill, and `/readymade` for help, status and settings."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot import naming, parse
from bot.act import Act
from bot.channel_settings import ChannelSettings
from bot.desk import Desk
from bot.forgetting import Forgetter
from bot.gate import Gate
from bot.help import Help
from bot.problems import answer, ephemeral
from bot.source import named, source_of
from bot.status import Status
from core import words
from core.blocks import Post
from core.errors import UserError
from core.job import Surface
from skills.skill import Skill


def register(
    app: App,
    *,
    desk: Desk,
    gate: Gate,
    status: Status,
    settings: ChannelSettings,
    forgetter: Forgetter,
    help: Help,
    executor: Executor,
) -> None:
    """One listener a skill, and one for the bot itself, whose longer answers `executor` gives."""
    for skill in desk.catalog.values():
        app.command(f"/{skill.name}")(_listener(skill, desk, gate, help))

    @app.command("/readymade")
    def on_readymade(ack: Ack, command: dict[str, Any]) -> None:
        word, _ = naming.first_word(command.get("text") or "")
        counted: dict[str, Callable[[], Post]] = {  # these look at every row in Redis
            "status": status.report,
            "forget": lambda: forgetter.forget_person(
                team=command["team_id"], user=command["user_id"]
            ),
        }
        if word in counted:
            executor.submit(answer, command["response_url"], counted[word])
            ack()
        elif word == "settings":
            settings.open(
                team=command["team_id"],
                channel=command["channel_id"],
                user=command["user_id"],
                trigger=command["trigger_id"],
            )
            ack()
        else:
            ack(**ephemeral(help.all() if word in ("", "help") else status.unknown(word)))


def _listener(skill: Skill[Any], desk: Desk, gate: Gate, help: Help) -> Any:
    def on_command(ack: Ack, command: dict[str, Any]) -> None:
        if naming.asks_for_help(command.get("text") or ""):
            ack(**ephemeral(help.of(skill)))
            return
        asked = parse.ask(skill, command.get("text") or "")
        place = gate.admit(channel=command["channel_id"], user=command["user_id"])
        clock = partial(gate.clock, command["user_id"])
        source = source_of(skill, asked, command["channel_id"], clock=clock, abroad=True)
        abroad = source.channel not in ("", command["channel_id"])
        if abroad:
            there = gate.admit_reader(channel=source.channel, user=command["user_id"])
            source = named(source, there)
        elif source.since and not place.member:
            raise UserError(words.NO_HISTORY)
        act = _act(command, asked, public=place.member and not abroad)
        if asked.link and (place.member or abroad):
            gate.find_message(source.channel, ts=asked.link.ts, thread=asked.link.thread)
        desk.take(skill, act, asked, source)
        ack(words.UNDER_LINK if act.thread else "")

    return on_command


def _act(command: dict[str, Any], asked: parse.Asked, *, public: bool) -> Act:
    private = asked.private or not public
    return Act(
        team=command["team_id"],
        enterprise=command.get("enterprise_id") or "",
        channel=command["channel_id"],
        user=command["user_id"],
        id=command["trigger_id"],
        thread=asked.link.thread if asked.link and not private else "",
        surface=Surface.PRIVATE if private else Surface.THREAD,
        response_url=command["response_url"],
    )
