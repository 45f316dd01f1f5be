"""Who may ask: members of the workspace, not guests and not people of another company."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core import words
from core.errors import UserError
from core.slack import our_errors, transient

REMEMBER_SECONDS = 3600.0
REFUSALS = {
    "user_not_found": words.GUEST,
    "user_not_visible": words.GUEST,
    "missing_scope": words.NO_PEOPLE_ACCESS,
}
OUTSIDERS = ("is_restricted", "is_ultra_restricted", "is_stranger")


class People:
    """Asks Slack once an hour a person; closed when it cannot know."""

    def __init__(self, client: WebClient, *, guests: bool) -> None:
        """`guests`: whether guests may ask, too; then nobody is looked up."""
        self._client = client
        self._guests = guests
        self._known: dict[str, float] = {}

    def admit(self, user: str) -> None:
        """Raises UserError for a guest, TransientError when Slack does not answer."""
        if self._guests or time.monotonic() - self._known.get(user, -REMEMBER_SECONDS) < (
            REMEMBER_SECONDS
        ):
            return
        with our_errors(**REFUSALS):
            person = self._client.users_info(user=user)["user"]
        if any(person.get(mark) for mark in OUTSIDERS):
            raise UserError(words.GUEST)
        self._known[user] = time.monotonic()

    def time_zone(self, user: str) -> str:
        """Where the person lives (IANA), UTC when Slack does not know; raises TransientError."""
        try:
            return str(self._client.users_info(user=user)["user"].get("tz") or "UTC")
        except (SlackApiError, OSError) as error:
            if passing := transient(error):
                raise passing from error
            return "UTC"

    def clock(self, user: str) -> datetime:
        """What time it is where the person lives; raises TransientError."""
        try:
            return datetime.now(ZoneInfo(self.time_zone(user)))
        except (ZoneInfoNotFoundError, ValueError):
            return datetime.now(UTC)
