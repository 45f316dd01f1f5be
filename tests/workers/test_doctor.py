"""The doctor names what prevents answers, and tells no secret."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.manifest import manifest
from core.cipher import create_cipher
from core.redis_server import ensure_embedded, stop_embedded
from core.settings import load_settings
from local.fleet import free_port
from skills.catalog import catalog
from tests.bot.test_start import run
from tests.core.servers import Server
from tests.local.conftest import RunningSlack

DOCTOR = ("-m", "workers.doctor")


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[RunningSlack]:
    running = RunningSlack(tmp_path / "slack", manifest(catalog()))
    yield running
    running.stop()


@pytest.fixture
def healthy(tmp_path: Path, slack: RunningSlack) -> dict[str, str]:
    """The environment of an installation that works."""
    return {
        "DATA_DIR": str(tmp_path / "data"),
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-local-bot-token",
        "SLACK_APP_TOKEN": "xapp-local-app-token",
    }


def findings(output: str) -> dict[str, str]:
    """Each check's mark and words."""
    lines = [each for each in output.splitlines() if each[:5].strip() in ("ok", "note", "WRONG")]
    return {each[7:20].strip(): f"{each[:5].strip()} {each[22:]}" for each in lines}


def test_nothing_prevents_answers_where_all_is_well(
    healthy: dict[str, str], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    ensure_embedded(data)
    create_cipher(load_settings(data_dir=data, content_key=""))
    ended = run(*DOCTOR, **healthy)
    found = findings(ended.stdout)

    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout
    assert not [each for each in found.values() if each.startswith("WRONG")]
    assert len(found) == 13
    assert found["Redis"].endswith("embedded, append-only file")
    assert found["Scopes"] == "ok all that the manifest asks for"
    assert found["Policy"] == "ok none: everybody may use every skill"
    assert found["Workers"].startswith("note None is running, 0 jobs wait")
    assert "xoxb" not in ended.stdout + ended.stderr
    assert stop_embedded(data)


def test_before_the_first_start_nothing_is_made_or_started(
    healthy: dict[str, str], tmp_path: Path
) -> None:
    ended = run(*DOCTOR, **healthy)
    found = findings(ended.stdout)

    assert ended.returncode == 0, ended.stdout
    assert found["Redis"] == "note Embedded, not running: it starts with the bot."
    assert found["Content key"].startswith("note None yet")
    assert not (tmp_path / "data").exists()


def test_everything_that_is_wrong_is_said_at_once(
    healthy: dict[str, str], slack: RunningSlack, redis_url: str
) -> None:
    slack.workspace.revoke("files:read")
    key = Fernet.generate_key().decode()
    run(*DOCTOR, **healthy, REDIS_URL=redis_url, CONTENT_KEY=Fernet.generate_key().decode())
    wrong = {"CONTENT_KEY": key, "DEVICE": "cuda:7", "SLACK_APP_TOKEN": "xapp-of-another-app"}
    ended = run(*DOCTOR, **{**healthy, "REDIS_URL": redis_url, **wrong})
    found = findings(ended.stdout)

    assert ended.returncode == 1
    assert found["Scopes"].startswith("WRONG The app lacks files:read: put the output of")
    assert found["Way in"].startswith("WRONG Slack refuses SLACK_APP_TOKEN (invalid_auth)")
    assert found["Shared key"].startswith("WRONG The doctor on another machine")
    assert found["Device"].startswith("WRONG DEVICE is “cuda:7”")
    assert ended.stdout.endswith("\n4 lines of 13 must be mended before Readymade can answer.\n")
    assert key not in ended.stdout + ended.stderr


def test_settings_that_cannot_be_read_are_the_finding(healthy: dict[str, str]) -> None:
    ended = run(*DOCTOR, **{**healthy, "REDIS_URL": "redis://10.0.0.5:6379/0"})

    assert ended.returncode == 1
    assert ended.stdout.startswith("WRONG  Settings       REDIS_URL names a Redis without a passw")


def test_what_prevents_the_bot_from_starting_is_found(
    healthy: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "policy.toml").write_text("[everywhere]\nskills = ['translate']\n")
    signed = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "s"}
    with socket.create_server(("", 0)) as taken:
        port = str(taken.getsockname()[1])
        own = {"PORT": port, "POLICY": str(tmp_path / "policy.toml")}
        ended = run(*DOCTOR, **{**healthy, **signed, **own})
    found = findings(ended.stdout)

    assert ended.returncode == 1
    assert found["Policy"].startswith("WRONG POLICY: there is no skill translate; there are ")
    assert found["Way in"].startswith(f"WRONG Port {port} is used by another program")


def test_a_bot_that_listens_is_no_other_program(healthy: dict[str, str], tmp_path: Path) -> None:
    signed = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "s", "PORT": str(free_port())}
    environment = {"PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1", **healthy, **signed}
    command = [sys.executable, "-m", "bot"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as bot:
        assert bot.stderr is not None
        assert " ready " in bot.stderr.readline()
        found = findings(run(*DOCTOR, **{**healthy, **signed}).stdout)
        bot.kill()
    stop_embedded(tmp_path / "data")

    assert found["Way in"] == f"ok signed HTTP on port {signed['PORT']}, where the bot listens"
    assert found["Redis"].endswith("embedded, append-only file")


def test_a_busy_slack_says_nothing_about_the_tokens(
    healthy: dict[str, str], slack: RunningSlack
) -> None:
    slack.workspace.faults(
        fail_next=[
            {"method": "auth.test", "error": "ratelimited", "times": 2},
            {"method": "apps.connections.open", "error": "internal_error"},
        ]
    )
    ended = run(*DOCTOR, **healthy)
    found = findings(ended.stdout)

    assert found["Bot token"] == "note Not known: Slack says ratelimited. Ask again in a minute."
    assert found["Way in"] == "note Not known: Slack says internal_error. Ask again in a minute."


def test_a_server_that_refuses_config_and_forgets_when_full_is_noticed(
    healthy: dict[str, str], tmp_path: Path
) -> None:
    managed = ('rename-command CONFIG ""', "appendonly yes", "maxmemory-policy allkeys-lru")
    server = Server(tmp_path / "redis", *managed)
    url = f"redis://127.0.0.1:{server.port}/0"
    found = findings(run(*DOCTOR, **healthy, REDIS_URL=url).stdout)
    server.kill()

    assert "it throws jobs away when full" in found["Redis"]
