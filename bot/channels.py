"""What the bot may do in a channel: whether it is a member, and whether outsiders read along."""

from __future__ import annotations

import time
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core import words
from core.errors import UserError
from core.slack import NOT_READ, error_code, has_outsiders, our_errors

REMEMBER_SECONDS = 300.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """`member`: the bot is in it; `external`: it is shared with another company.

    `name` is what people call it, "" where Slack does not say.
    """

    member: bool
    external: bool
    name: str = ""


class Channels:
    """Asks Slack once in five minutes a channel; every time where the bot is no member."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._known: dict[str, tuple[float, Channel]] = {}

    def look(self, channel: str) -> Channel:
        """Raises UserError when the app lacks the permission to know, TransientError in passing."""
        seen = self._known.get(channel)
        if seen and time.monotonic() - seen[0] < REMEMBER_SECONDS:
            return seen[1]
        found = self._ask(channel)
        if found.member:
            self._known[channel] = (time.monotonic(), found)
        return found

    def admit(self, channel: str) -> Channel:
        """Like `look`, and raises UserError for a channel shared with another company."""
        found = self.look(channel)
        if found.external:
            raise UserError(words.EXTERNAL)
        return found

    def find_message(self, channel: str, *, ts: str, thread: str) -> None:
        """Raises UserError when a link leads to no message, TransientError in passing."""
        with our_errors(**NOT_READ):
            found = self._client.conversations_replies(
                channel=channel, ts=thread, oldest=ts, latest=ts, inclusive=True, limit=2
            )["messages"]
        if all(message.get("ts") != ts for message in found):
            raise UserError(words.UNKNOWN_LINK)

    def _ask(self, channel: str) -> Channel:
        try:
            with our_errors(missing_scope=words.NO_CHANNEL_ACCESS):
                info = self._client.conversations_info(channel=channel)["channel"]
        except SlackApiError as error:
            if error_code(error) in ("channel_not_found", "not_in_channel"):
                return Channel(member=False, external=False)  # private, and the bot is not in it
            raise
        return Channel(
            member=bool(info.get("is_member") or info.get("is_im")),
            external=has_outsiders(info),
            name="" if info.get("is_mpim") else str(info.get("name") or ""),
        )
