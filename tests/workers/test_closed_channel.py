"""A channel that is closed to us while a job waits: its person hears of it, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.job import Content, Job
from local.transcript import visible_text
from tests.workers.conftest import Shop


def asked(shop: Shop, text: str = "one") -> Job:
    """A job that waits."""
    job = shop.ledger.find(shop.ask(text))
    assert job is not None
    return job


def directly(shop: Shop, job: Job) -> list[str]:
    """What the person of a job was told in a direct message."""
    direct = str(shop.slack.client.conversations_open(users=job.user)["channel"]["id"])
    return [visible_text(each) for each in shop.slack.workspace.messages(direct)]


@pytest.mark.parametrize("begun", [True, False])
def test_who_asked_is_told_that_no_answer_can_come(shop: Shop, begun: bool) -> None:
    job = asked(shop)
    if begun:
        shop.placeholders.ensure(job, Content(text="one"), title="Echo")
    shop.slack.workspace.remove_bot(job.channel)
    shop.work()
    (told,) = directly(shop, job)

    assert f"<#{job.channel}>, but Slack does not let me post there any more" in told
    assert shop.ledger.state(job.id) == "failed"


def test_an_archived_channel_is_told_of_although_the_input_is_refused(shop: Shop) -> None:
    job = asked(shop, "no")
    archived = {"method": "chat.postMessage", "error": "is_archived", "times": 2}
    shop.slack.workspace.faults(fail_next=[archived])
    shop.work()

    assert len(directly(shop, job)) == 1


def test_where_nothing_was_posted_yet_a_command_is_left_to_the_bot(shop: Shop) -> None:
    job = replace(asked(shop), key="command", id="command")
    shop.work()
    shop.ledger.submit(job, Content(text="one", response_url="http://127.0.0.1:1/unused"))
    shop.slack.workspace.remove_bot(job.channel)
    shop.work()

    assert directly(shop, job) == []
    assert shop.ledger.place(job.id).state == "yours"
