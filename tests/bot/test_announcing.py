"""Placeholders: posted behind the door's back; a channel that Slack limits delays no other one."""

from __future__ import annotations

from core import words
from local.transcript import visible_text
from tests.bot.conftest import Reception


def placeholders(reception: Reception, channel: str) -> int:
    """How many threads in a channel say that somebody waits."""
    id = reception.workspace.channel(channel)
    parents = reception.workspace.messages(id)
    threads = [reception.workspace.thread(id, each["ts"])[1:] for each in parents]
    return sum(words.QUEUED in visible_text(m) for thread in threads for m in thread)


def test_a_command_in_a_channel_that_slack_limits_is_announced_once(reception: Reception) -> None:
    reception.workspace.faults(rate_limit=True)
    reception.ada.slash("/sentiment", "I love it")
    reception.workspace.wait_for(lambda: placeholders(reception, "general"), 20)

    assert len(reception.workspace.messages("general")) == 1


def test_a_burst_in_a_limited_channel_delays_no_other_channel(reception: Reception) -> None:
    reception.ada.slash("/sentiment", "", channel="support")
    limited = {"method": "chat.postMessage", "status": 429, "retry_after": 20, "times": 8}
    reception.workspace.faults(fail_next=[limited])
    for _ in range(8):
        reception.ada.say("general", f"<@{reception.bot}> sentiment I love it")
    reception.workspace.wait_for(lambda: not reception.workspace.faults()["fail_next"], 15)
    reception.ada.slash("/sentiment", "I love it", channel="support")

    assert reception.workspace.wait_for(lambda: placeholders(reception, "support"), 10) == 1
