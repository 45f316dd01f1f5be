"""The claim loop: everything waiting is answered, in batches, and only the culprit fails."""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path

import pytest
import structlog
from cryptography.fernet import Fernet
from redis import Redis

from core.cipher import Cipher
from core.claim import MAX_WAITS
from core.errors import Cancelled
from core.job import FETCHED, Content, Job, Surface
from core.ledger import Ledger
from core.log import configure_logging
from core.quota import AUDIO
from core.reply import Reply
from core.roster import Roster
from core.scripts import PREFIX
from local.transcript import visible_text
from tests.workers.conftest import Shop
from workers.pool import ModelPool


def test_what_waits_is_run_in_one_batch_and_answered_each_in_its_thread(shop: Shop) -> None:
    ids = [shop.ask(text) for text in ("one", "two", "three")]
    shop.work()

    assert shop.echo.batches == [["one", "two", "three"]]
    assert [shop.said(id) for id in ids] == [["*Echo*\nONE"], ["*Echo*\nTWO"], ["*Echo*\nTHREE"]]


def test_more_than_a_batch_is_worked_off_with_the_model_loaded_once(shop: Shop) -> None:
    ids = [shop.ask(str(number)) for number in range(10)]
    shop.work()

    assert [len(batch) for batch in shop.echo.batches] == [8, 2]
    assert all(shop.ledger.state(id) == "done" for id in ids)
    assert shop.echo.loads == 1


def test_a_refused_input_is_told_why_and_its_neighbours_are_answered(shop: Shop) -> None:
    refused, fine = shop.ask("no"), shop.ask("fine")
    shop.work()

    assert shop.said(refused) == ["*Echo*\nSay it otherwise."]
    assert shop.said(fine) == ["*Echo*\nFINE"]


def test_a_bug_is_apologised_for_with_a_number_and_its_neighbours_are_answered(
    shop: Shop,
) -> None:
    broken, fine = shop.ask("bug"), shop.ask("fine")
    shop.work()

    assert broken[:8] in shop.said(broken)[0]
    assert shop.said(fine) == ["*Echo*\nFINE"]
    assert shop.ledger.state(broken) == "failed"


def test_the_log_of_a_bug_shows_where_it_is_and_not_what_the_person_wrote(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    configure_logging()
    try:
        shop.ask("bug")
        shop.work()
    finally:
        structlog.reset_defaults()
        root.handlers[:] = before
    logged = capsys.readouterr().err

    assert "RuntimeError" in logged
    assert "['bug']" not in logged


def test_what_time_can_fix_is_tried_for_an_hour_and_then_apologised_for(shop: Shop) -> None:
    id = shop.ask("slack is away")
    for _ in range(MAX_WAITS + 1):
        shop.work()
        shop.worker_dies()

    assert len(shop.echo.batches) == MAX_WAITS
    assert "could not finish" in shop.said(id)[0]
    assert shop.ledger.state(id) == "failed"


def test_a_job_that_kills_its_worker_is_given_up_without_another_run(shop: Shop) -> None:
    id = shop.ask("fine")
    for _ in range(3):
        shop.ledger.claim("text", batch={})
        shop.worker_dies()
    shop.work()

    assert shop.echo.batches == []
    assert "could not finish" in shop.said(id)[0]


def test_a_job_cancelled_before_its_turn_is_not_run(shop: Shop) -> None:
    id = shop.ask("fine")
    shop.ledger.stop(id)
    shop.worker_dies()  # the bot, which wanted to say so
    shop.work()

    assert shop.echo.batches == []
    assert shop.said(id) == ["*Echo*\nCancelled. Nothing was kept."]


def test_a_job_cancelled_while_its_worker_died_ends_cancelled(shop: Shop) -> None:
    id = shop.ask("fine")
    shop.ledger.claim("text", batch={})
    shop.ledger.stop(id)
    shop.worker_dies()
    shop.work()

    assert shop.said(id) == ["*Echo*\nCancelled. Nothing was kept."]
    assert shop.ledger.state(id) == "cancelled"


def test_a_worker_that_stops_leaves_what_waits_to_the_others(shop: Shop) -> None:
    id = shop.ask("fine")
    shop.drain.stopping.set()
    shop.work()

    assert shop.ledger.state(id) == "waiting"


def test_an_answer_that_slack_did_not_take_is_delivered_later_in_the_same_message(
    shop: Shop,
) -> None:
    id = shop.ask("fine")
    failure = {"method": "chat.update", "status": 503, "times": 1}
    shop.slack.workspace.faults(fail_next=[failure])
    shop.work()
    shop.worker_dies()
    shop.work()

    assert shop.said(id) == ["*Echo*\nFINE"]


def test_a_channel_that_slack_limits_does_not_hold_up_the_others(shop: Shop) -> None:
    ids = [shop.ask("one"), shop.ask("two", channel="support")]
    failure = {"method": "chat.postMessage", "status": 429, "retry_after": 4, "times": 1}
    shop.slack.workspace.faults(fail_next=[failure])
    shop.drain.drain("text")
    shop.slack.workspace.wait_for(lambda: any(map(shop.said, ids)), 3)
    early = [bool(shop.said(id)) for id in ids]

    assert sorted(early) == [False, True]
    assert shop.outbox.join(20)
    assert [shop.said(id) for id in ids] == [["*Echo*\nONE"], ["*Echo*\nTWO"]]
    assert shop.echo.batches == [["one", "two"]]


def test_files_that_take_long_to_open_hold_up_no_text(shop: Shop) -> None:
    hanging = [shop.ask("hang", lane=f"echo{FETCHED}") for _ in range(5)]
    drains = [threading.Thread(target=shop.drain.drain, args=("text",)) for _ in range(3)]
    for drain in drains:
        drain.start()
    assert shop.echo.opening.acquire(timeout=5)
    text = shop.ask("text")
    shop.drain.drain("text")
    shop.slack.workspace.wait_for(lambda: shop.said(text), 5)
    early = [shop.said(id) for id in hanging]
    shop.echo.gate.set()
    for drain in drains:
        drain.join()

    assert early == [[]] * 5
    assert shop.outbox.join(20)
    assert [shop.said(id) for id in hanging] == [["*Echo*\nHANG"]] * 5


def test_a_long_job_lets_a_text_go_first(shop: Shop) -> None:
    long = shop.ask("long", lane=f"echo{FETCHED}")
    working = threading.Thread(target=shop.drain.drain, args=("text",))
    working.start()
    assert shop.echo.opening.acquire(timeout=5)
    text = shop.ask("text")
    shop.drain.drain("text")
    shop.slack.workspace.wait_for(lambda: shop.said(text), 5)
    early = shop.said(long)
    shop.echo.gate.set()
    working.join()

    assert early == []
    assert shop.outbox.join(20)
    assert shop.said(long) == ["*Echo*\nLONG"]


def test_what_is_known_so_far_shows_before_the_answer_and_not_in_the_log(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    long = shop.ask("long")
    working = threading.Thread(target=shop.drain.drain, args=("text",))
    working.start()

    def shown() -> str:
        thread = shop.slack.workspace.thread(*shop.roots[long])[1:]
        return " ".join(visible_text(message) for message in thread)

    try:
        shop.slack.workspace.wait_for(lambda: "so far" in shown(), 20)
        early = shown().replace("\u2060", "")
    finally:
        shop.echo.gate.set()
        working.join()
    assert shop.outbox.join(20)

    assert "<!here> *Lo* so far" in early
    assert shown() == "*Echo*\nLONG"
    assert "so far" not in capsys.readouterr().out


def test_an_answer_whose_message_was_deleted_gets_a_new_one(shop: Shop) -> None:
    id = shop.ask("fine")
    claim = shop.ledger.claim("text", batch={})[0][0]
    shop.placeholders.ensure(claim.job, claim.content, title="Echo")
    channel, root = shop.roots[id]
    placeholder = shop.slack.workspace.thread(channel, root)[1]
    shop.slack.client.chat_delete(channel=channel, ts=placeholder["ts"])
    shop.worker_dies()
    shop.work()

    assert shop.said(id) == ["*Echo*\nFINE"]


def test_progress_that_slack_shows_late_does_not_cover_the_answer(shop: Shop) -> None:
    id = shop.ask("fine")
    task = shop.intake.begin(shop.ledger.claim("text", batch={})[0][0], shop.echo)
    shop.intake.show_progress(task, "Working… 40 %")
    task.reporter.doubtful = True
    task.outcome = Reply(text="FINE")
    shop.outbox.put(task)
    shop.slack.workspace.wait_for(lambda: shop.said(id), 5)
    shop.deliverer.progress(task, "Working… 50 %")  # what was on its way all the time
    assert shop.outbox.join(20)

    assert shop.said(id) == ["*Echo*\nFINE"]
    assert shop.ledger.state(id) == "done"


def test_an_outcome_found_while_redis_is_away_is_said_when_it_is_back(
    shop: Shop, redis: Redis
) -> None:
    id = shop.ask("fine")
    task = shop.intake.begin(shop.ledger.claim("text", batch={})[0][0], shop.echo)
    task.outcome = Reply(text="FINE")
    redis.config_set("maxmemory", 1)  # every script that writes is refused
    shop.outbox.put(task)
    assert not shop.outbox.join(1.5)
    early = shop.said(id)
    redis.config_set("maxmemory", 0)

    assert early == []
    assert shop.outbox.join(20)
    assert shop.said(id) == ["*Echo*\nFINE"]
    assert shop.ledger.state(id) == "done"


def test_a_worker_that_ends_while_slack_is_away_gives_the_job_back(shop: Shop) -> None:
    id = shop.ask("fine")
    failure = {"method": "chat.postMessage", "status": 503, "times": 50}
    shop.slack.workspace.faults(fail_next=[failure])
    shop.drain.drain("text")
    shop.outbox.hurry()

    assert shop.outbox.join(5)
    assert shop.ledger.reap()[0] == 1
    assert shop.ledger.state(id) == "waiting"


def test_cancel_after_the_answer_was_shown_is_too_late(shop: Shop) -> None:
    id = shop.ask("fine")
    task = shop.intake.begin(shop.ledger.claim("text", batch={})[0][0], shop.echo)
    task.reporter.doubtful = True
    task.outcome = Reply(text="FINE")
    shop.outbox.put(task)
    shop.slack.workspace.wait_for(lambda: shop.said(id), 5)
    shop.ledger.stop(id)
    assert shop.outbox.join(20)

    assert shop.said(id) == ["*Echo*\nFINE"]
    assert shop.ledger.state(id) == "done"


def test_a_broker_that_is_away_costs_no_claimed_job(shop: Shop) -> None:
    ids = [shop.ask(str(number)) for number in range(10)]

    def broken(queue: str) -> None:
        raise OSError("no broker")

    shop.woken = broken
    shop.work()

    assert {shop.ledger.state(id) for id in ids} == {"done"}


def ask_alone(shop: Shop, text: str, *, with_private: bool = False) -> Job:
    """Queue what ada alone is answered, and whose own way back is used up."""
    ada = next(u["id"] for u in shop.slack.workspace.about()["users"] if u["name"] == "ada")
    job = Job(
        key="private", skill="echo", queue="text", lane="echo", team="T1",
        channel=shop.slack.workspace.channel("general"), user=ada,
        surface=Surface.PRIVATE, with_private=with_private,
    )  # fmt: skip
    used_up = f"{shop.slack.url}/commands/T1/1/nowhere"
    shop.ledger.submit(job, Content(text=text, response_url=used_up))
    return job


def test_a_private_answer_whose_reply_was_lost_is_sent_once(shop: Shop) -> None:
    job = ask_alone(shop, "fine")
    failure = {"method": "chat.postMessage", "reset": "after", "times": 1}
    shop.slack.workspace.faults(fail_next=[failure])
    shop.work()
    direct = shop.slack.client.conversations_open(users=job.user)["channel"]["id"]

    assert len(shop.slack.workspace.messages(direct)) == 1
    assert shop.ledger.state(job.id) == "done"


@pytest.mark.parametrize(
    ("with_private", "way"),
    [(True, "send /echo without --private in"), (False, "send /echo in")],
)
def test_the_way_to_share_a_private_answer_leaves_out_what_was_typed_only(
    shop: Shop, with_private: bool, way: str
) -> None:
    job = ask_alone(shop, "fine", with_private=with_private)
    shop.work()
    direct = shop.slack.client.conversations_open(users=job.user)["channel"]["id"]
    (answer,) = shop.slack.workspace.messages(direct)

    assert f"To share it, {way} a channel that I'm in" in visible_text(answer)


def test_a_private_answer_whose_chart_is_refused_is_sent_in_words(shop: Shop) -> None:
    job = ask_alone(shop, "draw")
    shop.slack.workspace.faults(reject_blocks=["table", "data_visualization"])
    shop.work()
    direct = shop.slack.client.conversations_open(users=job.user)["channel"]["id"]
    (answer,) = shop.slack.workspace.messages(direct)

    assert "Positive: 3, Negative: 1" in visible_text(answer)


def test_nothing_is_left_behind_when_the_queue_is_empty(shop: Shop) -> None:
    for text in ("one", "no", "bug"):
        shop.ask(text)
    shop.work()

    assert Roster(shop.ledger.scripts).running() == 0
    assert Roster(shop.ledger.scripts).waiting() == {"text": 0}
    assert not any(shop.redis.hexists(row, "content") for row in shop.redis.keys(f"{PREFIX}job:*"))


def test_a_text_sealed_with_another_key_is_apologised_for_at_once(shop: Shop) -> None:
    id = shop.ask("fine")
    stranger = Ledger(redis=shop.redis, cipher=Cipher(Fernet.generate_key()))
    claims, _ = stranger.claim("text", batch={})

    assert (claims[0].unreadable, claims[0].exhausted, claims[0].job.id) == (True, True, id)


def test_a_skill_that_this_worker_does_not_have_is_not_tried_for_ever(shop: Shop) -> None:
    job = Job(
        key="new", skill="dance", queue="text", lane="dance", team="T1", channel="C1", user="U1"
    )
    shop.ledger.submit(job, Content())
    shop.work()

    assert shop.ledger.state(job.id) == "failed"


def test_a_bug_in_the_wording_of_an_answer_is_apologised_for(shop: Shop) -> None:
    id = shop.ask("speechless")
    shop.work()

    assert id[:8] in shop.said(id)[0]
    assert shop.ledger.state(id) == "failed"


def test_result_files_that_slack_refuses_cost_neither_the_answer_nor_another_run(
    shop: Shop,
) -> None:
    id = shop.ask("attach")
    failure = {"method": "files.completeUploadExternal", "error": "internal_error", "times": 50}
    shop.slack.workspace.faults(fail_next=[failure])
    shop.work()

    assert shop.said(id)[0] == "*Echo*\nATTACH"
    assert "could not attach" in shop.said(id)[1]
    assert (len(shop.echo.batches), shop.ledger.state(id)) == (1, "done")


def test_a_worker_that_woke_from_the_dead_does_not_overwrite_the_answer(shop: Shop) -> None:
    id = shop.ask("fine")
    zombie = shop.intake.begin(shop.ledger.claim("text", batch={})[0][0], shop.echo)
    shop.worker_dies()
    shop.work()
    shop.intake.show_progress(zombie, "Working… 40 %")

    assert shop.said(id) == ["*Echo*\nFINE"]


def test_a_cancelled_job_does_not_wait_for_a_model_that_another_job_uses(shop: Shop) -> None:
    pool = ModelPool(device="cpu", catalog={"echo": shop.echo})

    with pool.use("echo"), pytest.raises(Cancelled), pool.use("echo", given_up=lambda: True):
        pass


def test_every_request_leaves_one_record_without_its_content(shop: Shop, tmp_path: Path) -> None:
    ids = [shop.ask(text) for text in ("a secret plan", "no", "bug")]
    shop.work()
    text = (tmp_path / "audit.jsonl").read_text()
    records = [json.loads(line) for line in text.splitlines()]

    assert {each["job"]: each["outcome"] for each in records} == dict(
        zip(ids, ["done", "refused", "failed"], strict=True)
    )
    assert all(each["ms"] >= 0 and each["user"] for each in records)
    assert "secret" not in text


def test_a_file_server_that_answers_nonsense_leaves_the_answer_alone(shop: Shop) -> None:
    id = shop.ask("attach")
    failure = {"method": "files.getUploadURLExternal", "status": 503, "times": 2}
    shop.slack.workspace.faults(fail_next=[failure])
    shop.work()

    assert shop.said(id)[0] == "*Echo*\nATTACH"
    assert shop.ledger.state(id) == "done"


def test_the_length_of_a_recording_is_counted_for_the_person_and_the_team(
    shop: Shop, redis: Redis
) -> None:
    id = shop.ask("listen")
    shop.work()
    user = shop.ledger.find(id)
    assert user is not None
    counts = [redis.get(f"{PREFIX}spent:{AUDIO}:{whose}") for whose in (f"T1.{user.user}", "T1")]

    assert counts == [b"90", b"90"]
