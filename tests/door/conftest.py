"""One fleet of real processes for all tests through the door, and words to read what it said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from local.fleet import Fleet
from local.person import Workspace
from local.shapes import Json
from local.stage import finished
from local.transcript import plain, visible_text
from tests.hosted import Hosted

PATIENCE = 90.0


@dataclass(frozen=True, kw_only=True)
class Office(Hosted):
    """A workspace with Readymade in it, and what tests ask of it."""

    fleet: Fleet
    folder: Path

    @property
    def workspace(self) -> Workspace:
        return self.fleet.workspace

    def file(self, name: str, content: bytes) -> Path:
        """A file to upload."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def answers(self, message: Json, *, count: int = 1) -> list[str]:
        """What the bot finally said in the thread of a message, once it said `count` things."""
        root = message.get("thread_ts") or message["ts"]

        def said() -> list[str] | None:
            replies = self.workspace.thread(message["channel"], root)[1:]
            texts = [visible_text(reply) for reply in replies if finished(reply)]
            texts = [text for text in texts if not text.startswith("[file:")]
            return texts if len(texts) >= count else None

        found = self.workspace.wait_for(said, PATIENCE)
        assert found is not None
        return [plain(text) for text in found]

    def answer(self, message: Json) -> str:
        """The one thing that the bot finally said there."""
        texts = self.answers(message)
        assert len(texts) == 1, texts
        return texts[0]

    def upload(self, path: Path, *, channel: str = "support", text: str = "") -> str:
        """Upload a file; the bot's answer."""
        return self.answer(self.ada.upload(channel, [path], text=text))

    def slash(self, command: str, text: str, *, channel: str = "general") -> str:
        """Run a command that is answered in a thread; the answer."""
        id = self.workspace.channel(channel)
        before = {message["ts"] for message in self.workspace.messages(id)}
        self.ada.slash(command, text, channel=channel)

        def parent() -> Json | None:
            new = [m for m in self.workspace.messages(id) if m["ts"] not in before]
            return new[-1] if new else None

        message = self.workspace.wait_for(parent, PATIENCE)
        assert message is not None
        return self.answer({**message, "channel": id})

    def told(self, command: str, text: str = "", *, channel: str = "general") -> str:
        """Run a command that is answered to its person alone; the answer."""
        before = {message["ts"] for message in self.workspace.ephemerals(user="ada")}
        answer = self.ada.slash(command, text, channel=channel)
        assert answer["ok"], answer

        def new() -> list[Json]:
            return [m for m in self.workspace.ephemerals(user="ada") if m["ts"] not in before]

        return plain(visible_text(self.workspace.wait_for(new, PATIENCE)[-1]))

    def whispered(self, containing: str) -> str:
        """The private message to ada that contains some words."""

        def found() -> str | None:
            texts = [plain(visible_text(m)) for m in self.workspace.ephemerals(user="ada")]
            return next((text for text in reversed(texts) if containing in text), None)

        text = self.workspace.wait_for(found, PATIENCE)
        assert text is not None
        return text


@pytest.fixture(scope="session")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Local Slack, Redis, bot, worker and reaper in Socket Mode."""
    with Fleet(tmp_path_factory.mktemp("fleet")) as running:
        yield running


@pytest.fixture
def office(fleet: Fleet, tmp_path: Path) -> Iterator[Office]:
    yield Office(fleet=fleet, folder=tmp_path)
    fleet.workspace.faults(reset=True)
