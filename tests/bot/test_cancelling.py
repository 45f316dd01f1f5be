"""Cancel under a placeholder: acknowledged at once, shown as soon as Slack lets us."""

from __future__ import annotations

from core import words
from core.scripts import PREFIX
from local.shapes import Json
from tests.bot.conftest import Reception


def placeholder(reception: Reception) -> Json:
    """The placeholder of a job that nobody works on."""
    message = reception.ada.say("general", f"<@{reception.bot}> sentiment I love it")
    shown = reception.workspace.wait_for_reply(message)
    return {**shown, "channel": message["channel"]}


def state(reception: Reception) -> str:
    (job,) = reception.jobs()
    return reception.ledger.state(job.id)


def end(reception: Reception) -> None:
    """Until the bot has done what it does after its answer to Slack."""
    reception.workspace.wait_for(lambda: state(reception) != "running", 20)


def test_a_cancelled_job_is_said_to_be_and_written_into_the_audit_file(
    reception: Reception,
) -> None:
    shown = placeholder(reception)
    reception.ada.click(shown, "cancel")
    end(reception)

    assert words.CANCELLED in str(reception.said(shown))
    assert [each["outcome"] for each in reception.audit()] == ["cancelled"]
    assert state(reception) == "cancelled"


def test_cancel_is_acknowledged_at_once_while_slack_is_slow(reception: Reception) -> None:
    shown = placeholder(reception)
    reception.workspace.faults(latency=2)
    clicked = reception.ada.click(shown, "cancel")
    reception.workspace.faults(latency=0)
    end(reception)

    assert clicked["ok"]
    assert clicked["ms"] < 1000
    assert words.CANCELLED in str(reception.said(shown))


def test_a_cancellation_that_slack_does_not_take_for_long_is_left_to_the_workers(
    reception: Reception,
) -> None:
    shown = placeholder(reception)
    reception.workspace.faults(fail_next=[{"method": "chat.update", "status": 503, "times": 9}])
    reception.ada.click(shown, "cancel")
    (job,) = reception.jobs()
    reception.workspace.wait_for(lambda: waits(reception) == 1)
    reception.redis.zadd(f"{PREFIX}leases", {job.id: 1})
    reception.ledger.reap()
    ((claim,), _) = reception.ledger.claim(job.queue, batch={})

    assert claim.cancelled
    assert claim.attempts == 1


def waits(reception: Reception) -> int:
    (job,) = reception.jobs()
    return int(reception.redis.hget(f"{PREFIX}job:{job.id}", "waits") or 0)


def test_another_persons_job_is_not_cancelled_and_no_request_turned_away(
    reception: Reception,
) -> None:
    shown = placeholder(reception)
    reception.workspace.person("grace").click(shown, "cancel")

    assert words.ONLY_THEIRS in str(
        reception.workspace.wait_for(lambda: reception.whispers("grace"))
    )
    assert reception.audit() == []
    assert state(reception) == "waiting"
