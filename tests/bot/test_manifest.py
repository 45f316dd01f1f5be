"""The manifest is made from the catalog and is one that Slack takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.listeners import messages
from bot.manifest import SCOPES, manifest
from skills.catalog import catalog


@pytest.fixture(params=["", "https://readymade.example"], ids=["socket", "http"])
def made(request: pytest.FixtureRequest) -> dict[str, Any]:
    return manifest(catalog(), url=request.param)


def test_it_validates_against_slacks_schema(made: dict[str, Any], shared_data: Path) -> None:
    path = shared_data / "slack" / "schemas" / "manifest.schema.2.0.0.json"
    schema = json.loads(path.read_text())

    jsonschema.validators.validator_for(schema)(schema).validate(made)


def test_every_skill_has_its_command_and_its_shortcut(made: dict[str, Any]) -> None:
    features = made["features"]
    commands = {each["command"] for each in features["slash_commands"]}
    shortcuts = {each["callback_id"] for each in features["shortcuts"]}

    assert commands == {f"/{name}" for name in catalog()} | {"/readymade"}
    assert shortcuts == {name for name, skill in catalog().items() if skill.shortcut}


def test_names_and_descriptions_keep_slacks_limits(made: dict[str, Any]) -> None:
    features = made["features"]

    assert all(len(each["name"]) <= 24 for each in features["shortcuts"])
    assert len(features["shortcuts"]) <= 10
    assert 175 <= len(made["display_information"]["long_description"]) <= 4_000


def test_http_names_its_address_everywhere_and_socket_mode_nowhere() -> None:
    socket, http = manifest(catalog()), manifest(catalog(), url="https://readymade.example/")

    assert "https://" not in json.dumps(socket)
    assert json.dumps(http).count("https://readymade.example/slack/events") == 2 + len(
        http["features"]["slash_commands"]
    )


def test_every_scope_is_justified_on_the_security_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "security.md").read_text()

    assert [scope for scope in SCOPES if f"`{scope}`" not in page] == []


def test_every_event_that_is_subscribed_has_a_listener(made: dict[str, Any]) -> None:
    subscribed = {
        each.split(".")[0] for each in made["settings"]["event_subscriptions"]["bot_events"]
    }
    source = "".join(path.read_text() for path in Path(messages.__file__).parent.glob("*.py"))

    assert [event for event in subscribed if f'app.event("{event}")' not in source] == []
