"""The message of a job is posted once, whoever posts it and whatever is lost on the way."""

from __future__ import annotations

import pytest

from core import blocks
from core.errors import TransientError
from core.job import Content, Job, Surface, key_of
from core.placeholder import Placeholders
from core.scripts import PREFIX
from core.slack import Client
from local.transcript import visible_text
from tests.workers.conftest import Shop

ANSWER = blocks.sentence("The answer")


def ask(shop: Shop, *, command: bool) -> tuple[Job, Content]:
    """A job, of a command or in a thread."""
    channel = shop.slack.workspace.channel("general")
    root = "" if command else shop.slack.ada.say(channel, "hello")["ts"]
    job = Job(
        key=key_of(root), skill="echo", queue="text", lane="echo", team="T1", channel=channel,
        user="U1", thread=root,
    )  # fmt: skip
    content = Content(text="hello")
    shop.ledger.submit(job, content)
    return job, content


def crash_before_it_is_recorded(shop: Shop, job: Job) -> None:
    """Slack has the message, the ledger does not know, and the right to post has run out."""
    row = f"{PREFIX}job:{job.id}"
    shop.redis.hdel(row, "thread", "placeholder")
    shop.redis.hset(row, "placing", 1)


def answers(shop: Shop, job: Job, thread: str) -> int:
    """How often the answer stands in a thread."""
    shown = [visible_text(each) for each in shop.slack.workspace.thread(job.channel, thread)]
    return sum("The answer" in each for each in shown)


def test_a_commands_answer_of_a_dead_worker_is_found_after_its_parent_was(shop: Shop) -> None:
    job, content = ask(shop, command=True)
    place = shop.placeholders.ensure(job, content, title="Echo", instead=ANSWER)
    crash_before_it_is_recorded(shop, job)
    shop.placeholders.ensure(job, content, title="Echo", parent_only=True)
    shop.placeholders.ensure(job, content, title="Echo", instead=ANSWER)

    assert answers(shop, job, place.thread) == 1


def test_a_look_that_slack_limits_is_taken_again(shop: Shop) -> None:
    job, content = ask(shop, command=False)
    shop.placeholders.ensure(job, content, title="Echo", instead=ANSWER)
    crash_before_it_is_recorded(shop, job)
    limit = {"method": "conversations.replies", "status": 429, "retry_after": 1}
    shop.slack.workspace.faults(fail_next=[limit])
    bare = Client(
        token=shop.slack.client.token, base_url=shop.slack.client.base_url, retry_handlers=[]
    )
    placeholders = Placeholders(ledger=shop.ledger, client=bare)
    with pytest.raises(TransientError):
        placeholders.ensure(job, content, title="Echo", instead=ANSWER)
    placeholders.ensure(job, content, title="Echo", instead=ANSWER)

    assert answers(shop, job, job.thread) == 1


def test_only_the_parent_is_posted_when_only_that_is_asked_for(shop: Shop) -> None:
    job, content = ask(shop, command=True)
    place = shop.placeholders.ensure(job, content, title="Echo", parent_only=True)

    assert len(shop.slack.workspace.thread(job.channel, place.thread)) == 1


def test_a_private_job_whose_words_are_gone_still_ends(shop: Shop) -> None:
    channel = shop.slack.workspace.channel("general")
    job = Job(
        key="private", skill="echo", queue="text", lane="echo", team="T1", channel=channel,
        user="U1", surface=Surface.PRIVATE,
    )  # fmt: skip
    shop.ledger.submit(job, Content(text="one"))
    shop.work()

    assert shop.ledger.state(job.id) == "done"
