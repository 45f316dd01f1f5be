"""Slack waits three seconds for an acknowledgement, and gets one however slow Slack itself is."""

from __future__ import annotations

import pytest

from core import words
from local.shapes import Json
from tests.bot.conftest import Reception


def first_attempts(reception: Reception) -> list[Json]:
    """The first attempt at telling the bot of a message with a mention, which makes two events."""
    records = reception.workspace.log()["deliveries"]
    return [each["attempts"][0] for each in records[:2] if each["attempts"]]


@pytest.mark.parametrize("latency", [1.3, 8.0])
def test_a_command_is_answered_in_time_by_a_slow_slack(
    reception: Reception, latency: float
) -> None:
    reception.workspace.faults(latency=latency)
    told = reception.ada.slash("/sentiment", "I love it")
    reception.workspace.faults(latency=0)

    assert words.BUSY in str(told["response"])
    assert told["ms"] < 3000


def test_a_mention_is_answered_in_time_by_a_slow_slack_and_served_when_told_again(
    reception: Reception,
) -> None:
    reception.workspace.faults(latency=8)
    reception.ada.say("general", f"<@{reception.bot}> sentiment I love it")
    reception.workspace.wait_for(lambda: len(first_attempts(reception)) == 2)
    reception.workspace.faults(latency=0)
    reception.settle(2)

    assert [each["ok"] for each in first_attempts(reception)] == [False, False]
    assert all(each["ack_ms"] < 3000 for each in first_attempts(reception))
    assert [job.skill for job in reception.jobs()] == ["sentiment"]
