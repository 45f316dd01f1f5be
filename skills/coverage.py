"""`Coverage`: how much of a conversation was read, counted as people count it in Slack.

Not counted at all are Slack's own notices ("Ada joined"), what this app wrote and what was written
to it: they are no part of what people said to each other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """`read` are people's messages; `files` those in them, which are not opened.

    `apps` are messages by other apps, `hidden` those that Slack counts and does not show, `beyond`
    those that there was no room or time for, with `why`. `deleted` are gone and count for nothing.
    `threads` is how many threads were read, in a channel; `unread` names the rest of it that nobody
    counted.
    """

    read: int
    files: int = 0
    apps: int = 0
    hidden: int = 0
    beyond: int = 0
    deleted: int = 0
    why: str = ""
    threads: int = 0
    unread: str = ""

    @property
    def total(self) -> int:
        """All messages that are there."""
        return self.read + self.apps + self.hidden + self.beyond

    def in_words(self, *, people: int) -> str:
        """ "8 of 9 messages by 3 people, 2 files not read (left out: 1 by an app; deleted: 1)" """
        by = "one person" if people == 1 else f"{people:,} people"
        noun = "message" if self.total == 1 else "messages"
        more = "more than " if self.unread else ""
        said = f"{self.read:,} of {more}{self.total:,} {noun} by {by}"
        if self.threads:
            said += f", {self.threads:,} {'thread' if self.threads == 1 else 'threads'} included"
        if self.files:
            said += f", {self.files:,} {'file' if self.files == 1 else 'files'} not read"
        left_out = ", ".join(self._left_out())
        details = [f"left out: {left_out}"] if left_out else []
        details += [f"deleted: {self.deleted:,}"] if self.deleted else []
        return f"{said} ({'; '.join(details)})" if details else said

    def _left_out(self) -> list[str]:
        parts = []
        if self.apps:
            parts.append("1 by an app" if self.apps == 1 else f"{self.apps:,} by apps")
        if self.hidden:
            parts.append(f"{self.hidden:,} that Slack does not show")
        if self.beyond:
            parts.append(f"{self.beyond:,} {self.why}".strip())
        if self.unread:
            parts.append(self.unread)
        return parts
