"""Commands, buttons, shortcuts, response URLs, triggers and modals."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from local.person import LocalSlackError
from tests.local.conftest import RunningSlack
from tests.local.recording_app import RecordingApp

PLAIN = {"type": "plain_text", "text": "Text"}
BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "press", "value": "v1", "text": PLAIN}],
}
INPUT = {
    "type": "input",
    "block_id": "b",
    "label": PLAIN,
    "element": {"type": "plain_text_input", "action_id": "a"},
}
MODAL = {"type": "modal", "callback_id": "m", "title": PLAIN, "submit": PLAIN, "blocks": [INPUT]}


def run_command(slack: RunningSlack, app: RecordingApp) -> dict[str, Any]:
    slack.ada.slash("/sentiment", "I <3 it", channel="support")
    return app.payloads("slash_commands")[-1]


def test_a_command_carries_who_where_and_what(slack: RunningSlack, app: RecordingApp) -> None:
    payload = run_command(slack, app)

    assert (payload["user_name"], payload["channel_name"], payload["text"]) == (
        "ada",
        "support",
        "I &lt;3 it",
    )


def test_the_ack_of_a_command_may_answer(slack: RunningSlack, app: RecordingApp) -> None:
    app.answer = lambda payload: {"text": "queued"}
    run_command(slack, app)

    assert slack.workspace.ephemerals(user="ada")[-1]["text"] == "queued"


def test_an_answer_in_channel_is_seen_by_all(slack: RunningSlack, app: RecordingApp) -> None:
    app.answer = lambda payload: {"text": "queued", "response_type": "in_channel"}
    run_command(slack, app)

    assert slack.workspace.messages("support")[-1]["text"] == "queued"


def test_a_silent_app_is_a_timeout_for_the_person(slack: RunningSlack, app: RecordingApp) -> None:
    app.is_silent = True
    slack.workspace.faults(ack_timeout_scale=0.05)
    outcome = slack.ada.slash("/sentiment", "x", channel="support")
    note = slack.workspace.ephemerals(user="ada")[-1]["text"]

    assert (outcome["error"], "operation_timeout" in note) == ("operation_timeout", True)


def test_a_command_is_not_tried_again(slack: RunningSlack, app: RecordingApp) -> None:
    app.is_silent = True
    slack.workspace.faults(ack_timeout_scale=0.05, retry_scale=0.0)
    slack.ada.slash("/sentiment", "x", channel="support")
    app.is_silent = False
    slack.ada.slash("/end", channel="support")

    assert [p["command"] for p in app.payloads("slash_commands")] == ["/sentiment", "/end"]


def test_without_an_app_the_dispatch_fails(slack: RunningSlack) -> None:
    assert slack.ada.slash("/sentiment", "x", channel="support")["error"] == "dispatch_failed"


def test_commands_do_not_work_in_threads(slack: RunningSlack) -> None:
    said = slack.ada.say("support", "hi")
    outcome = slack.ada.slash("/sentiment", "x", channel="support", thread=said["ts"])

    assert outcome["error"] == "not_supported_in_threads"


def test_a_command_outside_the_manifest_is_unknown(start_slack: Any) -> None:
    slack = start_slack({"features": {"slash_commands": [{"command": "/known"}]}})

    assert slack.ada.slash("/other", channel="support")["error"] == "invalid_command"


def test_should_escape_turns_names_into_ids(start_slack: Any) -> None:
    command = {"command": "/who", "should_escape": True}
    slack = start_slack(
        {"features": {"slash_commands": [command]}, "settings": {"socket_mode_enabled": True}}
    )
    app = slack.connect()
    slack.ada.slash("/who", "@grace", channel="support")
    grace = next(u for u in slack.workspace.about()["users"] if u["name"] == "grace")

    assert app.payloads("slash_commands")[0]["text"] == f"<@{grace['id']}>"


def test_a_response_url_works_where_the_bot_is_not(slack: RunningSlack, app: RecordingApp) -> None:
    slack.ada.slash("/sentiment", "x", channel="random")
    WebhookClient(app.payloads("slash_commands")[0]["response_url"]).send(text="invite me")

    assert slack.workspace.ephemerals(user="ada", channel="random")[-1]["text"] == "invite me"


def test_a_response_url_works_five_times(slack: RunningSlack, app: RecordingApp) -> None:
    hook = WebhookClient(run_command(slack, app)["response_url"])
    statuses = [hook.send(text=str(n)).status_code for n in range(6)]

    assert statuses == [200] * 5 + [404]


def test_a_response_url_expires(slack: RunningSlack, app: RecordingApp) -> None:
    hook = WebhookClient(run_command(slack, app)["response_url"])
    slack.workspace.faults(response_url_seconds=0.0)

    assert "expired_url" in hook.send(text="late").body


def test_a_response_url_answers_in_a_thread(slack: RunningSlack, app: RecordingApp) -> None:
    said = slack.ada.say("support", "hi")
    hook = WebhookClient(run_command(slack, app)["response_url"])
    hook.send_dict({"text": "in", "response_type": "in_channel", "thread_ts": said["ts"]})

    assert slack.workspace.thread("support", said["ts"])[-1]["text"] == "in"


def test_a_button_tells_its_message_and_value(slack: RunningSlack, app: RecordingApp) -> None:
    slack.client.chat_postMessage(channel="support", text="t", blocks=[BUTTON])
    message = slack.workspace.messages("support")[-1]
    slack.ada.click(message, "press")
    payload = app.payloads("interactive")[-1]

    assert (payload["actions"][0]["value"], payload["message"]["ts"]) == ("v1", message["ts"])


def test_a_button_can_replace_its_ephemeral_message(slack: RunningSlack, app: RecordingApp) -> None:
    said = slack.ada.say("support", "hi")
    slack.client.chat_postEphemeral(
        channel=said["channel"], user=said["user"], text="t", blocks=[BUTTON]
    )
    slack.ada.click(slack.workspace.ephemerals(user="ada")[-1], "press")
    hook = WebhookClient(app.payloads("interactive")[-1]["response_url"])
    hook.send(text="thanks", replace_original=True)

    assert [m["text"] for m in slack.workspace.ephemerals(user="ada")] == ["thanks"]


def test_a_button_can_delete_its_message(slack: RunningSlack, app: RecordingApp) -> None:
    slack.client.chat_postMessage(channel="support", text="t", blocks=[BUTTON])
    slack.ada.click(slack.workspace.messages("support")[-1], "press")
    WebhookClient(app.payloads("interactive")[-1]["response_url"]).send(delete_original=True)

    assert slack.workspace.messages("support") == []


def test_a_message_shortcut_carries_the_message(slack: RunningSlack, app: RecordingApp) -> None:
    said = slack.ada.say("support", "look")
    slack.ada.shortcut("sentiment", said)
    payload = app.payloads("interactive")[-1]

    assert (payload["type"], payload["message"]["text"]) == ("message_action", "look")


def test_a_global_shortcut_knows_no_channel(slack: RunningSlack, app: RecordingApp) -> None:
    slack.ada.shortcut("new_task")

    assert "channel" not in app.payloads("interactive")[-1]


def open_modal(slack: RunningSlack, app: RecordingApp, view: Any = MODAL) -> dict[str, Any]:
    slack.client.views_open(trigger_id=run_command(slack, app)["trigger_id"], view=view)
    return slack.workspace.views("ada")[-1]


def test_a_submitted_modal_carries_its_values(slack: RunningSlack, app: RecordingApp) -> None:
    slack.ada.submit(open_modal(slack, app), {"a": "hello"})
    state = app.payloads("interactive")[-1]["view"]["state"]["values"]

    assert state == {"b": {"a": {"type": "plain_text_input", "value": "hello"}}}


def test_what_a_person_empties_is_sent_as_nothing(slack: RunningSlack, app: RecordingApp) -> None:
    element = {**INPUT["element"], "initial_value": "before"}
    view = {**MODAL, "blocks": [{**INPUT, "element": element, "optional": True}]}
    slack.ada.submit(open_modal(slack, app, view), {"a": ""})
    state = app.payloads("interactive")[-1]["view"]["state"]["values"]

    assert state["b"]["a"]["value"] is None


def test_a_submitted_modal_closes(slack: RunningSlack, app: RecordingApp) -> None:
    slack.ada.submit(open_modal(slack, app), {"a": "hello"})

    assert slack.workspace.views("ada") == []


def test_an_empty_required_input_is_not_sent(slack: RunningSlack, app: RecordingApp) -> None:
    outcome = slack.ada.submit(open_modal(slack, app), {})

    assert (outcome["errors"].keys(), app.payloads("interactive")) == ({"b": 0}.keys(), [])


def test_the_app_can_refuse_a_submission(slack: RunningSlack, app: RecordingApp) -> None:
    view = open_modal(slack, app)
    app.answer = lambda payload: {"response_action": "errors", "errors": {"b": "too short"}}
    outcome = slack.ada.submit(view, {"a": "x"})

    assert (outcome["errors"], len(slack.workspace.views("ada"))) == ({"b": "too short"}, 1)


@pytest.mark.parametrize(("action", "open_views"), [("push", 2), ("update", 1)])
def test_the_app_can_answer_with_a_view(
    slack: RunningSlack, app: RecordingApp, action: str, open_views: int
) -> None:
    view = open_modal(slack, app)
    app.answer = lambda payload: {"response_action": action, "view": MODAL}
    slack.ada.submit(view, {"a": "x"})

    assert len(slack.workspace.views("ada")) == open_views


def test_a_view_is_updated_while_it_is_open(slack: RunningSlack, app: RecordingApp) -> None:
    view = open_modal(slack, app)
    slack.client.views_update(view_id=view["id"], view={**MODAL, "callback_id": "second"})

    assert slack.workspace.views("ada")[0]["callback_id"] == "second"


def test_an_old_hash_conflicts(slack: RunningSlack, app: RecordingApp) -> None:
    view = open_modal(slack, app)
    slack.client.views_update(view_id=view["id"], view=MODAL)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        slack.client.views_update(view_id=view["id"], view=MODAL, hash=view["hash"])


def test_a_closed_view_is_told_if_wanted(slack: RunningSlack, app: RecordingApp) -> None:
    slack.ada.close(open_modal(slack, app, {**MODAL, "notify_on_close": True}))

    assert app.payloads("interactive")[-1]["type"] == "view_closed"


def test_a_trigger_works_once(slack: RunningSlack, app: RecordingApp) -> None:
    trigger = run_command(slack, app)["trigger_id"]
    slack.client.views_open(trigger_id=trigger, view=MODAL)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        slack.client.views_open(trigger_id=trigger, view=MODAL)


def test_a_trigger_expires(slack: RunningSlack, app: RecordingApp) -> None:
    trigger = run_command(slack, app)["trigger_id"]
    slack.workspace.faults(ack_timeout_scale=0.0)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        slack.client.views_open(trigger_id=trigger, view=MODAL)


def test_the_home_tab_is_published_for_one_person(slack: RunningSlack, app: RecordingApp) -> None:
    slack.ada.open_home()
    user = app.wait_for("app_home_opened")["user"]
    slack.client.views_publish(user_id=user, view={"type": "home", "blocks": [BUTTON]})

    assert (bool(slack.workspace.home("ada")), slack.workspace.home("grace")) == (True, None)


def test_an_unknown_button_is_an_error_of_the_test(slack: RunningSlack, app: RecordingApp) -> None:
    said = slack.ada.say("support", "no buttons")
    with pytest.raises(LocalSlackError, match="action_not_found"):
        slack.ada.click(said, "press")
