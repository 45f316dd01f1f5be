"""The policy at the doors: refused in a sentence when asked, silent when nobody asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from core.ledger import Ledger
from core.roster import Roster
from local.fleet import Fleet
from tests.door.signed import Post, open_door

Office = Callable[[str], Post]


@pytest.fixture
def office(fleet: Fleet, ledger: Ledger, redis_url: str, tmp_path: Path) -> Office:
    """The HTTP door of a bot with this policy."""

    def open_with(policy: str) -> Post:
        path = tmp_path / "policy.toml"
        path.write_text(policy)
        return open_door(fleet, ledger, redis_url, policy=path)

    return open_with


def command(fleet: Fleet, name: str, *, act: str = "1") -> bytes:
    about = fleet.workspace.about()
    asked = {
        "command": f"/{name}", "text": "I love it --private", "team_id": about["team"]["id"],
        "channel_id": fleet.workspace.channel("general"), "user_id": person(fleet, "grace"),
        "trigger_id": f"policy.{act}", "response_url": f"{fleet.url}/commands/T/1/nowhere",
    }  # fmt: skip
    return urlencode(asked).encode()


def upload(fleet: Fleet, path: Path) -> bytes:
    """The event of a file that linus uploads in #general without a word."""
    linus = fleet.workspace.person("linus")
    message = linus.upload("general", [path])
    about = fleet.workspace.about()
    event = {**message, "type": "message", "channel": fleet.workspace.channel("general")}
    return json.dumps(
        {"type": "event_callback", "team_id": about["team"]["id"], "event": event}
    ).encode()


def person(fleet: Fleet, name: str) -> str:
    return next(str(u["id"]) for u in fleet.workspace.about()["users"] if u["name"] == name)


FORM = "application/x-www-form-urlencoded"


def test_a_skill_that_is_switched_off_says_so_and_another_works(
    office: Office, fleet: Fleet, ledger: Ledger
) -> None:
    channel = fleet.workspace.channel("general")
    call = office(f'[channels.{channel}]\nskills = ["summarize"]')
    _, refused = call(command(fleet, "sentiment"), kind=FORM)
    _, taken = call(command(fleet, "summarize", act="2"), kind=FORM)

    assert b"switched off in this channel" in refused
    assert b"switched off" not in taken
    assert Roster(ledger.scripts).waiting() == {"text": 1}


def test_a_shared_limit_of_the_workspace_is_kept(
    office: Office, fleet: Fleet, ledger: Ledger
) -> None:
    call = office("[limits]\nrequests_per_hour = { team = 1 }")
    call(command(fleet, "sentiment"), kind=FORM)
    _, refused = call(command(fleet, "sentiment", act="2"), kind=FORM)

    assert b"Your workspace has made 1 request in the last hour" in refused
    assert Roster(ledger.scripts).waiting() == {"text": 1}


@pytest.mark.parametrize(
    "policy",
    ["automatic = false", 'who = ["U0NOBODY"]', 'skills = ["summarize"]'],
    ids=["not automatic", "not for everybody", "not this skill"],
)
def test_an_upload_that_nobody_asked_about_is_left_alone(
    office: Office, fleet: Fleet, ledger: Ledger, tmp_path: Path, policy: str
) -> None:
    table = tmp_path / "comments.csv"
    table.write_text("comment\nI love it\nI hate it\n")
    event = upload(fleet, table)
    status, _ = office(f"[everywhere]\n{policy}")(event)
    left_alone = Roster(ledger.scripts).waiting()
    office("")(event + b" ")  # the same bytes twice would be a replay

    assert (status, left_alone) == (200, {})
    assert Roster(ledger.scripts).waiting() == {"text": 1}
