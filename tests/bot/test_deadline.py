"""Slack waits three seconds for an acknowledgement, and gets one however slow Slack itself is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.app import create_app
from bot.deadline import SECONDS, PunctualClient, PunctualThreads
from bot.manifest import manifest
from bot.sockets import create_handler
from core import words
from core.broker import create_celery
from core.cipher import Cipher
from core.ledger import Ledger
from core.records import create_records
from core.settings import load_settings
from core.slack import create_client
from local.installation import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN
from local.shapes import Json
from skills.catalog import catalog
from tests.bot.conftest import Reception
from tests.local.conftest import RunningSlack


@pytest.fixture
def socket_slack(
    ledger: Ledger, cipher: Cipher, redis_url: str, tmp_path: Path
) -> Iterator[RunningSlack]:
    """A local Slack with the bot on Socket Mode."""
    slack = RunningSlack(tmp_path / "slack", manifest(catalog()))
    settings = load_settings(
        slack_bot_token=DEFAULT_BOT_TOKEN,
        slack_app_token=DEFAULT_APP_TOKEN,
        slack_api_url=f"{slack.url}/api/",
        data_dir=tmp_path,
    )
    app = create_app(
        settings,
        ledger=ledger,
        celery=create_celery(redis_url),
        client=create_client(settings),
        catalog=catalog(),
        records=create_records(settings, cipher=cipher),
    )
    handler = create_handler(app, settings)
    handler.connect()
    slack.workspace.wait_for_app(10)
    yield slack
    slack.workspace.faults(reset=True)
    handler.close()
    slack.stop()


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


def test_the_commands_of_thirty_people_wait_for_a_slow_slack_side_by_side(
    socket_slack: RunningSlack,
) -> None:
    socket_slack.workspace.faults(latency=3, ack_timeout_scale=10)
    with ThreadPoolExecutor(30) as people:
        told = [people.submit(socket_slack.ada.slash, "/sentiment", "I love it") for _ in range(30)]
        answers = [each.result() for each in told]

    assert all(words.BUSY in str(answer["response"]) for answer in answers)
    assert max(answer["ms"] for answer in answers) < 2 * SECONDS * 1000


def test_a_request_that_waited_too_long_for_a_thread_calls_slack_no_more(
    reception: Reception,
) -> None:
    client = PunctualClient(
        load_settings(
            slack_bot_token=DEFAULT_BOT_TOKEN, slack_api_url=f"{reception.slack.url}/api/"
        )
    )
    with PunctualThreads(1) as threads:
        threads.submit(time.sleep, SECONDS + 0.2)
        call = threads.submit(client.chat_postMessage, channel="support", text="too late")

        assert isinstance(call.exception(), TimeoutError)
    assert reception.workspace.log()["counts"].get("chat.postMessage", 0) == 0
