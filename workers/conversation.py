"""Conversations: a thread, or what was written in a channel in some time, as input for a skill.

Slack's history of a channel has no replies, and a thread that is still going on may have begun long
before: so the threads of the time are read one by one, and those looked for that began up to a
month earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core import words
from core.errors import UserError
from core.job import Job, Surface
from core.slack import error_code, has_outsiders
from skills.coverage import Coverage
from skills.skill import Message, Progress
from workers.names import Names
from workers.pages import OutOfPatience, Pages
from workers.permalink import permalink
from workers.pile import Pile, Raw

MOST_MESSAGES = 5_000
MOST_THREADS = 300
LOOK_BACK_SECONDS, LOOK_BACK_PAGES = 30 * 86_400.0, 5
GONE = ("thread_not_found", "message_not_found")
LIMITED = "because Slack let me read no more for now"


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """What people said, oldest first, and how much of all that was."""

    messages: tuple[Message, ...]
    coverage: Coverage

    @property
    def has_words(self) -> bool:
        """Whether anybody wrote something beside files."""
        return any(each.text for each in self.messages)


class Conversations:
    """Reads with one client, which must leave Slack's limits to `Pages`."""

    def __init__(
        self,
        *,
        client: WebClient,
        names: Names,
        most: int = MOST_MESSAGES,
        pages: Callable[[Progress], Pages] = Pages,
    ) -> None:
        self._client = client
        self._names = names
        self._most = most
        self._pages = pages

    def read(self, job: Job, progress: Progress) -> Conversation:
        """The thread, or the time in a channel, that a job is about.

        Raises UserError for one that may not be read, and as Slack's client.
        """
        if job.surface is Surface.CHANNEL:
            self._admit(job.source_channel)
        own = self._client.auth_test()
        reading = Reading(
            client=self._client,
            channel=job.source_channel,
            pile=Pile(bot=own["user_id"], bot_id=own.get("bot_id") or ""),
            pages=self._pages(progress),
            most=self._most,
        )
        if job.source_since:
            coverage = reading.time(since=job.source_since, until=job.source_until)
            zone: tzinfo | None = self._names.timezone(job.user)
        else:
            coverage, zone = reading.thread(job.source_thread), None
        messages = tuple(
            self._as_message(each, job.source_channel, url=own["url"], zone=zone)
            for each in reading.pile.messages()
        )
        return Conversation(messages=messages, coverage=coverage)

    def _admit(self, channel: str) -> None:
        """Raises UserError where outsiders read along: nobody asked the bot just now."""
        if has_outsiders(self._client.conversations_info(channel=channel)["channel"]):
            raise UserError(words.EXTERNAL)

    def _as_message(self, message: Raw, channel: str, *, url: str, zone: tzinfo | None) -> Message:
        ts = str(message["ts"])
        thread = str(message.get("thread_ts") or ts)
        return Message(
            author=self._names.of(message["user"]),
            text=self._names.plain(message),
            ts=ts,
            link=permalink(url, channel, ts, thread),
            thread=thread,
            when=f"{datetime.fromtimestamp(float(ts), zone):%-d %b, %H:%M}" if zone else "",
            mentions=self._names.mentioned(str(message.get("text") or "")),
        )


@dataclass(kw_only=True)
class Reading:
    """One conversation being read."""

    client: WebClient
    channel: str
    pile: Pile
    pages: Pages
    most: int
    limited: bool = False

    def thread(self, ts: str) -> Coverage:
        """All of a thread, from its beginning."""
        replies, seen = self._replies(ts)
        missing = max(0, replies - seen)
        if self.limited:
            return self.pile.coverage(beyond=missing, why=LIMITED)
        if self.full and missing:
            return self.pile.coverage(beyond=missing, why=f"after the first {self.most:,}")
        return self.pile.coverage(hidden=missing)

    def time(self, *, since: str, until: str = "") -> Coverage:
        """What was written in a channel after `since`, threads included, from the latest on."""
        bounds = {"oldest": since, **({"latest": until} if until else {})}
        roots = self._history(bounds)
        if not (self.full or self.limited):
            roots += self._still_going_on(since)
        roots.sort(key=lambda each: float(each["latest_reply"]), reverse=True)
        threads = 0
        for root in roots[:MOST_THREADS]:
            if self.full or self.limited:
                break
            self._replies(root["ts"], **bounds)
            threads += 1
        return self.pile.coverage(threads=threads, unread=self._unread(threads, len(roots)))

    def _unread(self, threads: int, roots: int) -> str:
        """What of the time was left, without a number: nobody counted it."""
        if self.limited:
            return f"the rest, {LIMITED}"
        if self.full:
            return f"what there is beside {self.most:,} messages, the most that I read"
        return f"{roots - threads:,} older threads" if threads < roots else ""

    @property
    def full(self) -> bool:
        """Whether as many messages are read as ever are."""
        return len(self.pile) >= self.most

    def _history(self, bounds: dict[str, str]) -> list[Raw]:
        """Add what stands in the channel; the messages that threads hang on."""
        roots: list[Raw] = []
        try:
            for page in self.pages.of(
                self.client.conversations_history, channel=self.channel, inclusive=True, **bounds
            ):
                for message in page["messages"]:
                    self.pile.add(message)
                    if _has_thread(message):
                        roots.append(message)
                if self.full:
                    break
        except OutOfPatience:
            self.limited = True
        return roots

    def _still_going_on(self, since: str) -> list[Raw]:
        """The messages before `since` whose threads went on after it."""
        roots: list[Raw] = []
        earliest = float(since) - LOOK_BACK_SECONDS
        try:
            for number, page in enumerate(
                self.pages.of(
                    self.client.conversations_history,
                    channel=self.channel,
                    latest=since,
                    oldest=f"{earliest:.6f}",
                ),
                start=1,
            ):
                roots += [
                    each
                    for each in page["messages"]
                    if _has_thread(each) and float(each["latest_reply"]) > float(since)
                ]
                if number == LOOK_BACK_PAGES:
                    break
        except OutOfPatience:
            self.limited = True
        return roots

    def _replies(self, ts: str, **bounds: Any) -> tuple[int, int]:
        """Add a thread; how many replies Slack counts and how many it showed.

        With bounds its first message counts only where it lies in them.
        """
        oldest = float(bounds.get("oldest") or 0)
        counted, shown = 0, set[str]()
        try:
            for page in self.pages.of(
                self.client.conversations_replies, channel=self.channel, ts=ts, **bounds
            ):
                for message in page["messages"]:
                    if message["ts"] == ts:
                        counted = int(message.get("reply_count") or 0)
                    else:
                        shown.add(message["ts"])
                    if float(message["ts"]) >= oldest:
                        self.pile.add(message)
                if self.full:
                    break
        except OutOfPatience:
            self.limited = True
        except SlackApiError as error:
            if not bounds or error_code(error) not in GONE:
                raise  # of a channel's threads, one may be deleted meanwhile
        return counted, len(shown)


def _has_thread(message: Raw) -> bool:
    """Whether it is the first message of a thread."""
    begins = message.get("thread_ts", message.get("ts")) == message.get("ts")
    return bool(begins and message.get("reply_count") and message.get("latest_reply"))
