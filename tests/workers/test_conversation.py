"""Conversations are read whole, politely, and counted as people count them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.errors import Cancelled, UserError
from core.job import Job, Surface
from local.shapes import Json
from skills.skill import silent
from tests.local.conftest import RunningSlack
from workers.conversation import Conversation, Conversations
from workers.names import Names
from workers.pages import Pages


def job(channel: str, **about: Any) -> Job:
    return Job(
        key="k", skill="summarize", queue="text", lane="summarize/fetched", team="T1",
        channel=channel, user=about.pop("user", "U1"), source_channel=channel, **about,
    )  # fmt: skip


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[RunningSlack]:
    running = RunningSlack(tmp_path / "slack")
    yield running
    running.stop()


def reader(slack: RunningSlack, **options: Any) -> Conversations:
    return Conversations(client=slack.client, names=Names(slack.client), **options)


def read_thread(slack: RunningSlack, message: Json, **options: Any) -> Conversation:
    about = job(message["channel"], source_thread=message["ts"])
    return reader(slack, **options).read(about, silent)


def read_channel(
    slack: RunningSlack, channel: str, *, since: float, **options: Any
) -> Conversation:
    about = job(slack.workspace.channel(channel), source_since=f"{since:.6f}")
    return reader(slack, **options).read(about, silent)


def words(read: Conversation) -> list[str]:
    return [each.text for each in read.messages]


def test_deleted_hidden_and_app_messages_are_counted_for_what_they_are(
    slack: RunningSlack, tmp_path: Path
) -> None:
    root = slack.ada.say("support", "Shall we ship?")
    grace = slack.workspace.person("grace")
    grace.say("support", "Yes, on Friday.", thread=root["ts"])
    gone = grace.say("support", "Wrong thread, sorry.", thread=root["ts"])
    slack.workspace.app_says("support", "Build 7 is green.", app="CI", thread=root["ts"])
    notes = tmp_path / "notes.txt"
    notes.write_text("the notes")
    grace.upload("support", [notes, notes], thread=root["ts"])
    bot = slack.workspace.bot
    slack.ada.say("support", f"<@{bot}> summarize", thread=root["ts"])
    slack.client.chat_postMessage(channel=root["channel"], thread_ts=root["ts"], text="Working…")
    grace.delete(gone)
    slack.ada.delete(root)

    read = read_thread(slack, root)

    assert words(read) == ["Yes, on Friday.", ""]
    assert read.coverage.in_words(people=1) == (
        "2 of 3 messages by one person, 2 files not read (left out: 1 by an app; deleted: 1)"
    )


def test_a_thread_is_read_over_as_many_pages_as_it_has(slack: RunningSlack) -> None:
    root = slack.ada.say("support", "The first message")
    for number in range(450):
        slack.ada.say("support", f"Reply number {number}", thread=root["ts"])

    read = read_thread(slack, root)

    assert read.coverage.in_words(people=1) == "451 of 451 messages by one person"
    assert slack.workspace.log()["counts"]["conversations.replies"] == 3


def test_a_thread_beyond_the_limit_says_how_much_was_left(slack: RunningSlack) -> None:
    root = slack.ada.say("support", "The first message")
    for number in range(250):
        slack.ada.say("support", f"Reply number {number}", thread=root["ts"])

    said = read_thread(slack, root, most=200).coverage.in_words(people=1)

    assert said == "200 of 251 messages by one person (left out: 51 after the first 200)"


def test_a_channel_is_read_with_the_threads_of_its_time(slack: RunningSlack) -> None:
    old = slack.ada.say("support", "Before the time")
    slack.ada.say("support", "A reply before the time", thread=old["ts"])
    time.sleep(0.01)
    since = time.time()
    slack.ada.say("support", "A reply to an old message", thread=old["ts"])
    new = slack.ada.say("support", "Within the time")
    slack.ada.say("support", "A reply to it", thread=new["ts"])
    slack.workspace.add_person("mary")
    slack.workspace.leave("support", "linus")
    slack.workspace.join("support", "linus")

    read = read_channel(slack, "support", since=since)

    assert words(read) == ["A reply to an old message", "Within the time", "A reply to it"]
    assert read.coverage.in_words(people=1) == ("3 of 3 messages by one person, 2 threads included")


def test_messages_of_a_channel_say_when_and_link_into_their_thread(slack: RunningSlack) -> None:
    new = slack.ada.say("support", "Within the time")
    reply = slack.ada.say("support", "A reply to <@USLACKBOT>", thread=new["ts"])

    _, read = read_channel(slack, "support", since=time.time() - 60).messages

    moved = reply["ts"].replace(".", "")
    assert read.link.endswith(f"/p{moved}?thread_ts={new['ts']}&cid={new['channel']}")
    assert read.when.endswith(time.strftime("%H:%M", time.gmtime(float(reply["ts"]))))
    assert read.thread == new["ts"]


def test_a_digest_reads_no_channel_that_was_shared_with_another_company_meanwhile(
    slack: RunningSlack,
) -> None:
    channel = slack.workspace.add_channel("partners", is_ext_shared=True)
    slack.ada.say(channel, "A message")
    about = job(channel, source_since=f"{time.time() - 60:.6f}", surface=Surface.CHANNEL)

    with pytest.raises(UserError, match="another company"):
        reader(slack).read(about, silent)


def test_a_channel_beyond_the_limit_is_read_from_its_end(slack: RunningSlack) -> None:
    for number in range(250):
        slack.ada.say("support", f"Message {number}")

    read = read_channel(slack, "support", since=time.time() - 600, most=200)

    assert words(read)[-1] == "Message 249"
    assert read.coverage.in_words(people=1) == (
        "200 of more than 200 messages by one person "
        "(left out: what there is beside 200 messages, the most that I read)"
    )


def test_a_limit_of_slack_is_waited_for_and_the_page_read_again(slack: RunningSlack) -> None:
    root = slack.ada.say("support", "The first message")
    slack.workspace.faults(
        fail_next=[{"method": "conversations.replies", "status": 429, "retry_after": 3}]
    )
    waits: list[float] = []

    read = read_thread(slack, root, pages=lambda progress: Pages(progress, sleep=waits.append))

    assert waits == [1.0, 1.0, 1.0]
    assert read.coverage.in_words(people=1) == "1 of 1 message by one person"


def test_when_slack_makes_us_wait_too_long_the_rest_is_named(slack: RunningSlack) -> None:
    slack.ada.say("support", "A message")
    root = slack.ada.say("support", "Another one")
    slack.ada.say("support", "A reply", thread=root["ts"])
    slack.workspace.faults(
        fail_next=[{"method": "conversations.replies", "status": 429, "retry_after": 60}]
    )

    read = read_channel(
        slack, "support", since=time.time() - 60, pages=lambda told: Pages(told, patience=30)
    )

    assert read.coverage.in_words(people=1) == (
        "2 of more than 2 messages by one person, 1 thread included "
        "(left out: the rest, because Slack let me read no more for now)"
    )


def test_reading_says_how_far_it_is_and_can_be_cancelled(slack: RunningSlack) -> None:
    root = slack.ada.say("support", "The first message")
    for number in range(250):
        slack.ada.say("support", f"Reply number {number}", thread=root["ts"])
    told: list[str] = []

    def progress(stage: str, fraction: float) -> None:
        told.append(stage)
        if len(told) == 3:
            raise Cancelled("Cancelled.")

    about = job(root["channel"], source_thread=root["ts"])
    with pytest.raises(Cancelled):
        reader(slack).read(about, progress)

    assert told[:2] == ["Reading", "Reading: 200 messages"]
    assert slack.workspace.log()["counts"]["conversations.replies"] == 1


def test_replies_that_slack_counts_and_does_not_show_are_named(slack: RunningSlack) -> None:
    root = slack.ada.say("support", "The first message")
    slack.ada.say("support", "A reply", thread=root["ts"])
    channel = slack.slack.workspace.channels[root["channel"]]
    parent = channel.find(root["ts"])
    assert parent is not None
    parent["reply_count"] = 3

    said = read_thread(slack, root).coverage.in_words(people=1)

    assert said == "2 of 4 messages by one person (left out: 2 that Slack does not show)"
