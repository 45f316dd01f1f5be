"""Slack's client: an answer that cannot be read passes like one that never came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core.settings import load_settings
from core.slack import create_client, create_impatient_client, limited_for, transient
from local.installation import DEFAULT_BOT_TOKEN
from local.shapes import Json
from tests.local.conftest import RunningSlack


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[RunningSlack]:
    running = RunningSlack(tmp_path / "slack")
    yield running
    running.stop()


@pytest.fixture(params=[create_client, create_impatient_client])
def client(slack: RunningSlack, request: pytest.FixtureRequest) -> WebClient:
    made: WebClient = request.param(
        load_settings(slack_bot_token=DEFAULT_BOT_TOKEN, slack_api_url=f"{slack.url}/api/")
    )
    return made


@pytest.mark.parametrize(
    ("fault", "posted"),
    [
        ({"reset": "body"}, 1),
        ({"status": 200, "text": "<html>A proxy</html>"}, 0),
        ({"status": 200, "text": "[]"}, 0),
        ({"status": 403, "text": "<html>A proxy</html>"}, 0),
    ],
)
def test_an_answer_that_cannot_be_read_is_a_lost_one(
    slack: RunningSlack, client: WebClient, fault: Json, posted: int
) -> None:
    slack.workspace.faults(fail_next=[{"method": "chat.postMessage", **fault}])
    with pytest.raises(OSError, match="answer") as caught:
        client.chat_postMessage(channel="support", text="one")

    assert transient(caught.value)
    assert len(slack.workspace.messages("support")) == posted


def test_a_further_page_that_is_cut_is_a_lost_one(slack: RunningSlack, client: WebClient) -> None:
    for text in ("one", "two"):
        client.chat_postMessage(channel="support", text=text)
    pages = iter(client.conversations_history(channel=slack.workspace.channel("support"), limit=1))
    next(pages)
    slack.workspace.faults(fail_next=[{"reset": "body"}])

    with pytest.raises(OSError, match="cut"):
        next(pages)


@pytest.mark.parametrize("status", [429, 502])
def test_a_status_says_what_it_means_whatever_stands_in_the_answer(
    slack: RunningSlack, status: int
) -> None:
    client = create_impatient_client(
        load_settings(slack_bot_token=DEFAULT_BOT_TOKEN, slack_api_url=f"{slack.url}/api/")
    )
    slack.workspace.faults(fail_next=[{"status": status, "text": "<html>A proxy</html>"}])
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()

    assert transient(caught.value)
    assert limited_for(caught.value) == (1.0 if status == 429 else None)
