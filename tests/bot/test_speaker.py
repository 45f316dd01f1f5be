"""A refusal is said once, whatever happens to the bot and to Slack's answers."""

from __future__ import annotations

import pytest

from core.scripts import PREFIX
from local import samples
from tests.bot.conftest import Reception


@pytest.mark.parametrize("lost", ["after", "body"])
def test_a_refusal_whose_reply_was_lost_is_found_instead_of_said_again(
    reception: Reception, lost: str
) -> None:
    reception.workspace.faults(fail_next=[{"method": "chat.postMessage", "reset": lost}])
    message = reception.ada.say("general", f"<@{reception.bot}> nonsense")
    reception.settle(2)

    assert len(reception.said(message)) == 1


def test_a_refusal_that_slack_did_not_hear_is_said_when_slack_tells_of_the_message_again(
    reception: Reception,
) -> None:
    reception.workspace.faults(fail_next=[{"method": "chat.postMessage", "reset": "before"}])
    message = reception.ada.say("general", f"<@{reception.bot}> nonsense")
    reception.workspace.wait_for(lambda: [*reception.redis.scan_iter(f"{PREFIX}notice:*")])
    for right in reception.redis.scan_iter(f"{PREFIX}notice:*"):
        reception.redis.set(right, "1")  # the right to say it has run out
    reception.settle(2)

    assert len(reception.said(message)) == 1


def test_an_event_told_twice_at_once_is_refused_once(reception: Reception) -> None:
    reception.workspace.faults(duplicate_delivery=True)
    message = reception.ada.say("general", f"<@{reception.bot}> nonsense")
    reception.settle(2)

    assert len(reception.said(message)) == 1
    assert [each["outcome"] for each in reception.audit()] == ["turned away"]


def test_a_file_that_nobody_asked_about_is_refused_to_its_uploader_alone(
    reception: Reception,
) -> None:
    message = reception.ada.upload("general", [samples.archive(reception.folder)])
    reception.settle()
    (told,) = reception.whispers()

    assert told.startswith("I can't read backup.7z. I take ")
    assert "recordings (wav, mp3, m4a, …)" in told
    assert reception.said(message) == []


def test_a_file_that_the_bot_was_asked_about_is_refused_in_the_thread(
    reception: Reception,
) -> None:
    path = samples.archive(reception.folder)
    channel = reception.ada.upload("general", [path], text=f"<@{reception.bot}> what is this?")
    direct = reception.ada.upload("dm", [path])
    reception.settle(3)

    assert [len(reception.said(message)) for message in (channel, direct)] == [1, 1]
    assert reception.whispers() == []


def test_a_whisper_that_slack_did_not_take_is_said_when_slack_tells_of_the_file_again(
    reception: Reception,
) -> None:
    reception.workspace.faults(fail_next=[{"method": "chat.postEphemeral", "status": 503}])
    reception.ada.upload("general", [samples.archive(reception.folder)])
    reception.settle()

    assert len(reception.whispers()) == 1


def test_a_whisper_whose_reply_was_lost_is_not_said_again_at_once(reception: Reception) -> None:
    reception.workspace.faults(fail_next=[{"method": "chat.postEphemeral", "reset": "after"}])
    reception.ada.upload("general", [samples.archive(reception.folder)])
    reception.workspace.wait_for(
        lambda: len(reception.workspace.log()["deliveries"][0]["attempts"]) == 2
    )

    assert len(reception.whispers()) == 1
