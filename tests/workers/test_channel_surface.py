"""A job that nobody asked for just now: an answer of its own in the channel, or not a word."""

from __future__ import annotations

import pytest

from core.job import Content, Job, Surface, key_of
from local.shapes import Json
from local.transcript import visible_text
from tests.workers.conftest import Shop


def work(shop: Shop, text: str) -> str:
    """Do such a job in #general; its state."""
    job = Job(
        key=key_of(text), skill="echo", queue="text", lane="echo", team="T1", user="U1",
        channel=shop.slack.workspace.channel("general"), surface=Surface.CHANNEL,
    )  # fmt: skip
    shop.ledger.submit(job, Content(text=text))
    shop.work()
    return shop.ledger.state(job.id)


def messages(shop: Shop) -> list[Json]:
    return shop.slack.workspace.messages("general")


def test_the_answer_is_a_message_of_its_own(shop: Shop) -> None:
    state = work(shop, "one")
    (message,) = messages(shop)

    assert state == "done"
    assert visible_text(message).startswith("*Echo*\nONE")
    assert "thread_ts" not in message


@pytest.mark.parametrize(("text", "state"), [("no", "refused"), ("bug", "failed")])
def test_what_is_refused_or_breaks_says_nothing(shop: Shop, text: str, state: str) -> None:
    assert work(shop, text) == state
    assert messages(shop) == []


def test_an_archived_channel_hears_nothing_and_nobody_tries_again(shop: Shop) -> None:
    channel = shop.slack.slack.workspace.channel("general")
    assert channel is not None
    channel.is_archived = True

    assert work(shop, "one") == "done"
    assert messages(shop) == []
