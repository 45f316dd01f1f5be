"""The ledger against a model: whatever happens in whatever order, no job is lost or doubled."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.fernet import Fernet
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from redis import Redis

from core.cipher import Cipher
from core.claim import Claim
from core.job import FETCHED, Content, Job
from core.ledger import Ledger
from core.roster import Roster
from core.scripts import PREFIX
from tests.core.test_ledger import a_job

FINAL = ("done", "refused", "failed", "cancelled")


@dataclass
class Known:
    """What must be true of one job: `fence` is that of its owner, 0 while it waits."""

    state: str = "waiting"
    fence: int = 0
    delayed: bool = False
    cancel: bool = False
    crashes: int = 0


@dataclass
class Model:
    jobs: dict[str, Known] = field(default_factory=dict)

    def owns(self, claim: Claim) -> bool:
        job = self.jobs[claim.job.id]
        return job.state == "running" and not job.delayed and job.fence == claim.fence


class LedgerMachine(RuleBasedStateMachine):
    """Bots, workers and the reaper at random; `redis` is set by the test."""

    redis: Redis

    claims: Bundle[Claim] = Bundle("claims")
    jobs: Bundle[Job] = Bundle("jobs")

    @initialize()
    def begin(self) -> None:
        self.redis.flushdb()
        self.ledger = Ledger(redis=self.redis, cipher=Cipher(Fernet.generate_key()))
        self.model = Model()

    @rule(
        target=jobs,
        number=st.integers(0, 30),
        user=st.sampled_from(("U1", "U2")),
        lane=st.sampled_from(("short", "long", f"short{FETCHED}")),
    )
    def submit(self, number: int, user: str, lane: str) -> Job:
        job = replace(a_job(f"{user} {number}", lane=lane), user=user)
        answer = self.ledger.submit(job, Content(text=str(number)))
        known = self.ledger.find(answer.id)
        assert known is not None
        assert answer.new == (answer.id not in self.model.jobs)
        self.model.jobs.setdefault(answer.id, Known())
        return known

    @rule(target=claims, most=st.integers(1, 4), fetched=st.booleans())
    def claim(self, most: int, fetched: bool) -> Any:
        batch = {"sentiment": most, f"sentiment{FETCHED}": 1}
        found, left = self.ledger.claim("text", batch=batch, fetched=fetched)
        for each in found:
            job = self.model.jobs[each.job.id]
            assert job.state == "waiting"
            assert each.cancelled == job.cancel
            assert each.attempts == job.crashes + 1
            assert each.fence > job.fence
            assert fetched or not each.job.lane.endswith(FETCHED)
            job.state, job.fence = "running", each.fence
        assert len({each.job.lane for each in found}) <= 1
        assert len(found) == 1 or all(each.attempts == 1 for each in found)
        waiting = [id for id, job in self.model.jobs.items() if job.state == "waiting"]
        assert left or not waiting or not fetched
        return multiple(*found)

    @rule(claim=claims)
    def renew(self, claim: Claim) -> None:
        word = self.ledger.renew([claim])[claim.job.id]
        job = self.model.jobs[claim.job.id]
        expected = ("cancelled" if job.cancel else "held") if self.model.owns(claim) else "lost"
        assert word == expected

    @rule(claim=consumes(claims), state=st.sampled_from(FINAL))
    def close(self, claim: Claim, state: str) -> None:
        owned = self.model.owns(claim)
        assert self.ledger.close(claim, state=state) == owned
        if owned:
            self.model.jobs[claim.job.id].state = state

    @rule(claim=consumes(claims))
    def release(self, claim: Claim) -> None:
        owned = self.model.owns(claim)
        assert self.ledger.release(claim, delay=60) == owned
        if owned:
            self.model.jobs[claim.job.id].delayed = True

    @rule(target=claims, job=jobs)
    def stop(self, job: Job) -> Any:
        known = self.model.jobs[job.id]
        answer = self.ledger.stop(job.id)
        if known.state == "waiting":
            assert isinstance(answer, Claim)
            assert answer.fence > known.fence
            known.state, known.fence, known.cancel = "running", answer.fence, True
            return answer
        assert answer == ("asked" if known.state == "running" else "over")
        known.cancel = known.cancel or known.state == "running"
        return multiple()

    @rule(job=jobs)
    def replay(self, job: Job) -> None:
        known = self.model.jobs[job.id]
        assert self.ledger.replay(job) == (known.state == "failed")
        if known.state == "failed":
            known.state, known.cancel, known.crashes = "waiting", False, 0

    @rule()
    def all_leases_run_out(self) -> None:
        """Every worker dies, and every delay is over."""
        for id in self.redis.zrange(f"{PREFIX}leases", 0, -1):
            self.redis.zadd(f"{PREFIX}leases", {id: 1})
        self.ledger.reap()
        for job in self.model.jobs.values():
            if job.state == "running":
                job.crashes += not job.delayed
                job.state, job.delayed = "waiting", False

    @invariant()
    def states_agree(self) -> None:
        if hasattr(self, "model"):
            for id, job in self.model.jobs.items():
                assert self.ledger.state(id) == job.state

    @invariant()
    def what_people_wrote_is_kept_only_while_it_is_needed(self) -> None:
        if hasattr(self, "model"):
            for id, job in self.model.jobs.items():
                kept = self.redis.hexists(f"{PREFIX}job:{id}", "content")
                assert not (kept and job.state in FINAL)

    def teardown(self) -> None:
        """In the end everything can be claimed and closed: nothing is lost."""
        if not hasattr(self, "model"):
            return
        self.all_leases_run_out()
        left = True
        while left:
            found, left = self.ledger.claim("text", batch={"sentiment": 4})
            for each in found:
                assert self.ledger.close(each, state="done")
                self.model.jobs[each.job.id].state = "done"
        assert {job.state for job in self.model.jobs.values()} <= set(FINAL)
        assert Roster(self.ledger.scripts).waiting().get("text", 0) == 0
        assert Roster(self.ledger.scripts).running() == 0


def test_no_order_of_events_loses_or_doubles_a_job(redis: Redis) -> None:
    machine = type("Machine", (LedgerMachine,), {"redis": redis})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
