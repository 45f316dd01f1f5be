"""What people do in a schedule, and what Slack told them at once."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from core import words
from local.person import LocalSlackError, NeverHappened
from local.shapes import Json
from tests.faults.fleet import FaultyFleet
from tests.faults.schedule import MODEL, Act

LOVED = f"{MODEL} I love this so much, it is wonderful"
SECRET = "quetzalcoatl"  # in everything that people write here; it must never be stored or logged


@dataclass(kw_only=True)
class Done:
    """An act that was done.

    `delivered` says whether the app took it: True (exactly one answer is owed), False (none is
    allowed: the person was refused at once), None (Slack could not tell: one or none).
    """

    act: Act
    channel: str
    message: Json | None = None
    deliveries: list[str] = field(default_factory=list)
    delivered: bool | None = None
    clicked: bool = False


class People:
    """Acts for everyone; what is said is said one after the other, so that its events are known."""

    def __init__(self, fleet: FaultyFleet, folder: Path) -> None:
        self._fleet = fleet
        self._workspace = fleet.workspace
        self._folder = folder
        self._speaking = threading.Lock()
        self._bot = self._workspace.bot

    def do(self, act: Act) -> Done:
        """Do it; returns when Slack has shown it."""
        if act.kind == "slash":
            return self._slash(act)
        with self._speaking:
            before = {each["id"] for each in self._workspace.log()["deliveries"]}
            message = self._say(act)
            after = [each["id"] for each in self._workspace.log()["deliveries"]]
        done = Done(
            act=act,
            channel=message["channel"],
            message=message,
            deliveries=[id for id in after if id not in before],
        )
        if act.kind == "cancel":
            self._cancel(done)
        return done

    def _slash(self, act: Act) -> Done:
        person = self._workspace.person(act.person)
        channel = self._workspace.channel(act.channel)
        answer = person.slash("/echo", self._text(act), channel=act.channel)
        told = str(answer.get("response") or "")
        if not answer["ok"] or words.BUSY in told or "went wrong" in told:
            return Done(act=act, channel=channel)
        return Done(act=act, channel=channel, delivered=True)

    def _say(self, act: Act) -> Json:
        person = self._workspace.person(act.person)
        if act.kind == "direct":
            return person.say("dm", f"echo {self._text(act)}")
        if act.kind == "refused":
            path = self._folder / f"{act.word} {SECRET}.7z"
            path.write_bytes(b"PK\x05\x06" + bytes(18))
            return person.upload(act.channel, [path], text=f"<@{self._bot}>")
        if act.kind == "file":
            path = self._folder / f"{act.word} {SECRET}.txt"
            path.write_text(self._text(act))
            return person.upload(act.channel, [path], text=f"<@{self._bot}> echo")
        asked = LOVED if act.kind == MODEL else f"echo {self._text(act)}"
        return person.say(act.channel, f"<@{self._bot}> {asked}")

    def _text(self, act: Act) -> str:
        return f"{act.word} sleep {act.nap} {SECRET}"

    def _cancel(self, done: Done) -> None:
        """Press Cancel as soon as there is a button; in bad weather nothing may come of it."""
        assert done.message is not None
        person = self._workspace.person(done.act.person)
        try:
            shown = self._workspace.wait_for_reply(done.message, timeout=8)
            time.sleep(0.3)
            click = person.click({**shown, "channel": done.channel}, "cancel")
            done.clicked = bool(click["ok"])
        except (NeverHappened, LocalSlackError):
            return  # no button (yet), or it is gone already
