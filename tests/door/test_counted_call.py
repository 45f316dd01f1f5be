"""A call through the door: who spoke, and figures as a person counts them, in thread and file."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest

from local.installation import DEFAULT_BOT_TOKEN
from local.shapes import Json
from tests.door.conftest import PATIENCE, Office
from tests.skills import counted_call


def report(office: Office, message: Json) -> dict[str, Any]:
    """The JSON file in the thread."""

    def there() -> list[Json]:
        replies = office.workspace.thread(message["channel"], message["ts"])[1:]
        files = [file for reply in replies for file in reply.get("files", [])]
        return [file for file in files if str(file["name"]).endswith(".json")]

    (file,) = office.workspace.wait_for(there, PATIENCE) or []
    token = {"Authorization": f"Bearer {DEFAULT_BOT_TOKEN}"}
    with urllib.request.urlopen(urllib.request.Request(file["url_private"], headers=token)) as it:
        read: dict[str, Any] = json.load(it)
    return read


def test_a_call_with_a_person_a_side(office: Office) -> None:
    path = counted_call.make(office.folder)
    message = office.ada.upload("support", [path], text=f"<@{office.bot}> call")
    said = office.answer(message)
    found = report(office, message)
    parts = list(found["metrics"]["speakers"].values())
    texas, diane = (
        next(each["speaker"] for each in found["segments"] if word in each["text"])
        for word in ("Chicago", "Diane")
    )

    assert "Talk time" in said
    assert "64 %" in said  # counted: 64.3
    assert "36 %" in said  # counted: 35.7
    assert all(name in said for name in found["speakers"])
    assert "by the side of the recording" in said
    assert (texas, diane) == tuple(found["speakers"])
    assert [part["talk_seconds"] for part in parts] == pytest.approx(
        [each.talk_seconds for each in counted_call.PEOPLE], rel=0.05
    )
    assert found["metrics"]["silence_seconds"] == pytest.approx(counted_call.SILENCE, rel=0.05)
    assert found["metrics"]["overlap_seconds"] == pytest.approx(counted_call.OVERLAP, rel=0.05)
    assert [part["interruptions"] for part in parts] == [*counted_call.INTERRUPTIONS]
    assert [part["patience"] for part in parts] == pytest.approx(
        [each.patience for each in counted_call.PEOPLE], rel=0.05
    )
