"""Readers: whether a person may read a channel that the bot is asked about from somewhere else."""

from __future__ import annotations

from slack_sdk import WebClient

from core import words
from core.cursor import pages
from core.errors import UserError
from core.slack import our_errors

# Direct messages are left out: nobody is told what another one wrote to the bot.
KINDS = "public_channel,private_channel,mpim"
MOST_AT_ONCE = 999  # Slack's limit: each page more takes of the three seconds


class Readers:
    """Asks Slack every time: who left a minute ago reads no more.

    It looks through the person's channels, not through the channel's people: of those there may be
    more than can be read in the time that Slack gives a request.
    """

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def admit(self, *, channel: str, user: str) -> None:
        """Raises UserError for somebody who is not in it, TransientError in passing."""
        with our_errors(missing_scope=words.NO_CHANNEL_ACCESS):
            theirs = pages(
                self._client.users_conversations, user=user, types=KINDS, limit=MOST_AT_ONCE
            )
            if not any(each["id"] == channel for page in theirs for each in page["channels"]):
                raise UserError(words.NOT_BOTH_IN)
