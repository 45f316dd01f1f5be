"""A call: one Web API request after authentication, asking its arguments by name and type."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from local.refusal import Refusal
from local.shapes import Json
from local.slack import Slack
from local.workspace import Channel, User


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a method handler gets."""

    slack: Slack
    method: str
    arguments: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """A string argument."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """A string argument that must be there."""
        value = self.text(name)
        if not value:
            raise Refusal("invalid_arguments", messages=[f"missing required field: {name}"])
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean argument, in any of the spellings that clients use."""
        value = self.arguments.get(name)
        return default if value is None else str(value).lower() in ("1", "true", "t", "yes")

    def number(self, name: str, default: int, *, most: int = 1000) -> int:
        """A whole number within Slack's bounds."""
        try:
            value = int(self.text(name) or default)
        except ValueError:
            raise Refusal("invalid_arguments", messages=[f"must be a number: {name}"]) from None
        if not 0 < value <= most:
            raise Refusal("invalid_limit")
        return value

    def channel(self, name: str = "channel") -> Channel:
        """The conversation named, if the bot may know that it exists."""
        key = self.text(name)
        channel = self.slack.workspace.channels.get(key)
        if channel is None:
            raise Refusal("channel_not_found")
        if channel.kind != "public" and not self.slack.workspace.is_bot_in(channel):
            raise Refusal("channel_not_found")
        return channel

    def joined_channel(self, name: str = "channel") -> Channel:
        """The conversation named, of which the bot must be a member."""
        channel = self.channel(name)
        if not self.slack.workspace.is_bot_in(channel):
            raise Refusal("not_in_channel")
        return channel

    def message(self, channel: Channel, name: str = "ts") -> Json:
        """The message with this timestamp."""
        message = channel.find(self.text(name))
        if message is None or message.get("subtype") == "tombstone":
            raise Refusal("message_not_found")
        return message

    def user(self, name: str = "user") -> User:
        """The user named by id."""
        user = self.slack.workspace.users.get(self.text(name))
        if user is None:
            raise Refusal("user_not_found")
        return user

    def need_scope(self, channel: Channel, action: str) -> None:
        """Check the scope that reading this kind of conversation takes."""
        prefix = {"public": "channels", "private": "groups"}.get(channel.kind, channel.kind)
        self.slack.installation.check_scope(f"{prefix}:{action}")


Handler = Callable[[Call], Awaitable[Json]]


@dataclass(frozen=True, kw_only=True)
class Method:
    """How a method may be called: with which token and which of these scopes."""

    handler: Handler
    scopes: tuple[str, ...] = ()
    access: str = "bot"  # by which token: bot | app | none


def page(call: Call, items: list[Any], *, default: int = 100) -> tuple[list[Any], Json]:
    """One page of a list and the response_metadata that leads to the next."""
    limit = call.number("limit", default)
    cursor = call.text("cursor")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise Refusal("invalid_cursor")
    start = int(cursor.removeprefix("next:") or 0)
    more = start + limit < len(items)
    following = f"next:{start + limit}" if more else ""
    return items[start : start + limit], {"next_cursor": following}
