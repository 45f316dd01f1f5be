"""The oracle: reads local Slack, Redis and the disk, and says in sentences what must not be."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from core import words
from core.scripts import PREFIX
from local.installation import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN, DEFAULT_SIGNING_SECRET
from local.shapes import Json
from local.stage import finished
from local.transcript import visible_text
from tests.faults.fleet import FaultyFleet
from tests.faults.people import SECRET, Done
from tests.faults.schedule import MODEL

FINAL = {b"done", b"refused", b"failed", b"cancelled"}
IDLE_SECONDS = 90.0
APOLOGY = words.apology("x" * 8)[:40]


class Oracle:
    """Judges what a fleet did."""

    def __init__(self, fleet: FaultyFleet) -> None:
        self._fleet = fleet
        self._workspace = fleet.workspace
        self.endings: Counter[str] = Counter()

    def wait_until_idle(self, *, seconds: float = IDLE_SECONDS) -> list[str]:
        """Until every event is told, every row is final and every folder gone; else what is not."""
        deadline = time.monotonic() + seconds
        while unrest := self._unrest():
            if time.monotonic() > deadline:
                return [f"not idle after {seconds:.0f} s: {unrest}"]
            time.sleep(0.2)
        return []

    def _unrest(self) -> str:
        deliveries = self._workspace.log()["deliveries"]
        told = [each["id"] for each in deliveries if not each["finished"]]
        if told:
            return f"{len(told)} deliveries under way"
        if rows := self.open_rows():
            return f"rows not final: {rows}"
        folders = [*(self._fleet.folder / "tmp").glob("*/*/")]
        return f"temporary folders left: {len(folders)}" if folders else ""

    def open_rows(self) -> dict[str, int]:
        """States that are not final, counted; each also with its attempts."""
        with self._fleet.redis.client() as redis:
            rows = [*redis.scan_iter(f"{PREFIX}job:*", count=1000)]
            states = [redis.hmget(row, "state", "attempts", "waits") for row in rows]
        left = [state for state in states if state[0] not in FINAL]
        return dict(Counter(b" ".join(part or b"-" for part in state).decode() for state in left))

    def settle(self, acts: list[Done]) -> None:
        """Find out from Slack's log which messages the app acknowledged."""
        acked = {each["id"]: each["acked"] for each in self._workspace.log()["deliveries"]}
        for done in acts:
            if done.deliveries:
                done.delivered = True if all(map(acked.get, done.deliveries)) else None

    def judge(self, done: Done) -> list[str]:
        """What is wrong with the answer to one act."""
        act = done.act
        parents, replies = self._seen(done)
        if len(parents) > 1:
            return [f"{act.word}: {len(parents)} parent messages"]
        texts = [visible_text(reply).replace("\u2060", "") for reply in replies]
        shown = [text.replace("\n", " | ")[:120] for text in texts]
        if len(replies) > 1:
            return [f"{act.word}: {len(replies)} messages instead of one: {shown}"]
        if not all(map(finished, replies)):
            return [f"{act.word}: still a placeholder: {shown}"]
        if not replies:
            self.endings["not told, not answered"] += not done.delivered
            return [f"{act.word}: taken but never answered"] if done.delivered else []
        return self._right(done, texts[0])

    def _right(self, done: Done, text: str) -> list[str]:
        act = done.act
        if act.kind == "refused":
            ending = "refused" if "I can't read" in text else ""
        elif (act.kind == MODEL and "Positive" in text) or f"{act.word} sleep".upper() in text:
            ending = "answered"
        elif act.kind == "cancel" and words.CANCELLED in text:
            ending = "cancelled"
        else:
            ending = "apology" if APOLOGY in text else ""
        self.endings[ending or "wrong"] += 1
        return [] if ending else [f"{act.word}: wrong text: {text[:160]!r}"]

    def _seen(self, done: Done) -> tuple[list[Json], list[Json]]:
        """The messages that the answer's thread may hang on, and the bot's messages in it."""
        if done.message is not None:
            parents = [done.message]
        else:
            parents = [
                message
                for message in self._workspace.messages(done.channel)
                if message.get("bot_id") and done.act.word in visible_text(message)
            ]
        replies = [
            reply
            for parent in parents[:1]
            for reply in self._workspace.thread(done.channel, parent["ts"])[1:]
            if reply.get("bot_id") and (reply.get("blocks") or not reply.get("files"))
        ]
        return parents, replies

    def leaks(self) -> list[str]:
        """Files on this disk in which what people wrote, or a token, stands in clear."""
        canaries = [SECRET, DEFAULT_BOT_TOKEN, DEFAULT_APP_TOKEN, DEFAULT_SIGNING_SECRET]
        wanted = [canary.lower().encode() for canary in canaries]
        return [
            f"{canary.decode()} stands in {path.name}"
            for path in sorted(self._fleet.folder.rglob("*"))
            if path.is_file()
            for canary in wanted
            if canary in _content(path)
        ]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes().lower()
    except FileNotFoundError:
        return b""  # a temporary file of Redis or of a job: gone is what it should be
