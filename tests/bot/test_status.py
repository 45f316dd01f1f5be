"""`/readymade status` and `forget`: acknowledged first, answered when everything is counted."""

from __future__ import annotations

import json

import pytest

from bot.status import Status
from core.ledger import Ledger
from core.roster import Roster
from local.limits.messages import check_message
from tests.bot.conftest import Reception


def told(reception: Reception) -> str:
    """What ada is told in the end."""
    reception.workspace.wait_for(reception.whispers, 20)
    return reception.whispers()[-1]


def test_the_status_counts_what_waits(reception: Reception) -> None:
    for text in ("I love it", "I hate it"):
        reception.ada.say("general", f"<@{reception.bot}> sentiment {text}")
    reception.settle(4)
    acknowledged = reception.ada.slash("/readymade", "status")

    assert not acknowledged["response"]
    assert "Jobs running: 0  ·  waiting: text: 2" in told(reception)


def test_who_is_forgotten_is_told_so(reception: Reception) -> None:
    reception.ada.say("general", f"<@{reception.bot}> sentiment I love it")
    reception.settle(2)
    acknowledged = reception.ada.slash("/readymade", "forget")

    assert not acknowledged["response"]
    assert told(reception).startswith("I have erased the record of 1 request.")


@pytest.mark.parametrize("count", [1, 30, 200])
def test_slack_takes_the_status_of_any_number_of_workers(ledger: Ledger, count: int) -> None:
    roster = Roster(ledger.scripts)
    for number in range(count):
        state = {
            "host": f"gpu-{number}.example.com", "name": "NVIDIA H100 80GB", "device": "cuda:0",
            "memory_used": 40e9, "memory_total": 80e9, "models": ["sentiment", "summarize"] * 20,
        }  # fmt: skip
        roster.report_worker(f"worker-{number}", json.dumps(state), seconds=60)
    post = Status(ledger=ledger).report()
    shown = "".join(block["text"]["text"] for block in post.blocks)

    check_message({"text": post.text, "blocks": post.blocks})
    assert shown.count("Worker on") == min(count, 30)
    assert ("and 170 more" in shown) == (count == 200)


@pytest.mark.parametrize(
    ("device", "name", "said"),
    [
        ("cpu", "x86_64 CPU, 2 cores", "Worker on desk: x86_64 CPU, 2 cores, 1.0 of 2.0 GB"),
        ("cuda:1", "NVIDIA H100", "Worker on desk: NVIDIA H100 (cuda:1), 1.0 of 2.0 GB"),
    ],
)
def test_the_status_names_the_card_of_a_worker_that_has_one(
    ledger: Ledger, device: str, name: str, said: str
) -> None:
    state = {"host": "desk", "name": name, "device": device, "memory_used": 1e9}
    state |= {"memory_total": 2e9, "models": []}
    Roster(ledger.scripts).report_worker("desk", json.dumps(state), seconds=60)

    assert said in Status(ledger=ledger).report().text
