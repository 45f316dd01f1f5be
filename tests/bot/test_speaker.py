"""A refusal is said once, whatever happens to the bot and to Slack's answers."""

from __future__ import annotations

from core.ledger import PREFIX
from tests.bot.conftest import Reception


def test_a_refusal_whose_reply_was_lost_is_found_instead_of_said_again(
    reception: Reception,
) -> None:
    reception.workspace.faults(fail_next=[{"method": "chat.postMessage", "reset": "after"}])
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
