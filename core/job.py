"""`Job`: the one message that crosses the queue, made of plain values only.

It holds ids and options, never bytes, tokens, objects or what people wrote. What must travel
(a command's text, a response_url) is `Content`, which the ledger stores encrypted and forgets
when the job closes.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field, fields
from enum import StrEnum
from uuid import uuid4

QUEUES = ("text", "speech", "vision", "train")  # kinds of work: a worker may do some of them only
FETCHED = "/fetched"  # ends the lanes of jobs whose input is not there yet
AMENDED = "/amended"  # and of those that change an answer which is kept
AMENDING = "text"  # their queue, whatever the skill's: they need no model


class Surface(StrEnum):
    """Where the answer is shown."""

    THREAD = "thread"  # a message in a thread: everyone in the channel reads it
    CHANNEL = "channel"  # a message of its own; nobody asked just now, so nothing else is said
    PRIVATE = "private"  # ephemeral, through the response_url: only the person reads it


def key_of(*parts: str) -> str:
    """The idempotency key of one act: the same act gives the same key, whatever door told us."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One request for one skill.

    `thread` is the ts that the answer's thread hangs on; empty when the bot has to post a parent
    first (a slash command has none). `source_thread` is the ts of the thread to read as input,
    `source_message` of a single message to read as input; both empty for a text or a file. With
    `source_since`, what was written in the channel after that ts is read, up to `source_until`.
    `lane` groups jobs that can share one forward pass (see `Skill.lane`), those with an input to
    fetch (a file, a thread) apart from the others: `FETCHED` ends its name. `amends` is the id of
    the job whose answer, the message with the ts `message`, is to be changed; empty for a new one.
    `with_options` says that options were typed, which are in its `Content` alone; `with_private`
    says that --private was. `asked` is when, in seconds since 1970.
    """

    key: str
    skill: str
    queue: str
    lane: str
    team: str
    channel: str
    user: str
    enterprise: str = ""
    thread: str = ""
    file: str = ""
    source_channel: str = ""
    source_thread: str = ""
    source_message: str = ""
    source_since: str = ""
    source_until: str = ""
    amends: str = ""
    message: str = ""
    with_options: bool = False
    with_private: bool = False
    surface: Surface = Surface.THREAD
    asked: float = field(default_factory=time.time)
    id: str = field(default_factory=lambda: uuid4().hex)

    def dumps(self) -> str:
        """The job as JSON; contains no text that a person wrote."""
        return json.dumps(_plain(self), separators=(",", ":"), sort_keys=True)

    @classmethod
    def loads(cls, data: str | bytes) -> Job:
        """The job that `dumps` wrote."""
        known = {each.name for each in fields(cls)}  # a newer bot may have written more
        values = {name: value for name, value in json.loads(data).items() if name in known}
        return cls(**{**values, "surface": Surface(values["surface"])})


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What a person wrote or may see, stored encrypted only.

    `subject` is what the answer is about, as shown above it: a file's name. `options` are words
    that the person typed, too. With `discreet` the text is shown to nobody else.
    """

    text: str = ""
    subject: str = ""
    response_url: str = ""
    options: dict[str, str] = field(default_factory=dict)
    discreet: bool = False

    def dumps(self) -> bytes:
        return json.dumps(_plain(self)).encode()

    @classmethod
    def loads(cls, data: bytes) -> Content:
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in json.loads(data).items() if name in known})


def _plain(message: Job | Content) -> dict[str, object]:
    """Its fields; `asdict` would copy each value, which takes longer than the JSON."""
    return {name: getattr(message, name) for name in message.__slots__}
