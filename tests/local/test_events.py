"""Events: who hears what, in the shapes of Slack's real payloads."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.local.conftest import RunningSlack
from tests.local.recording_app import RecordingApp
from tests.waiting import until


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "call.wav"
    path.write_bytes(b"RIFF0000WAVE")
    return path


def test_a_message_reaches_the_app(slack: RunningSlack, app: RecordingApp) -> None:
    slack.ada.say("support", "fish & <chips>")

    assert app.wait_for("message")["text"] == "fish &amp; &lt;chips&gt;"


def test_a_mention_is_heard_as_message_and_as_mention(
    slack: RunningSlack, app: RecordingApp
) -> None:
    said = slack.ada.say("support", "@readymade hello")
    heard = [app.wait_for("message")["ts"], app.wait_for("app_mention")["ts"]]

    assert heard == [said["ts"]] * 2


def test_an_upload_is_heard_three_times(
    slack: RunningSlack, app: RecordingApp, recording: Path
) -> None:
    slack.ada.upload("support", [recording], text="@readymade listen")
    message = app.wait_for("message")
    shared, mention = app.wait_for("file_shared"), app.wait_for("app_mention")

    assert (message["subtype"], shared["file_id"], len(mention["files"])) == (
        "file_share",
        message["files"][0]["id"],
        1,
    )


def test_several_files_come_in_one_message(
    slack: RunningSlack, app: RecordingApp, recording: Path
) -> None:
    slack.ada.upload("support", [recording, recording])

    assert len(app.wait_for("message")["files"]) == 2


def test_a_slack_connect_file_is_only_a_stub(
    slack: RunningSlack, app: RecordingApp, recording: Path
) -> None:
    slack.workspace.faults(check_file_info=True)
    slack.ada.upload("support", [recording])

    assert app.wait_for("message")["files"][0]["file_access"] == "check_file_info"


def test_a_mention_may_lack_its_files(
    slack: RunningSlack, app: RecordingApp, recording: Path
) -> None:
    slack.workspace.faults(mention_files="without_files")
    slack.ada.upload("support", [recording], text="@readymade listen")

    assert "files" not in app.wait_for("app_mention")


def test_where_the_bot_is_not_it_hears_nothing(slack: RunningSlack, app: RecordingApp) -> None:
    slack.ada.say("random", "@readymade are you here?")
    slack.ada.say("support", "end")
    app.wait_for("message")

    assert [event["text"] for event in app.events("message")] == ["end"]


def test_without_a_subscription_there_is_no_event(start_slack: Any) -> None:
    slack = start_slack(
        {
            "oauth_config": {"scopes": {"bot": ["channels:history", "app_mentions:read"]}},
            "settings": {
                "socket_mode_enabled": True,
                "event_subscriptions": {"bot_events": ["app_mention"]},
            },
        }
    )
    app = slack.connect()
    slack.ada.say("support", "@readymade hello")
    app.wait_for("app_mention")

    assert app.events("message") == []


def test_an_edit_tells_both_versions(slack: RunningSlack, app: RecordingApp) -> None:
    said = slack.ada.say("support", "befor")
    slack.ada.edit(said, "before")
    until(lambda: len(app.events("message")) > 1)
    event = next(e for e in app.events("message") if e.get("subtype") == "message_changed")

    assert (event["previous_message"]["text"], event["message"]["text"]) == ("befor", "before")


def test_deletion_reaction_and_joining_are_told(slack: RunningSlack, app: RecordingApp) -> None:
    said = slack.ada.say("support", "hello")
    slack.ada.react(said, "eyes")
    slack.ada.delete(said)
    slack.workspace.invite_bot("random")
    app.wait_for("reaction_added")
    app.wait_for("member_joined_channel")
    until(lambda: len(app.events("message")) > 1)

    assert app.events("message")[-1]["deleted_ts"] == said["ts"]


def test_an_unacknowledged_event_comes_again(slack: RunningSlack, app: RecordingApp) -> None:
    app.is_silent = True
    slack.workspace.faults(ack_timeout_scale=0.05, retry_scale=0.001)
    slack.ada.say("support", "anyone?")
    until(lambda: len(app.envelopes) == 4)
    attempts = [(one["retry_attempt"], one["retry_reason"]) for one in app.envelopes]

    assert attempts == [(0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")]


def test_a_retry_has_the_same_event_id(slack: RunningSlack, app: RecordingApp) -> None:
    app.is_silent = True
    slack.workspace.faults(ack_timeout_scale=0.05, retry_scale=0.001)
    slack.ada.say("support", "anyone?")
    until(lambda: len(app.envelopes) == 2)

    assert len({one["payload"]["event_id"] for one in app.envelopes}) == 1


def test_every_event_can_be_delivered_twice(slack: RunningSlack, app: RecordingApp) -> None:
    slack.workspace.faults(duplicate_delivery=True)
    slack.ada.say("support", "once")
    until(lambda: len(app.envelopes) == 2)

    assert len({payload["event_id"] for payload in app.payloads("events_api")}) == 1


REAL = {
    "event.message-02": ("message", None),
    "event.app_mention-04": ("app_mention", None),
    "event.message.file_share_files-01": ("message", "file_share"),
    "event.file_shared-01": ("file_shared", None),
    "event.message.message_changed-01": ("message", "message_changed"),
    "event.message.message_deleted-01": ("message", "message_deleted"),
    "event.reaction_added-02": ("reaction_added", None),
    "event.member_joined_channel-01": ("member_joined_channel", None),
    "event.app_home_opened-01": ("app_home_opened", None),
}
# What old payloads carry and new ones do not, and what needs an enterprise or an image.
OLD = {"authed_users", "enterprise_id"}
OF_OTHER_FILES = {"thumb", "original", "display"}


def missing(real: Any, ours: Any, at: str = "") -> Iterable[str]:
    """The fields of a real payload that ours lacks, by path."""
    if isinstance(real, dict) and isinstance(ours, dict):
        for name, value in real.items():
            if name in OLD or name.split("_")[0] in OF_OTHER_FILES:
                continue
            if name not in ours:
                yield f"{at}/{name}"
            else:
                yield from missing(value, ours[name], f"{at}/{name}")
    elif isinstance(real, list) and isinstance(ours, list) and real and ours:
        yield from missing(real[0], ours[0], f"{at}/0")


def do_everything(slack: RunningSlack, recording: Path) -> None:
    said = slack.ada.say("support", "hello @readymade")
    slack.ada.upload("support", [recording], text="listen")
    slack.ada.edit(said, "hello again @readymade")
    slack.ada.react(said, "eyes")
    slack.ada.delete(said)
    slack.workspace.invite_bot("random")
    slack.ada.open_home("messages")


def test_payloads_have_every_field_of_the_real_ones(
    slack: RunningSlack, app: RecordingApp, recording: Path, shared_data: Path
) -> None:
    do_everything(slack, recording)
    app.wait_for("app_home_opened")
    until(lambda: len(app.envelopes) >= 9)
    lacking = {}
    for name, wanted in REAL.items():
        real = json.loads((shared_data / f"slack/payloads/{name}.json").read_text())
        ours = [
            p
            for p in app.payloads("events_api")
            if (p["event"]["type"], p["event"].get("subtype")) == wanted
        ]
        fields = list(missing(real, ours[0])) if ours else ["everything"]
        lacking[name] = fields

    assert {name: fields for name, fields in lacking.items() if fields} == {}
