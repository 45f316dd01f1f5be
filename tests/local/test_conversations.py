"""Conversations, users, reactions and history through slack_sdk's WebClient."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.local.conftest import RunningSlack


def test_the_default_workspace_has_three_channels_with_the_bot(slack: RunningSlack) -> None:
    channels = slack.client.conversations_list()["channels"]

    assert {c["name"]: c["is_member"] for c in channels} == {
        "general": True,
        "support": True,
        "marketing": True,
        "random": False,
    }


def test_joining_a_public_channel_makes_the_bot_a_member(slack: RunningSlack) -> None:
    slack.client.conversations_join(channel=slack.workspace.channel("random"))

    assert slack.client.conversations_info(channel=slack.workspace.channel("random"))["channel"][
        "is_member"
    ]


def test_an_externally_shared_channel_says_so(slack: RunningSlack) -> None:
    shared = slack.workspace.add_channel("partners", is_ext_shared=True)

    assert slack.client.conversations_info(channel=shared)["channel"]["is_ext_shared"]


def test_opening_a_conversation_twice_gives_the_same(slack: RunningSlack) -> None:
    user = slack.client.users_list()["members"][1]["id"]
    opened = [slack.client.conversations_open(users=user)["channel"]["id"] for _ in range(2)]

    assert opened[0] == opened[1]


def test_users_info_tells_the_locale_on_request(slack: RunningSlack) -> None:
    slack.workspace.add_person("jun", locale="ja-JP")
    jun = next(m for m in slack.client.users_list()["members"] if m["name"] == "jun")

    assert slack.client.users_info(user=jun["id"], include_locale=True)["user"]["locale"] == "ja-JP"


def test_lists_come_in_pages(slack: RunningSlack) -> None:
    sizes = [len(page["members"]) for page in slack.client.users_list(limit=3)]

    assert sizes == [3, 1]


def test_history_is_newest_first_and_without_replies(slack: RunningSlack) -> None:
    first = slack.ada.say("support", "first")
    slack.ada.say("support", "reply", thread=first["ts"])
    slack.ada.say("support", "second")
    history = slack.client.conversations_history(channel=first["channel"])

    assert [m["text"] for m in history["messages"]] == ["second", "first"]


def test_history_reads_one_message_exactly(slack: RunningSlack) -> None:
    said = [slack.ada.say("support", text) for text in ("one", "two", "three")][1]
    history = slack.client.conversations_history(
        channel=said["channel"], latest=said["ts"], inclusive=True, limit=1
    )

    assert [m["text"] for m in history["messages"]] == ["two"]


def test_a_thread_is_found_by_any_of_its_messages(slack: RunningSlack) -> None:
    parent = slack.ada.say("support", "parent")
    reply = slack.ada.say("support", "reply", thread=parent["ts"])
    read = slack.client.conversations_replies(channel=parent["channel"], ts=reply["ts"])

    assert [m["text"] for m in read["messages"]] == ["parent", "reply"]


def test_an_unknown_thread_is_not_found(slack: RunningSlack) -> None:
    with pytest.raises(SlackApiError, match="thread_not_found"):
        slack.client.conversations_replies(
            channel=slack.workspace.channel("support"), ts="1.000001"
        )


def test_history_needs_membership(slack: RunningSlack) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        slack.client.conversations_history(channel=slack.workspace.channel("random"))


def test_history_needs_the_scope_of_the_kind_of_conversation(slack: RunningSlack) -> None:
    slack.workspace.revoke("channels:history")
    with pytest.raises(SlackApiError) as caught:
        slack.client.conversations_history(channel=slack.workspace.channel("support"))

    assert caught.value.response["needed"] == "channels:history"


def test_a_reaction_counts_once(slack: RunningSlack) -> None:
    said = slack.ada.say("support", "hi")
    place = {"channel": said["channel"], "timestamp": said["ts"]}
    slack.client.reactions_add(**place, name="eyes")
    with pytest.raises(SlackApiError, match="already_reacted"):
        slack.client.reactions_add(**place, name="eyes")


def test_a_status_shows_in_the_thread_until_the_answer(slack: RunningSlack) -> None:
    said = slack.ada.say("support", "hi")
    slack.client.assistant_threads_setStatus(
        channel_id=said["channel"], thread_ts=said["ts"], status="is listening"
    )
    before = slack.workspace.status("support", said["ts"])
    slack.client.chat_postMessage(channel=said["channel"], thread_ts=said["ts"], text="done")

    assert (before, slack.workspace.status("support", said["ts"])) == ("is listening", "")
