"""The same doors over signed HTTP, for workspaces that do not use Socket Mode."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.fleet import Fleet
from local.installation import DEFAULT_BOT_TOKEN
from tests.door.conftest import Office


@pytest.fixture(scope="module")
def http_fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(tmp_path_factory.mktemp("http"), socket_mode=False) as running:
        yield running


@pytest.fixture
def office(http_fleet: Fleet, tmp_path: Path) -> Office:
    return Office(fleet=http_fleet, folder=tmp_path)


def test_a_command_a_mention_and_a_shortcut_are_answered(office: Office) -> None:
    command = office.slash("/sentiment", "I love this release")
    mention = office.ada.say("general", f"<@{office.bot}> sentiment I love this release")
    message = office.ada.say("general", "What a terrible, broken update.")
    office.ada.shortcut("sentiment", message)

    assert "positive" in command.lower()
    assert "positive" in office.answer(mention).lower()
    assert "negative" in office.answer(message).lower()


def test_an_event_that_slack_tells_again_is_answered_once(office: Office) -> None:
    office.workspace.faults(duplicate_delivery=True)
    message = office.ada.say("general", f"<@{office.bot}> sentiment Thank you all")
    office.answer(message)
    later = office.ada.say("general", f"<@{office.bot}> sentiment Thank you again")
    office.answer(later)
    office.workspace.faults(reset=True)

    assert len(office.workspace.thread(message["channel"], message["ts"])) == 2


def test_a_wrong_app_token_is_one_sentence(office: Office) -> None:
    environment = {
        **os.environ,
        "SLACK_API_URL": f"{office.workspace.url}/api/",
        "SLACK_BOT_TOKEN": DEFAULT_BOT_TOKEN,
        "SLACK_APP_TOKEN": "xapp-wrong",
        "DATA_DIR": str(office.fleet.folder),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "bot"], env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("Readymade: Slack refuses SLACK_APP_TOKEN")
    assert "Traceback" not in ended.stderr
