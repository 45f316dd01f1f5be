"""One fleet under fault for all tests here, and the words to ask it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from core.scripts import PREFIX
from local.person import Workspace
from local.shapes import Json
from local.stage import finished
from local.transcript import visible_text
from tests.faults.fleet import FaultyFleet
from tests.faults.oracle import Oracle
from tests.hosted import Hosted


@dataclass(frozen=True, kw_only=True)
class Scene(Hosted):
    """A healthy fleet at the beginning of a test."""

    fleet: FaultyFleet
    oracle: Oracle

    @property
    def workspace(self) -> Workspace:
        return self.fleet.workspace

    def mention(self, text: str, *, channel: str = "support") -> Json:
        """ada writes "@readymade echo …"."""
        return self.ada.say(channel, f"<@{self.bot}> echo {text}")

    def nonsense(self) -> Json:
        """ada writes what nobody understands."""
        return self.ada.say("support", f"<@{self.bot}> nonsense")

    def running(self) -> int:
        """How many jobs somebody has claimed, seen past every fault."""
        with self.fleet.redis.client() as redis:
            return int(redis.zcard(f"{PREFIX}leases"))

    def rows(self) -> int:
        with self.fleet.redis.client() as redis:
            return len([*redis.scan_iter(f"{PREFIX}job:*", count=1000)])

    def notices(self) -> int:
        """How many refusals were said, or are about to be."""
        with self.fleet.redis.client() as redis:
            return len([*redis.scan_iter(f"{PREFIX}notice:*", count=1000)])

    def calls(self, method: str) -> int:
        """How often the app called a method of Slack since the test began."""
        return int(self.workspace.log()["counts"].get(method, 0))

    def answers(self, message: Json) -> list[str]:
        """Everything the bot says in a thread once all is quiet; nothing may be unfinished."""
        assert not self.oracle.wait_until_idle()
        replies = self.workspace.thread(message["channel"], message["ts"])[1:]
        said = [reply for reply in replies if reply.get("blocks")]
        assert all(map(finished, said)), list(map(visible_text, said))
        return [visible_text(reply).removeprefix("*Echo*").strip() for reply in said]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyFleet]:
    with FaultyFleet(tmp_path_factory.mktemp("faulty")) as fleet:
        yield fleet


@pytest.fixture
def scene(faulty: FaultyFleet) -> Iterator[Scene]:
    made = Scene(fleet=faulty, oracle=Oracle(faulty))
    faulty.heal()
    faulty.workspace.wait_for_app(30)
    faulty.workspace.clear_log()
    yield made
    faulty.heal()
