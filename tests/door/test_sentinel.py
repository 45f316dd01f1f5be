"""A failover under load: the primary and a Sentinel die, a replica takes over, nobody notices.

Real processes throughout: three Sentinels, two Redis servers, and a fleet whose REDIS_URL names the
Sentinels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from core.scripts import PREFIX
from local.fleet import Fleet
from local.shapes import Json
from local.stage import finished
from local.transcript import visible_text
from tests.core.servers import PASSWORD, Server
from tests.waiting import until

SKILLS = Path(__file__).parents[1] / "faults" / "skills"


@dataclass(frozen=True, kw_only=True)
class Guarded:
    """A primary, its replica, and the Sentinels that watch them."""

    primary: Server
    replica: Server
    sentinels: list[Server]

    @property
    def url(self) -> str:
        hosts = ",".join(f"127.0.0.1:{each.port}" for each in self.sentinels)
        return f"sentinel://:{quote(PASSWORD, safe='')}@{hosts}/mymaster"

    def is_safe(self) -> bool:
        """Whether the replica has everything and every Sentinel knows it and the others."""
        links = self.replica.client.info("replication")["master_link_status"]
        known = [each.client.sentinel_master("mymaster") for each in self.sentinels]
        others = len(self.sentinels) - 1
        return links == "up" and all(
            each["num-slaves"] == 1 and each["num-other-sentinels"] == others for each in known
        )

    def kill(self) -> None:
        for each in (self.primary, self.replica, *self.sentinels):
            each.kill()


class EchoFleet(Fleet):
    """Its worker serves the queue of a skill without a model."""

    def _start(self, name: str, arguments: list[str]) -> None:
        queues = ["-Q", "train,control"] if name == "worker" else []
        super()._start(name, [*arguments, *queues])


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    locks = (f"requirepass {PASSWORD}", f"masterauth {PASSWORD}", "appendonly yes")
    primary = Server(tmp_path / "primary", *locks)
    replica = Server(tmp_path / "replica", *locks, f"replicaof 127.0.0.1 {primary.port}")
    watch = (
        f"sentinel monitor mymaster 127.0.0.1 {primary.port} 2",
        f"sentinel auth-pass mymaster {PASSWORD}",
        "sentinel down-after-milliseconds mymaster 1000",
        "sentinel failover-timeout mymaster 5000",
    )
    names = ("one", "two", "three")
    sentinels = [Server(tmp_path / name, *watch, sentinel=True) for name in names]
    made = Guarded(primary=primary, replica=replica, sentinels=sentinels)
    until(made.is_safe)
    yield made
    made.kill()


def test_jobs_before_and_after_a_failover_are_answered_once(
    guarded: Guarded, tmp_path: Path
) -> None:
    environment = {"REDIS_URL": guarded.url, "SKILLS_DIR": str(SKILLS), "DEVICE": "cpu"}

    with EchoFleet(tmp_path / "fleet", environment=environment) as fleet:
        mention = f"<@{fleet.workspace.about()['bot']['id']}> echo"
        ada = fleet.workspace.person("ada")

        def answers(message: Json) -> list[str]:
            replies = fleet.workspace.thread(message["channel"], message["ts"])[1:]
            done = [visible_text(reply) for reply in replies if finished(reply)]
            assert len(replies) <= 1, replies
            return done

        fleet.workspace.faults(retry_scale=0.05)
        before = ada.say("support", f"{mention} before sleep 3")
        until(lambda: guarded.primary.client.zcard(f"{PREFIX}leases"))
        guarded.primary.client.wait(1, 1000)
        guarded.primary.kill()
        guarded.sentinels[0].kill()
        until(lambda: guarded.replica.client.info("replication")["role"] == "master")
        after = ada.say("support", f"{mention} after")
        until(lambda: answers(before) and answers(after), seconds=60)
        assert "BEFORE" in answers(before)[0]
        assert "AFTER" in answers(after)[0]
        said = fleet.log("bot") + fleet.log("worker") + fleet.log("reaper")

    assert PASSWORD not in said
    assert quote(PASSWORD, safe="") not in said
