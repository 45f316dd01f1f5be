"""Interaction payloads beside Slack's real ones: no field of those may be missing in ours."""

import json
from pathlib import Path
from typing import Any

from tests.local.conftest import RunningSlack
from tests.local.recording_app import RecordingApp
from tests.local.test_events import missing

REAL = {
    "block_actions-02": "block_actions",
    "message_action-01": "message_action",
    "shortcut-03": "shortcut",
    "view_submission-01": "view_submission",
    "view_closed-01": "view_closed",
}
# Only in an enterprise, or gone from Slack's present payloads.
ELSEWHERE = ("enterprise_id", "enterprise_name")
PLAIN = {"type": "plain_text", "text": "Label"}
ELEMENT = {"type": "plain_text_input", "action_id": "maBWU"}
INPUT = {"type": "input", "block_id": "hspI", "label": PLAIN, "element": ELEMENT, "optional": False}
VIEW = {
    "type": "modal",
    "title": PLAIN,
    "submit": PLAIN,
    "close": PLAIN,
    "notify_on_close": True,
    "blocks": [INPUT],
}
SECTION = {
    "type": "section",
    "text": {"type": "mrkdwn", "text": "A button.", "verbatim": False},
    "accessory": {"type": "button", "action_id": "button", "text": PLAIN, "value": "clicked"},
}


def interact(slack: RunningSlack, app: RecordingApp) -> None:
    """Every kind of interaction once."""
    slack.client.chat_postMessage(channel="support", text="A button.", blocks=[SECTION])
    slack.ada.click(slack.workspace.messages("support")[-1], "button")
    slack.ada.shortcut("look", slack.ada.say("support", "@readymade test"))
    slack.ada.shortcut("do-something")
    for act in (slack.ada.submit, slack.ada.close):
        slack.ada.slash("/form", channel="support")
        trigger = app.payloads("slash_commands")[-1]["trigger_id"]
        slack.client.views_open(trigger_id=trigger, view=VIEW)
        values = ({"hspI": "test"},) if act == slack.ada.submit else ()
        act(slack.workspace.views("ada")[-1], *values)


def without_elsewhere(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_elsewhere(v) for k, v in value.items() if k not in ELSEWHERE}
    return [without_elsewhere(item) for item in value] if isinstance(value, list) else value


def test_interactions_have_every_field_of_the_real_ones(
    slack: RunningSlack, app: RecordingApp, shared_data: Path
) -> None:
    interact(slack, app)
    lacking = {}
    for name, kind in REAL.items():
        real = json.loads((shared_data / f"slack/payloads/{name}.json").read_text())
        ours = next(p for p in app.payloads("interactive") if p["type"] == kind)
        lacking[name] = list(missing(without_elsewhere(real), ours))

    assert {name: fields for name, fields in lacking.items() if fields} == {}


def test_a_command_has_every_field_of_the_real_one(
    slack: RunningSlack, app: RecordingApp, shared_data: Path
) -> None:
    slack.ada.slash("/sentiment", "x", channel="support")
    path = shared_data / "slack/payloads/envelope.slash_commands-01.json"
    real = json.loads(path.read_text())["payload"]

    assert set(real) - set(app.payloads("slash_commands")[0]) == set()
