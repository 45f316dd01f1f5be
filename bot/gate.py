"""The gate: whether a person may ask something in a channel; each door asks it first."""

from __future__ import annotations

from datetime import datetime

from bot.channels import Channel, Channels
from bot.people import People
from bot.readers import Readers
from core import words
from core.errors import UserError


class Gate:
    """Both questions in one: who asks, and where."""

    def __init__(self, *, channels: Channels, people: People, readers: Readers) -> None:
        self._channels = channels
        self._people = people
        self._readers = readers

    def admit(self, *, channel: str, user: str) -> Channel:
        """What the bot may do in the channel.

        Raises UserError for a guest and for a channel shared with another company, TransientError
        when Slack does not answer in time.
        """
        self._people.admit(user)
        return self._channels.admit(channel)

    def look(self, channel: str) -> Channel:
        """What the bot may do in a channel that nobody asks in; raises as `admit` does."""
        return self._channels.look(channel)

    def admit_reader(self, *, channel: str, user: str) -> Channel:
        """What is known of a channel that a person asks about from elsewhere.

        Raises UserError unless both of them are in it; who is not learns nothing about it.
        """
        found = self._channels.look(channel)
        if not found.member:
            raise UserError(words.NOT_BOTH_IN)
        self._readers.admit(channel=channel, user=user)
        return self._channels.admit(channel)

    def find_message(self, channel: str, *, ts: str, thread: str) -> None:
        """Raises UserError when there is no such message: nothing may be posted under it."""
        self._channels.find_message(channel, ts=ts, thread=thread)

    def clock(self, user: str) -> datetime:
        """What time it is where a person lives; raises TransientError."""
        return self._people.clock(user)

    def admit_person(self, user: str) -> None:
        """For doors whose events say themselves whether the channel is shared."""
        self._people.admit(user)
