"""`ChannelSettings`: what a channel has chosen, shown to its members and changed by them.

Whoever works in the channel is told of every change, there: rules and redaction concern them.
"""

from __future__ import annotations

import time
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import settings_form
from bot.forms import open_form
from bot.gate import Gate
from bot.people import People
from core import preferences, words
from core.audit import Audit
from core.blocks import Post, ours
from core.errors import UserError
from core.log import logger
from core.markup import escape
from core.policy import Policy
from core.preferences import Preferences
from core.records import Records

log = logger("bot")


class ChannelSettings:
    """Opens the form and saves it."""

    def __init__(
        self,
        *,
        records: Records,
        gate: Gate,
        people: People,
        policy: Policy,
        audit: Audit,
        punctual: WebClient,
        client: WebClient,
        executor: Executor,
    ) -> None:
        """`punctual` asks while Slack waits; `client` speaks in channels later, by `executor`."""
        self._records = records
        self._gate = gate
        self._people = people
        self._policy = policy
        self._audit = audit
        self._punctual = punctual
        self._client = client
        self._executor = executor

    def open(self, *, team: str, channel: str, user: str, trigger: str) -> None:
        """Show the form; raises UserError where, or to whom, there is none."""
        self._admit(channel=channel, user=user)
        chosen = preferences.read(self._records, team=team, channel=channel)
        view = settings_form.view(chosen, channel=channel)
        open_form(self._punctual, view, trigger=trigger)

    def save(self, *, team: str, channel: str, user: str, form: dict[str, Any]) -> dict[str, str]:
        """Keep what was changed and tell the channel; what is wrong with it, by field."""
        self._admit(channel=channel, user=user)
        before = preferences.read(self._records, team=team, channel=channel)
        chosen, errors = settings_form.read(form, before)
        if (
            chosen.alerts
            and chosen.alerts != before.alerts
            and (wrong := self._deaf(chosen.alerts))
        ):
            errors["alerts"] = wrong
        if chosen.digest != "off" and (wrong := self._no_digest(channel, user)):
            errors["digest"] = wrong
        if errors:
            return errors
        if (chosen.digest, chosen.digest_hour) != (before.digest, before.digest_hour):
            zone = self._people.time_zone(user)
            chosen = replace(
                chosen, digest_by=user, digest_timezone=zone, digest_chosen=time.time()
            )
        if chosen != before:
            preferences.write(self._records, chosen, team=team, channel=channel, person=user)
            self._audit.changed_settings(team=team, channel=channel, user=user)
            self._executor.submit(self._tell, channel, changed(chosen, user=user))
        return {}

    def _admit(self, *, channel: str, user: str) -> None:
        if channel.startswith("D"):
            raise UserError(words.SETTINGS_OF_CHANNELS)
        if not self._gate.admit(channel=channel, user=user).member:
            raise UserError(words.SETTINGS_NEED_ME)
        self._policy.admit_settings(channel=channel, user=user)

    def _deaf(self, channel: str) -> str:
        """Why a channel cannot be told of alerts; "" when it can."""
        try:
            place = self._gate.look(channel)
        except UserError as error:
            return str(error)
        if place.external:
            return words.EXTERNAL
        return "" if place.member else words.INVITE_THERE

    def _no_digest(self, channel: str, user: str) -> str:
        """Why there can be no digest of a channel; "" when there can. It is a summary."""
        try:
            self._policy.admit(skill="summarize", channel=channel, user=user)
        except UserError as error:
            return str(error)
        return ""

    def _tell(self, channel: str, post: Post) -> None:
        try:
            self._client.chat_postMessage(
                channel=channel, text=post.text, blocks=post.blocks,
                unfurl_links=False, unfurl_media=False,
            )  # fmt: skip
        except (SlackApiError, OSError) as error:
            log.warning("change of settings not told", error=type(error).__name__)


def changed(chosen: Preferences, *, user: str) -> Post:
    """What holds in the channel from now on, in words."""
    lines = [f"*<@{user}> changed the settings of this channel.*"]
    lines.append(f"•  Recordings: {settings_form.REDACT.get(chosen.redact, chosen.redact)}")
    rules = chosen.rules.splitlines()
    lines.append(f"•  Rules that calls should keep: {len(rules) or 'none'}")
    lines += [f"        ◦  {escape(rule)}" for rule in rules]
    if rules:
        place = f"<#{chosen.alerts}>" if chosen.alerts else "none"
        lines.append(f"•  Channel for alerts: {place}")
    digest = settings_form.DIGEST.get(chosen.digest, chosen.digest)
    if chosen.digest != "off":
        digest += f" at {chosen.digest_hour:02}:00 ({escape(chosen.digest_timezone)})"
    lines.append(f"•  Digest of this channel: {digest}")
    return ours("\n".join(lines))
