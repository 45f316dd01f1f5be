"""The bot ends soon when it is told to, whatever Slack does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.installation import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN
from tests.local.conftest import RunningSlack


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[RunningSlack]:
    running = RunningSlack(tmp_path / "slack")
    yield running
    running.workspace.faults(reset=True)
    running.stop()


@pytest.fixture
def bot(slack: RunningSlack, redis_url: str, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The bot's own process, on Socket Mode."""
    environment = {
        "DATA_DIR": str(tmp_path), "REDIS_URL": redis_url, "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": DEFAULT_BOT_TOKEN, "SLACK_APP_TOKEN": DEFAULT_APP_TOKEN,
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "bot"],
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[2],
        stderr=subprocess.DEVNULL,
    )
    slack.workspace.wait_for_app(40)
    yield process
    process.kill()
    process.wait()


def test_placeholders_that_a_slow_slack_does_not_take_do_not_hold_the_bot(
    slack: RunningSlack, bot: subprocess.Popen[bytes]
) -> None:
    slack.ada.slash("/sentiment", "I love it")  # now the bot knows ada and the channel
    slack.workspace.faults(latency=60)
    for _ in range(40):
        slack.ada.slash("/sentiment", "I love it")
    asked = time.monotonic()
    bot.send_signal(signal.SIGTERM)

    assert bot.wait(30) == 0
    assert time.monotonic() - asked < 8
