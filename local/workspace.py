"""The workspace's state: people, conversations and their messages, with no rule about who may."""

import time
from dataclasses import dataclass, field
from typing import Literal

from local.ids import Ids
from local.shapes import Json

Kind = Literal["public", "private", "im", "mpim"]


@dataclass(frozen=True, kw_only=True)
class User:
    """A person, or the bot user of the app."""

    id: str
    name: str
    real_name: str
    is_bot: bool = False
    locale: str = "en-US"
    is_restricted: bool = False
    is_stranger: bool = False


@dataclass(kw_only=True)
class Channel:
    """A conversation of any kind; messages are Slack message objects in posting order."""

    id: str
    name: str
    kind: Kind
    creator: str
    members: list[str] = field(default_factory=list)
    is_ext_shared: bool = False
    is_archived: bool = False
    topic: str = ""
    purpose: str = ""
    created: int = field(default_factory=lambda: int(time.time()))
    messages: list[Json] = field(default_factory=list)

    @property
    def channel_type(self) -> str:
        """The word that message events use."""
        return {"public": "channel", "private": "group"}.get(self.kind, self.kind)

    def find(self, ts: str) -> Json | None:
        """The message with this timestamp; searched from the newest, where it usually is."""
        return next((message for message in reversed(self.messages) if message["ts"] == ts), None)

    def thread(self, ts: str) -> list[Json]:
        """The parent and its replies, oldest first."""
        return [m for m in self.messages if m["ts"] == ts or m.get("thread_ts") == ts]


@dataclass(frozen=True, kw_only=True)
class Team:
    """The workspace's own identity."""

    id: str
    name: str
    domain: str


class Workspace:
    """Everything people see, except files and views, which have files of their own."""

    def __init__(self, ids: Ids, *, bot_name: str) -> None:
        self.ids = ids
        self.team = Team(id=ids.fixed("T", "acme"), name="Acme", domain="acme")
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[Json] = []
        self.bot = self._default_user(bot_name.lower().replace(" ", "_"), bot_name, is_bot=True)
        for name, real_name in (
            ("ada", "Ada Lovelace"),
            ("grace", "Grace Hopper"),
            ("linus", "Linus Pauling"),
        ):
            self._default_user(name, real_name)
        people = [user.id for user in self.users.values() if not user.is_bot]
        for name in ("general", "support", "marketing"):
            self.add_channel(name, members=[*people, self.bot.id], id=ids.fixed("C", name))
        self.add_channel("random", members=people, id=ids.fixed("C", "random"))
        for person in people:
            self.direct_message([person, self.bot.id])

    def _default_user(self, name: str, real_name: str, *, is_bot: bool = False) -> User:
        key = "bot" if is_bot else name
        user = User(id=self.ids.fixed("U", key), name=name, real_name=real_name, is_bot=is_bot)
        self.users[user.id] = user
        return user

    def add_user(
        self, name: str, *, real_name: str = "", locale: str = "en-US", is_restricted: bool = False
    ) -> User:
        """A new person, with a direct message to the bot as every member has."""
        user = User(
            id=self.ids.new("U"),
            name=name,
            real_name=real_name or name.title(),
            locale=locale,
            is_restricted=is_restricted,
        )
        self.users[user.id] = user
        self.direct_message([user.id, self.bot.id])
        return user

    def add_channel(
        self,
        name: str,
        *,
        members: list[str],
        kind: Kind = "public",
        id: str = "",
        is_ext_shared: bool = False,
    ) -> Channel:
        """A new conversation; its first member counts as its creator."""
        channel = Channel(
            id=id or self.ids.new("C"),
            name=name,
            kind=kind,
            creator=members[0] if members else "",
            members=list(members),
            is_ext_shared=is_ext_shared,
        )
        self.channels[channel.id] = channel
        return channel

    def direct_message(self, members: list[str]) -> Channel:
        """The one conversation between exactly these people, opened if it was not there."""
        kind: Kind = "im" if len(members) == 2 else "mpim"
        for channel in self.channels.values():
            if channel.kind == kind and set(channel.members) == set(members):
                return channel
        names = sorted(self.users[member].name for member in members)
        name = "" if kind == "im" else "mpdm-" + "--".join(names) + "-1"
        prefix, key = ("D", "-".join(names)) if kind == "im" else ("C", name)
        return self.add_channel(name, members=members, kind=kind, id=self.ids.fixed(prefix, key))

    def user(self, key: str) -> User | None:
        """A user by id or by name, with or without the @."""
        wanted = key.lstrip("@")
        found = self.users.get(wanted)
        return found or next((u for u in self.users.values() if u.name == wanted), None)

    def channel(self, key: str) -> Channel | None:
        """A conversation by id or by name, with or without the #."""
        wanted = key.lstrip("#")
        found = self.channels.get(wanted)
        named = (c for c in self.channels.values() if c.name and c.name == wanted)
        return found or next(named, None)

    def is_bot_in(self, channel: Channel) -> bool:
        """Whether the app's bot user is a member, which decides most of what it may do."""
        return self.bot.id in channel.members
