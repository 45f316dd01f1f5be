"""Posting, editing and deleting through slack_sdk's WebClient."""

import json
import urllib.error
import urllib.request

import pytest
from slack_sdk.errors import SlackApiError

from local.refusal import Refusal
from tests.local.conftest import RunningSlack


def refused(call, **arguments) -> str:
    """The error code of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def test_auth_test_names_the_bot(slack: RunningSlack) -> None:
    answer = slack.client.auth_test()

    assert answer["user_id"] == slack.workspace.bot


def test_a_message_comes_back_with_its_timestamp_and_bot(slack: RunningSlack) -> None:
    support = slack.workspace.channel("support")
    posted = slack.client.chat_postMessage(channel=support, text="hello")

    assert slack.workspace.messages("support")[-1]["ts"] == posted["ts"]


def test_timestamps_strictly_increase(slack: RunningSlack) -> None:
    posted = [slack.client.chat_postMessage(channel="general", text=str(n))["ts"] for n in range(5)]

    assert posted == sorted(set(posted))


def test_a_reply_counts_at_its_parent(slack: RunningSlack) -> None:
    parent = slack.ada.say("support", "question")
    slack.client.chat_postMessage(channel=parent["channel"], thread_ts=parent["ts"], text="answer")

    assert slack.workspace.messages("support")[-1]["reply_count"] == 1


def test_metadata_is_read_back_only_on_request(slack: RunningSlack) -> None:
    metadata = {"event_type": "job", "event_payload": {"key": "k1"}}
    posted = slack.client.chat_postMessage(channel="support", text="x", metadata=metadata)
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    plain = slack.client.conversations_replies(**place)["messages"][0]
    full = slack.client.conversations_replies(**place, include_all_metadata=True)["messages"][0]

    assert ("metadata" in plain, full["metadata"]) == (False, metadata)


def test_an_update_replaces_text_and_blocks(slack: RunningSlack) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "before"}}
    posted = slack.client.chat_postMessage(channel="support", text="before", blocks=[block])
    slack.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="after")
    message = slack.workspace.messages("support")[-1]

    assert (message["text"], "blocks" in message) == ("after", False)


def test_the_bot_cannot_edit_the_message_of_a_person(slack: RunningSlack) -> None:
    said = slack.ada.say("support", "mine")
    error = refused(slack.client.chat_update, channel=said["channel"], ts=said["ts"], text="yours")

    assert error == "cant_update_message"


def test_a_deleted_parent_leaves_a_tombstone(slack: RunningSlack) -> None:
    posted = slack.client.chat_postMessage(channel="support", text="parent")
    slack.ada.say("support", "reply", thread=posted["ts"])
    slack.client.chat_delete(channel=posted["channel"], ts=posted["ts"])

    assert slack.workspace.thread("support", posted["ts"])[0]["subtype"] == "tombstone"


def test_a_tombstone_is_slackbots_and_goes_with_its_last_reply(slack: RunningSlack) -> None:
    posted = slack.ada.say("support", "parent")
    reply = slack.ada.say("support", "reply", thread=posted["ts"])
    slack.ada.delete(posted)
    (parent, _) = slack.workspace.thread("support", posted["ts"])
    slack.ada.delete(reply)

    assert (parent["user"], parent["hidden"], parent["text"]) == (
        "USLACKBOT",
        True,
        "This message was deleted.",
    )
    assert slack.workspace.messages("support") == []


def test_another_app_speaks_under_its_name(slack: RunningSlack) -> None:
    said = slack.workspace.app_says("support", "Build 7 is green.", app="CI")

    assert (said["subtype"], said["username"]) == ("bot_message", "CI")
    assert said["bot_id"] != slack.slack.installation.bot_id


def test_slack_says_who_joins(slack: RunningSlack) -> None:
    slack.workspace.leave("support", "linus")
    slack.workspace.join("support", "linus")

    (notice,) = slack.workspace.messages("support")
    assert (notice["subtype"], notice["text"]) == (
        "channel_join",
        f"<@{notice['user']}> has joined the channel",
    )


def test_an_ephemeral_message_is_seen_by_one_person_only(slack: RunningSlack) -> None:
    said = slack.ada.say("support", "hi")
    slack.client.chat_postEphemeral(channel=said["channel"], user=said["user"], text="psst")
    seen = [slack.workspace.messages("support", user=name)[-1]["text"] for name in ("ada", "grace")]

    assert seen == ["psst", "hi"]


def test_a_permalink_leads_to_the_page(slack: RunningSlack) -> None:
    said = slack.ada.say("support", "hi")
    link = slack.client.chat_getPermalink(channel=said["channel"], message_ts=said["ts"])
    link = link["permalink"]

    assert link == f"{slack.url}/archives/{said['channel']}/p{said['ts'].replace('.', '')}"


def test_a_stream_ends_with_its_whole_text(slack: RunningSlack) -> None:
    said = slack.ada.say("dm", "go")
    stream = slack.client.chat_startStream(
        channel=said["channel"], thread_ts=said["ts"], markdown_text="one "
    )
    place = {"channel": said["channel"], "ts": stream["ts"]}
    slack.client.chat_appendStream(**place, markdown_text="two ")
    slack.client.chat_stopStream(**place, markdown_text="three")

    assert slack.workspace.thread(said["channel"], said["ts"])[1]["text"] == "one two three"


def test_an_old_stream_is_gone(slack: RunningSlack) -> None:
    said = slack.ada.say("dm", "go")
    stream = slack.client.chat_startStream(
        channel=said["channel"], thread_ts=said["ts"], markdown_text="one "
    )
    slack.workspace.faults(stream_seconds=0.0)
    error = refused(
        slack.client.chat_appendStream,
        channel=said["channel"],
        ts=stream["ts"],
        markdown_text="two",
    )

    assert error == "message_not_in_streaming_state"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0UNKNOWN00", "text": "x"}, "channel_not_found"),
        ({"channel": "random", "text": "x"}, "not_in_channel"),
        ({"channel": "support"}, "no_text"),
        ({"channel": "support", "text": "x", "thread_ts": "yesterday"}, "invalid_thread_ts"),
        ({"channel": "support", "text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ({"channel": "support", "text": "x", "metadata": {"a": 1}}, "invalid_metadata_schema"),
    ],
)
def test_a_bad_message_is_refused(slack: RunningSlack, arguments: dict, error: str) -> None:
    error_code = refused(slack.client.api_call, api_method="chat.postMessage", json=arguments)

    assert error_code == error


def test_a_private_channel_without_the_bot_does_not_exist_for_it(slack: RunningSlack) -> None:
    secret = slack.workspace.add_channel("board", kind="private", bot=False)

    assert refused(slack.client.conversations_info, channel=secret) == "channel_not_found"


def test_chat_write_public_posts_where_the_bot_is_not(start_slack) -> None:
    scopes = {"scopes": {"bot": ["chat:write", "chat:write.public"]}}
    slack = start_slack({"oauth_config": scopes})

    assert slack.client.chat_postMessage(channel="random", text="x")["ok"]


def test_a_missing_scope_is_named(slack: RunningSlack) -> None:
    slack.workspace.revoke("chat:write")
    with pytest.raises(SlackApiError) as caught:
        slack.client.chat_postMessage(channel="support", text="x")

    assert caught.value.response["needed"] == "chat:write"


@pytest.mark.parametrize(
    ("token", "error"),
    [
        ("", "not_authed"),
        ("xoxb-wrong", "invalid_auth"),
        ("xapp-local-app-token", "not_allowed_token_type"),
    ],
)
def test_a_wrong_token_is_refused(slack: RunningSlack, token: str, error: str) -> None:
    assert raw(slack, "auth.test", b"", token=token)["error"] == error


def raw(slack: RunningSlack, method: str, body: bytes, *, token: str, kind: str = "") -> dict:
    """A call without any client library."""
    kind = kind or "application/x-www-form-urlencoded"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    request = urllib.request.Request(f"{slack.url}/api/{method}", body, headers)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def test_the_token_may_be_a_form_field(slack: RunningSlack) -> None:
    body = f"token={slack.slack.installation.bot_token}".encode()

    assert raw(slack, "auth.test", body, token="")["ok"]


def test_an_unknown_method_is_named(slack: RunningSlack) -> None:
    answer = raw(slack, "chat.shout", b"", token=slack.slack.installation.bot_token)

    assert answer == {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}


def test_broken_json_is_refused(slack: RunningSlack) -> None:
    token = slack.slack.installation.bot_token
    answer = raw(slack, "chat.postMessage", b"{", token=token, kind="application/json")

    assert answer["error"] == "invalid_json"


def test_a_request_of_another_site_is_refused(slack: RunningSlack) -> None:
    request = urllib.request.Request(
        f"{slack.url}/local/log", headers={"Origin": "http://evil.example"}
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    caught.value.close()

    assert caught.value.code == 403


def test_a_refusal_lists_its_complaints_as_slack_does() -> None:
    body = Refusal("invalid_blocks", messages=["must be less"]).as_json()

    assert body["response_metadata"]["messages"] == ["[ERROR] must be less"]
