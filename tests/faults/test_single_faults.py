"""The nastiest single faults, each at the worst moment: one answer, the right one."""

from __future__ import annotations

import time

import pytest

from core import words
from core.broker import create_celery
from core.ledger import LEASE_MS
from tests.faults.conftest import Scene
from tests.faults.fleet import WORKERS
from tests.waiting import until

pytestmark = pytest.mark.faults


def test_a_worker_killed_before_it_heard_of_its_claim_costs_no_answer(scene: Scene) -> None:
    scene.answers(scene.mention("warm"))
    for name in WORKERS:
        scene.fleet.to_redis[name].change(late_answers=0.7)
    message = scene.mention("between hello")
    until(scene.running)
    for name in WORKERS:
        scene.fleet.kill(name)
    scene.fleet.heal()

    assert scene.answers(message) == ["BETWEEN HELLO"]


def test_a_worker_killed_after_slack_took_the_answer_and_before_it_knew_answers_once(
    scene: Scene,
) -> None:
    message = scene.mention("closing sleep 1 hello")
    worker = scene.fleet.holder("closing")
    scene.fleet.to_slack["workers"].change(late_answers=3)
    until(lambda: scene.calls("chat.update"))
    scene.fleet.kill(worker)
    scene.fleet.heal()

    assert scene.answers(message) == ["CLOSING SLEEP 1 HELLO"]
    assert scene.calls("chat.update") == 3  # the dead one, the living one, and once to be sure


def test_a_worker_that_wakes_after_its_lease_changes_nothing(scene: Scene) -> None:
    message = scene.mention("zombie sleep 2 hello")
    worker = scene.fleet.holder("zombie")
    scene.fleet.pause(worker)
    time.sleep(LEASE_MS / 1000)
    other = next(name for name in WORKERS if name != worker)
    until(lambda: scene.fleet.holder("zombie") == other)
    until(lambda: scene.calls("chat.update"))
    updates = scene.calls("chat.update")
    scene.fleet.resume(worker)
    time.sleep(3)

    assert scene.calls("chat.update") == updates
    assert scene.answers(message) == ["ZOMBIE SLEEP 2 HELLO"]


def test_redis_killed_and_restarted_loses_no_job(scene: Scene) -> None:
    messages = [scene.mention(f"many{each} sleep 0.5 hello") for each in range(20)]
    until(scene.running)
    scene.fleet.redis.kill()
    time.sleep(2)
    scene.fleet.redis.restart()
    answers = [scene.answers(message) for message in messages]

    assert answers == [[f"MANY{each} SLEEP 0.5 HELLO"] for each in range(20)]


def test_while_redis_is_away_the_person_is_told_within_three_seconds(scene: Scene) -> None:
    scene.fleet.redis.kill()
    told = scene.ada.slash("/echo", "hello")
    scene.fleet.redis.restart()

    assert words.BUSY in str(told["response"])
    assert told["ms"] < 3000


def test_a_mention_while_redis_is_away_is_answered_when_slack_tells_it_again(scene: Scene) -> None:
    scene.workspace.faults(retry_scale=0.05)
    scene.fleet.redis.kill()
    message = scene.mention("again hello")
    time.sleep(1)
    scene.fleet.redis.restart()

    assert scene.answers(message) == ["AGAIN HELLO"]


def test_a_bot_killed_between_ledger_and_placeholder_costs_no_answer(scene: Scene) -> None:
    scene.answers(scene.mention("warm"))
    before = scene.rows()
    for name in WORKERS:
        scene.fleet.pause(name)
    scene.fleet.to_slack["bot"].change(silent=True)
    message = scene.mention("orphan hello")
    until(lambda: scene.rows() == before + 1)
    scene.fleet.kill("bot")
    scene.fleet.heal()

    assert scene.answers(message) == ["ORPHAN HELLO"]


def test_a_placeholder_whose_reply_was_lost_is_found_again(scene: Scene) -> None:
    scene.workspace.faults(fail_next=[{"method": "chat.postMessage", "reset": "after"}])
    message = scene.mention("lost hello")

    assert scene.answers(message) == ["LOST HELLO"]
    assert scene.calls("chat.postMessage") == 1


def test_an_update_is_never_repeated_before_retry_after(scene: Scene) -> None:
    plan = {"method": "chat.update", "status": 429, "retry_after": 3}
    scene.workspace.faults(fail_next=[plan])
    other = scene.mention("other sleep 2 hello", channel="general")
    message = scene.mention("limited sleep 2 hello")  # so long that a placeholder is updated
    answers = [*scene.answers(message), *scene.answers(other)]
    calls = [c for c in scene.workspace.log()["calls"] if c["method"] == "chat.update"]
    refused = next(call["at"] for call in calls if not call["ok"])
    good = [call["at"] - refused for call in calls if call["ok"]]

    assert sorted(answers) == ["LIMITED SLEEP 2 HELLO", "OTHER SLEEP 2 HELLO"]
    assert min(good) < 3 <= max(good)


def test_a_dropped_socket_loses_nothing_and_comes_back(scene: Scene) -> None:
    running = scene.mention("first sleep 1 hello")
    scene.workspace.call("POST", "sockets", {"action": "drop"})
    dropped = time.monotonic()
    scene.workspace.wait_for_app(30)
    gap = time.monotonic() - dropped
    later = scene.mention("second hello")

    assert scene.answers(running) == ["FIRST SLEEP 1 HELLO"]
    assert scene.answers(later) == ["SECOND HELLO"]
    assert gap < 12


def test_result_files_that_cannot_be_sent_leave_the_answer_standing(scene: Scene) -> None:
    message = scene.mention("attach sleep 3 hello")
    scene.workspace.wait_for_reply(message)  # the placeholder, whose place the answer takes
    scene.workspace.faults(
        fail_next=[
            {"method": "files.getUploadURLExternal", "status": 503, "times": 9},
            {"method": "chat.postMessage", "status": 503, "times": 9},
        ]
    )

    assert "ATTACH SLEEP 3 HELLO" in scene.answers(message)


def test_a_refusal_whose_reply_was_lost_is_not_said_twice(scene: Scene) -> None:
    scene.workspace.faults(
        fail_next=[{"method": "chat.postMessage", "reset": "after"}], retry_scale=0.05
    )
    message = scene.nonsense()

    assert len(scene.answers(message)) == 1


def test_a_bot_killed_before_it_says_a_refusal_says_it_later(scene: Scene) -> None:
    scene.answers(scene.nonsense())  # now the bot knows ada, and posts without asking Slack first
    before = scene.notices()
    scene.fleet.to_slack["bot"].change(silent=True)
    message = scene.nonsense()
    until(lambda: scene.notices() > before)
    scene.fleet.kill("bot")
    scene.fleet.heal()

    assert len(scene.answers(message)) == 1


def test_cancel_pressed_while_slack_fails_leaves_no_placeholder(scene: Scene) -> None:
    for name in WORKERS:
        scene.fleet.pause(name)
    message = scene.mention("waiting sleep 5 hello")
    shown = scene.workspace.wait_for_reply(message)
    scene.workspace.faults(
        fail_next=[{"method": "chat.update", "error": "internal_error", "times": 1}]
    )
    scene.ada.click({**shown, "channel": message["channel"]}, "cancel")
    scene.fleet.heal()

    assert scene.answers(message) == [words.CANCELLED]


def test_a_progress_update_that_slack_gets_late_does_not_cover_the_answer(scene: Scene) -> None:
    message = scene.mention("late sleep 5 hello")
    scene.fleet.holder("late")
    time.sleep(2)
    scene.fleet.to_slack["workers"].change(latency=7)  # the worker gives up after 5
    time.sleep(2.5)
    scene.fleet.to_slack["workers"].change(latency=0)
    scene.workspace.wait_for_reply(message, containing="LATE SLEEP", timeout=15)
    time.sleep(3)

    assert scene.answers(message) == ["LATE SLEEP 5 HELLO"]


def test_a_worker_that_lives_but_no_longer_listens_starts_again(scene: Scene) -> None:
    celery = create_celery(f"unix://{scene.fleet.redis.socket}")
    listening = celery.control.inspect(timeout=2).active_queues() or {}
    for queue in {each["name"] for queues in listening.values() for each in queues}:
        celery.control.cancel_consumer(queue, reply=True, timeout=1)
    celery.close()
    assert len(listening) == len(WORKERS)
    message = scene.mention("deaf hello")
    scene.workspace.wait_for_reply(message, containing="DEAF HELLO", timeout=90)

    assert scene.answers(message) == ["DEAF HELLO"]
    restarted = lambda: all("starting again" in scene.fleet.log(n) for n in WORKERS)  # noqa: E731
    until(restarted, seconds=60)
