"""The bench's Slack: it knows an answer from what is said before, and whose it is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bench.sink import Slack
from bench.sink_control import answered

BUTTON = [{"type": "actions", "elements": []}]
WORDS = [{"type": "section"}]


@pytest.fixture
def slack() -> Slack:
    return Slack(None, 1)


def test_an_answer_in_the_thread_of_a_command_is_the_persons_who_asked(slack: Slack) -> None:
    parent = post(slack, text="/nap for <@U7>", blocks=WORDS)
    post(slack, text="Slept.", blocks=WORDS, thread_ts=parent)

    assert len(slack.answers) == 1
    assert [*answered(slack.calls)] == [("C1", "U7")]


def test_a_placeholder_is_no_answer_until_it_is_changed(slack: Slack) -> None:
    parent = post(slack, text="/nap for <@U7>", blocks=WORDS)
    placeholder = post(slack, text="Waiting", blocks=[*WORDS, *BUTTON], thread_ts=parent)
    before = len(slack.answers)
    call(slack, "chat.update", ts=placeholder, text="Slept.", blocks=json.dumps(WORDS))

    assert (before, len(slack.answers)) == (0, 1)
    assert [*answered(slack.calls)] == [("C1", "U7")]


def test_an_answer_that_is_said_again_in_the_next_round_is_none_of_it(slack: Slack) -> None:
    parent = post(slack, text="/nap for <@U7>", blocks=WORDS)
    answer = post(slack, text="Slept.", blocks=WORDS, thread_ts=parent)
    slack.call("/bench/reset", {})
    call(slack, "chat.update", ts=answer, text="Slept.", blocks=WORDS)

    assert len(slack.answers) == 0


def test_a_plain_message_that_names_a_person_is_an_answer(slack: Slack) -> None:
    post(slack, text="<@U7> Slept.")

    assert [*answered(slack.calls)] == [("C1", "U7")]


def test_an_answer_under_an_upload_is_found_by_the_upload(slack: Slack) -> None:
    post(slack, text="A palace.", blocks=WORDS, thread_ts="1690.1")

    assert [*answered(slack.calls)] == [("C1", "1690.1")]


def post(slack: Slack, **arguments: Any) -> str:
    """The ts of a message in C1."""
    return str(call(slack, "chat.postMessage", **arguments)["ts"])


def call(slack: Slack, method: str, **arguments: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        slack.call(f"/api/{method}", {"channel": "C1", **arguments})
    )
    return answer
