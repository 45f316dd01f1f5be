"""A pile of messages, sorted: people's to read, and what else there was, counted."""

from __future__ import annotations

from typing import Any

from skills.coverage import Coverage

Raw = dict[str, Any]
# What people write comes with one of these; every other subtype is a notice by Slack itself.
PEOPLE_WRITE = (None, "file_share", "thread_broadcast", "me_message")


class Pile:
    """Each message once, however often a page shows it; `bot` is who we are, by Slack's ids."""

    def __init__(self, *, bot: str, bot_id: str) -> None:
        self._bot = bot
        self._bot_id = bot_id
        self._seen: set[str] = set()
        self._kept: dict[str, Raw] = {}
        self._apps = 0
        self._deleted = 0
        self._files = 0

    def __len__(self) -> int:
        return len(self._kept) + self._apps

    def add(self, message: Raw) -> None:
        """Keep it, or count it."""
        ts = str(message.get("ts") or "")
        if ts in self._seen:
            return
        self._seen.add(ts)
        subtype = message.get("subtype")
        if subtype == "tombstone":
            self._deleted += 1
        elif self._is_between_us(message) or message.get("hidden"):
            return
        elif subtype == "bot_message" or message.get("bot_id"):
            self._apps += 1
        elif subtype in PEOPLE_WRITE and message.get("user"):
            self._kept[ts] = message
            files = message.get("files") or []
            self._files += sum(file.get("mode") != "tombstone" for file in files)

    def messages(self) -> list[Raw]:
        """What people wrote, oldest first."""
        return [self._kept[ts] for ts in sorted(self._kept, key=float)]

    def coverage(
        self,
        *,
        hidden: int = 0,
        beyond: int = 0,
        why: str = "",
        threads: int = 0,
        unread: str = "",
    ) -> Coverage:
        """What was read, with what the reader of the pages knows of the rest."""
        return Coverage(
            read=len(self._kept),
            files=self._files,
            apps=self._apps,
            deleted=self._deleted,
            hidden=hidden,
            beyond=beyond,
            why=why,
            threads=threads,
            unread=unread,
        )

    def _is_between_us(self, message: Raw) -> bool:
        """Whether we wrote it, or it was written to us."""
        ours = message.get("user") == self._bot or message.get("bot_id") == self._bot_id
        return ours or f"<@{self._bot}" in str(message.get("text") or "")
