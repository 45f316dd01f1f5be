"""Names: what colleagues call a person, asked of Slack once."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core.markup import unformat

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|([^>]*))?>")
ID = re.compile(r"(?<![\w@])@([UW][A-Z0-9]{7,14})\b")


class Names:
    """Remembers names for as long as the process runs."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._known: dict[str, str] = {}

    def of(self, user: str) -> str:
        """A person's name; the id when Slack does not tell."""
        if user not in self._known:
            try:
                about = self._client.users_info(user=user)["user"]
            except SlackApiError:
                return user
            profile = about.get("profile", {})
            names = (profile.get("display_name"), about.get("real_name"), about.get("name"))
            self._known[user] = next((name for name in names if name), user)
        return self._known[user]

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The names of the people whom a message's text mentions, as `plain` writes them."""
        return tuple(label or self.of(user) for user, label in MENTION.findall(text))

    def named(self, text: str) -> str:
        """A text with names in the place of the ids that Slack made of them in a command."""
        return ID.sub(lambda found: f"@{self.of(found[1])}", text)

    def plain(self, message: dict[str, Any]) -> str:
        """What a message says, as people read it."""
        return unformat(str(message.get("text") or ""), name_of=self.of).strip()

    def timezone(self, user: str) -> tzinfo:
        """Where a person's clock goes; UTC when Slack does not tell."""
        try:
            return ZoneInfo(str(self._client.users_info(user=user)["user"].get("tz") or "UTC"))
        except (SlackApiError, ZoneInfoNotFoundError, ValueError):
            return UTC
