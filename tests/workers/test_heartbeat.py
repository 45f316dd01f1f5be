"""The heartbeat keeps what it was given, and only that."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from core.job import Content
from core.ledger import Ledger
from tests.core.test_ledger import a_job, claim_one
from workers.heartbeat import BEAT_SECONDS, Heartbeat
from workers.progress import Interrupted, Reporter


def test_an_old_claim_that_ends_does_not_unhook_the_new_one(ledger: Ledger) -> None:
    ledger.submit(a_job(), Content())
    new = claim_one(ledger)
    heartbeat = Heartbeat(ledger=ledger, name="test", describe=lambda: "{}")
    reporter = Reporter(lambda *word: None)
    heartbeat.hold(new, reporter)
    heartbeat.drop(replace(new, fence=new.fence - 1))
    heartbeat.interrupt()

    with pytest.raises(Interrupted):
        reporter("Working", 0.5)


def test_trouble_in_one_beat_does_not_end_the_heart(ledger: Ledger) -> None:
    def describe() -> str:
        raise RuntimeError("no GPU to be seen")

    ledger.submit(a_job(), Content())
    claim, reporter = claim_one(ledger), Reporter(lambda *word: None)
    heartbeat = Heartbeat(ledger=ledger, name="test", describe=describe)
    heartbeat.hold(claim, reporter)
    heartbeat.start()
    time.sleep(BEAT_SECONDS * 1.5)
    ledger.stop(claim.job.id)
    deadline = time.monotonic() + 10
    while not reporter.cancelled and time.monotonic() < deadline:
        time.sleep(0.05)
    heartbeat.close()

    assert reporter.cancelled
