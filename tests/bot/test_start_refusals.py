"""What is wrong at the start is said in one sentence, by the process that cannot start."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.test_start import run
from tests.local.conftest import RunningSlack

BOT = ("-m", "bot")
WORKER = ("-m", "celery", "-A", "workers.main", "worker")
BEAT = ("-m", "celery", "-A", "workers.main", "beat")
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-local-bot-token", "SLACK_APP_TOKEN": "xapp-local-app-token"}


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[RunningSlack]:
    running = RunningSlack(tmp_path / "slack")
    yield running
    running.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[str]:
    """A DATA_DIR whose embedded Redis ends with the test."""
    yield str(tmp_path / "data")
    run("-m", "core.redis_server", "stop", DATA_DIR=str(tmp_path / "data"))


def one_sentence(ended: subprocess.CompletedProcess[str]) -> str:
    """What a process said before it ended in failure, which must be one line of ours."""
    assert ended.returncode != 0
    said = [line for line in ended.stderr.splitlines() if line.strip()]
    while "SecurityWarning" in said[0]:  # Celery's own, when the tests run as root
        said = said[next(i for i, line in enumerate(said) if "_warn_or_raise" in line) + 1 :]
    assert len(said) == 1, ended.stderr
    assert said[0].startswith("Readymade: ")
    return said[0].removeprefix("Readymade: ")


@pytest.mark.parametrize("program", [BOT, WORKER, BEAT], ids=["bot", "worker", "beat"])
@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("REDIS_URL", "banana", "REDIS_URL cannot be read: write redis://"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT cannot be used: it should be 'console' or 'json'"),
        ("SLACK_API_URL", "banana", "SLACK_API_URL is no address: write https://"),
        ("DATA_DIR", "/proc/nowhere", "DATA_DIR is /proc/nowhere, which cannot be made"),
        ("CONTENT_KEY", "abc", "CONTENT_KEY is not a key: leave it empty, or make one"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    program: tuple[str, ...], setting: str, value: str, said: str, folder: str, slack: RunningSlack
) -> None:
    environment = {**TOKENS, "DATA_DIR": folder, "SLACK_API_URL": f"{slack.url}/api/"}

    assert one_sentence(run(*program, **{**environment, setting: value})).startswith(said)


def test_swapped_tokens_are_told_apart(folder: str) -> None:
    ended = run(*BOT, DATA_DIR=folder, SLACK_BOT_TOKEN="xapp-1", SLACK_APP_TOKEN="xoxb-1")

    assert one_sentence(ended).startswith("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped")


@pytest.mark.parametrize(
    ("bot", "app", "said"),
    [
        ("xoxp-1", "xapp-1", "SLACK_BOT_TOKEN begins with xoxb- when it is a bot token"),
        ("xoxb-1", "xoxb-2", "SLACK_APP_TOKEN begins with xapp- when it is an app-level token"),
    ],
)
def test_another_kind_of_token_is_named(bot: str, app: str, said: str, folder: str) -> None:
    ended = run(*BOT, DATA_DIR=folder, SLACK_BOT_TOKEN=bot, SLACK_APP_TOKEN=app)

    assert one_sentence(ended).startswith(said)


@pytest.mark.parametrize("program", [BOT, WORKER], ids=["bot", "worker"])
def test_a_token_that_slack_refuses_is_named(
    program: tuple[str, ...], folder: str, slack: RunningSlack
) -> None:
    environment = {**TOKENS, "DATA_DIR": folder, "SLACK_API_URL": f"{slack.url}/api/"}
    ended = run(*program, **{**environment, "SLACK_BOT_TOKEN": "xoxb-of-another-app"})

    assert one_sentence(ended).startswith("Slack refuses SLACK_BOT_TOKEN (invalid_auth): ")


def test_an_app_token_that_slack_refuses_is_named(folder: str, slack: RunningSlack) -> None:
    environment = {**TOKENS, "DATA_DIR": folder, "SLACK_API_URL": f"{slack.url}/api/"}
    ended = run(*BOT, **{**environment, "SLACK_APP_TOKEN": "xapp-of-another-app"})

    assert one_sentence(ended).startswith("Slack refuses SLACK_APP_TOKEN (invalid_auth): ")


def test_a_slack_that_fails_is_not_taken_for_one_that_refuses(
    folder: str, slack: RunningSlack
) -> None:
    broken = {"method": "apps.connections.open", "error": "internal_error", "times": 99}
    slack.workspace.faults(fail_next=[broken])
    ended = run(*BOT, **TOKENS, DATA_DIR=folder, SLACK_API_URL=f"{slack.url}/api/")

    assert one_sentence(ended) == "Slack says internal_error. Start again in a minute."


def test_a_port_that_is_taken_is_named(folder: str, slack: RunningSlack) -> None:
    with socket.create_server(("", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run(
            *BOT, DATA_DIR=folder, SLACK_API_URL=f"{slack.url}/api/", PORT=str(port),
            SLACK_BOT_TOKEN=TOKENS["SLACK_BOT_TOKEN"], SLACK_SIGNING_SECRET="s",
        )  # fmt: skip

    assert one_sentence(ended) == (
        f"Port {port} is used by another program: end that one, or set another PORT in .env."
    )


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_ctrl_c_is_answered_at_once_and_nothing_else_is_said(
    mode: str, folder: str, slack: RunningSlack, start: Callable[..., subprocess.Popen[str]]
) -> None:
    http = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "s", "PORT": str(free_port())}
    tokens = TOKENS | (http if mode == "http" else {})
    bot = start(*BOT, DATA_DIR=folder, SLACK_API_URL=f"{slack.url}/api/", **tokens)
    assert bot.stderr is not None
    assert " ready " in bot.stderr.readline()
    asked = time.monotonic()
    bot.send_signal(signal.SIGINT)

    assert bot.stderr.readline().strip() == "Stopping…"
    assert time.monotonic() - asked < 3
    assert bot.stderr.read() == ""
    assert bot.wait(20) == 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a process of ours; it ends with the test."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        started.append(
            subprocess.Popen(
                [sys.executable, *arguments],
                env={"PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1", **environment},
                cwd=Path(__file__).parents[2],
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield begin
    for each in started:
        each.kill()
        each.wait()
        if each.stderr:
            each.stderr.close()


@pytest.mark.parametrize("url", ["banana", "http://readymade.example.com", "https://", "ftp://x"])
def test_an_address_that_slack_cannot_call_makes_no_manifest(url: str) -> None:
    ended = run("-m", "bot.manifest", "--http", url)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert "write the public address of the bot, for example https://" in ended.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("--http", "https://a.example"), ("--http", "http://127.0.0.1:1")]
)
def test_a_manifest_is_printed_as_json(arguments: tuple[str, ...]) -> None:
    ended = run("-m", "bot.manifest", *arguments)

    assert json.loads(ended.stdout)["settings"]["socket_mode_enabled"] is (not arguments)
