"""Faults: what Slack does on a bad day, switched on through the control API."""

import urllib.error
from http.client import IncompleteRead, RemoteDisconnected

import pytest
from slack_sdk.errors import SlackApiError

from local.person import LocalSlackError, NeverHappened
from tests.local.conftest import RunningSlack
from tests.local.recording_app import RecordingApp


def test_a_second_message_within_a_second_is_limited(slack: RunningSlack) -> None:
    slack.workspace.faults(rate_limit=True)
    slack.client.chat_postMessage(channel="support", text="one")
    with pytest.raises(SlackApiError) as caught:
        slack.client.chat_postMessage(channel="support", text="two")

    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (
        429,
        "1",
    )


def test_another_channel_is_not_limited(slack: RunningSlack) -> None:
    slack.workspace.faults(rate_limit=True)
    slack.client.chat_postMessage(channel="support", text="one")

    assert slack.client.chat_postMessage(channel="general", text="two")["ok"]


def test_the_next_call_can_fail_with_an_error(slack: RunningSlack) -> None:
    slack.workspace.faults(fail_next=[{"method": "chat.postMessage", "error": "fatal_error"}])
    with pytest.raises(SlackApiError, match="fatal_error"):
        slack.client.chat_postMessage(channel="support", text="one")

    assert slack.client.chat_postMessage(channel="support", text="two")["ok"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_the_next_call_can_fail_with_a_status(slack: RunningSlack, status: int) -> None:
    slack.workspace.faults(fail_next=[{"status": status, "retry_after": 7}])
    with pytest.raises(SlackApiError) as caught:
        slack.client.auth_test()

    assert caught.value.response.status_code == status


@pytest.mark.parametrize(("when", "posted"), [("after", 1), ("before", 0)])
def test_the_answer_can_be_lost(slack: RunningSlack, when: str, posted: int) -> None:
    slack.workspace.faults(fail_next=[{"method": "chat.postMessage", "reset": when}])
    with pytest.raises((urllib.error.URLError, RemoteDisconnected, ConnectionError)):
        slack.client.chat_postMessage(channel="support", text="one")

    assert len(slack.workspace.messages("support")) == posted


def test_the_answer_can_be_cut_in_its_middle(slack: RunningSlack) -> None:
    slack.workspace.faults(fail_next=[{"method": "chat.postMessage", "reset": "body"}])
    with pytest.raises(IncompleteRead):
        slack.client.chat_postMessage(channel="support", text="one")

    assert len(slack.workspace.messages("support")) == 1


def test_faults_end_with_a_reset(slack: RunningSlack) -> None:
    slack.workspace.faults(rate_limit=True, reject_blocks=["table"])
    after = slack.workspace.faults(reset=True)

    assert (after["rate_limit"], after["reject_blocks"]) == (False, [])


def test_a_misspelt_fault_is_refused(slack: RunningSlack) -> None:
    with pytest.raises(LocalSlackError, match="unknown_fault"):
        slack.workspace.faults(rate_limits=True)


def test_the_log_counts_calls_and_never_holds_tokens(slack: RunningSlack) -> None:
    slack.client.chat_postMessage(channel="support", text="secret text")
    log = slack.workspace.log()

    assert (log["counts"], "xoxb" in str(log), "secret" in str(log)) == (
        {"chat.postMessage": 1},
        False,
        False,
    )


def test_the_log_tells_how_fast_the_app_acknowledged(
    slack: RunningSlack, app: RecordingApp
) -> None:
    slack.ada.slash("/sentiment", "x", channel="support")
    attempt = slack.workspace.log()["deliveries"][0]["attempts"][0]

    assert attempt["ok"]
    assert attempt["ack_ms"] < 3000


def test_connections_can_be_asked_to_refresh(slack: RunningSlack, app: RecordingApp) -> None:
    slack.workspace.call("POST", "sockets", {"reason": "warning"})
    slack.workspace.call("POST", "sockets", {"action": "drop"})
    slack.workspace.wait_for(lambda: slack.workspace.about()["app"]["connections"] == 0, 5)

    assert slack.ada.slash("/sentiment", channel="support")["error"] == "dispatch_failed"


def test_each_envelope_goes_to_one_of_the_connections(slack: RunningSlack) -> None:
    first, second = slack.connect(), slack.connect()
    slack.workspace.wait_for(lambda: slack.workspace.about()["app"]["connections"] == 2, 5)
    for _ in range(4):
        slack.ada.slash("/sentiment", channel="support")

    assert (len(first.envelopes), len(second.envelopes)) == (2, 2)


def test_waiting_ends_when_nothing_happens(slack: RunningSlack) -> None:
    with pytest.raises(NeverHappened):
        slack.workspace.wait_for(lambda: False, timeout=0.1)
