"""The oracle sees what must not be: an answer too many, a forgotten placeholder, a leak."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from local.installation import DEFAULT_BOT_TOKEN
from tests.faults.conftest import Scene
from tests.faults.people import SECRET, Done
from tests.faults.schedule import Act

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Cancel"}, "action_id": "cancel"}


def answered(scene: Scene, word: str) -> Done:
    """An act that went well."""
    message = scene.mention(f"{word} sleep 0.0 hello")
    scene.answers(message)
    act = Act(kind="mention", at=0, person="ada", channel="support", word=word, nap=0)
    return Done(act=act, channel=message["channel"], message=message, delivered=True)


def post(scene: Scene, done: Done, blocks: list[dict[str, object]]) -> None:
    """One more message of the bot in the thread."""
    assert done.message is not None
    client = WebClient(token=DEFAULT_BOT_TOKEN, base_url=f"{scene.fleet.url}/api/")
    client.chat_postMessage(
        channel=done.channel, thread_ts=done.message["ts"], text="more", blocks=blocks
    )


def test_it_has_nothing_to_say_against_a_right_answer(scene: Scene) -> None:
    assert scene.oracle.judge(answered(scene, "right")) == []


def test_it_sees_a_second_answer(scene: Scene) -> None:
    done = answered(scene, "doubled")
    post(scene, done, [{"type": "section", "text": {"type": "mrkdwn", "text": "twice"}}])

    assert "2 messages instead of one" in scene.oracle.judge(done)[0]


def test_it_sees_a_placeholder_that_stayed(scene: Scene) -> None:
    message = scene.ada.say("support", "not to the bot")
    act = Act(kind="mention", at=0, person="ada", channel="support", word="stuck", nap=0)
    done = Done(act=act, channel=message["channel"], message=message, delivered=True)
    post(scene, done, [{"type": "actions", "elements": [BUTTON]}])

    assert "still a placeholder" in scene.oracle.judge(done)[0]


def test_it_sees_that_nobody_answered(scene: Scene) -> None:
    message = scene.ada.say("support", "not to the bot")
    act = Act(kind="mention", at=0, person="ada", channel="support", word="mute", nap=0)
    done = Done(act=act, channel=message["channel"], message=message, delivered=True)

    assert scene.oracle.judge(done) == ["mute: taken but never answered"]


@pytest.mark.parametrize("canary", [SECRET.upper(), DEFAULT_BOT_TOKEN])
def test_it_sees_a_leak(scene: Scene, canary: str) -> None:
    path = scene.fleet.folder / "some.log"
    path.write_text(f"…{canary}…")
    leaks = scene.oracle.leaks()
    path.unlink()

    assert leaks == [f"{canary.lower()} stands in some.log"]
