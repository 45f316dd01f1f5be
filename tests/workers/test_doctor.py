"""The doctor names what prevents answers, and tells no secret."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.manifest import manifest
from core.redis_server import embedded_runs
from skills.catalog import catalog
from tests.bot.test_start import run
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
    ended = run(*DOCTOR, **healthy)
    found = findings(ended.stdout)

    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout
    assert not [each for each in found.values() if each.startswith("WRONG")]
    assert len(found) == 12
    assert found["Redis"].endswith("embedded, append-only file")
    assert found["Scopes"] == "ok all that the manifest asks for"
    assert found["Workers"].startswith("note None is running, 0 jobs wait")
    assert "xoxb" not in ended.stdout + ended.stderr
    assert not embedded_runs(tmp_path / "data")


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
    assert ended.stdout.endswith("4 of 12 checks found what prevents answers.\n")
    assert key not in ended.stdout + ended.stderr


def test_settings_that_cannot_be_read_are_the_finding(healthy: dict[str, str]) -> None:
    ended = run(*DOCTOR, **{**healthy, "REDIS_URL": "redis://10.0.0.5:6379/0"})

    assert ended.returncode == 1
    assert ended.stdout.startswith("WRONG  Settings       REDIS_URL names a Redis without a passw")
