"""Answers that are kept can be changed: in the same message, without the model; the last wins."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace

from core import words
from core.archive import Answered, Archive
from core.claim import Claim
from core.errors import TransientError
from core.job import FETCHED, Content, Job, Surface
from core.quota import AUDIO
from core.records import DAY
from core.reply import Reply
from core.scripts import PREFIX
from core.steps import STEP_ACTION
from local.shapes import Json
from local.transcript import visible_text
from tests.workers.conftest import Shop
from workers.archivist import Archivist
from workers.progress import Reporter
from workers.task import Task


def keep(shop: Shop, text: str = "Ada", **options: str) -> str:
    """A badge that was answered; the id of its job."""
    id = shop.ask(text, lane="badge", **options)
    shop.work()
    return id


def kept(shop: Shop) -> list[Answered]:
    channel = shop.slack.workspace.channel("general")
    return list(shop.archive.of_channel("call", team="T1", channel=channel))


def buttons(message: Json) -> list[Json]:
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [button for row in rows for button in row["elements"]]


def thread(shop: Shop, id: str) -> list[Json]:
    return shop.slack.workspace.thread(*shop.roots[id])[1:]


def file_names(shop: Shop, id: str) -> list[str]:
    return [file["name"] for message in thread(shop, id) for file in message.get("files", [])]


def whispers(shop: Shop, user: str) -> list[str]:
    return [visible_text(each) for each in shop.slack.workspace.ephemerals(user=user)]


def test_an_answer_in_a_channel_is_kept_with_its_place_and_offers_its_next_step(
    shop: Shop,
) -> None:
    id = keep(shop)
    (answered,) = kept(shop)
    message = thread(shop, id)[0]
    (button,) = buttons(message)

    assert (answered.job, dict(answered.values)) == (id, {"name": "Ada"})
    assert (answered.thread, answered.ts) == (shop.roots[id][1], message["ts"])
    assert button["action_id"] == STEP_ACTION
    assert json.loads(button["value"]) == ["badge", id, "Name it", [["Name", "Ada"]]]


def test_what_a_person_alone_was_answered_is_not_kept(shop: Shop) -> None:
    shop.ask("Ada", lane="badge", surface=Surface.PRIVATE)
    shop.work()

    assert kept(shop) == []


def test_where_nothing_is_to_be_kept_nothing_is_packed(shop: Shop) -> None:
    job = Job(
        key="k", skill="badge", queue="speech", lane="badge", team="T1", channel="C", user="U"
    )
    claim = Claim(job=job, content=Content(), fence=1, attempts=1, waits=0, cancelled=False)
    task = Task(claim=claim, skill=shop.badge, reporter=Reporter(lambda *_: None))
    task.outcome = Reply(text="Hello")
    Archivist(Archive(shop.records, kinds=["call"], days=0)).pack(task, {"name": "Ada"})

    assert task.kept is None


def test_what_is_answered_in_a_direct_message_is_kept_for_that_conversation(shop: Shop) -> None:
    job = Job(
        key="k", skill="badge", queue="speech", lane="badge", team="T1", channel="D1", user="U"
    )
    claim = Claim(job=job, content=Content(), fence=1, attempts=1, waits=0, cancelled=False)
    task = Task(claim=claim, skill=shop.badge, reporter=Reporter(lambda *_: None))
    task.outcome = Reply(text="Hello")
    shop.archivist.pack(task, {"name": "Ada"})

    assert task.kept is not None
    assert (task.kept.channel, task.kept.person) == ("D1", "U")


def test_a_change_shows_in_the_same_message_without_another_run(shop: Shop) -> None:
    id = keep(shop)
    change = shop.rename(id, "Grace")
    shop.work()

    assert shop.said(id)[0] == "*Badge*\nHello Grace\n[Name it]"
    assert [each for each in shop.said(id) if "Hello" in each] == [shop.said(id)[0]]
    assert file_names(shop, id) == ["Ada.txt", "Grace.txt"]
    assert shop.badge.runs == 1
    assert shop.ledger.state(change) == "done"
    assert kept(shop)[0].values == {"name": "Grace"}


def test_a_change_can_be_changed(shop: Shop) -> None:
    id = keep(shop)
    for name in ("Grace", "Linus"):
        shop.rename(id, name)
        shop.work()

    assert "Hello Linus" in shop.said(id)[0]
    assert json.loads(buttons(thread(shop, id)[0])[0]["value"])[3] == [["Name", "Linus"]]


def test_of_two_changes_the_one_asked_for_last_holds_whichever_is_done_first(shop: Shop) -> None:
    id = keep(shop)
    shop.rename(id, "Later", asked=time.time() + 10)
    shop.work()
    shop.rename(id, "Earlier", asked=time.time())
    shop.work()

    assert "Hello Later" in shop.said(id)[0]
    assert kept(shop)[0].values == {"name": "Later"}


def test_changes_by_many_at_once_end_as_one_of_them_in_message_and_archive(shop: Shop) -> None:
    id = keep(shop)
    for number in range(6):
        shop.rename(id, f"Name {number}")
    threads = [threading.Thread(target=shop.drain.drain, args=("text",)) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    shop.work()

    assert f"Hello {kept(shop)[0].values['name']}\n" in shop.said(id)[0]


class Overtaken(Archive):
    """Lets a later change be quicker than the first one that is written."""

    later: Answered | None = None

    def change(self, kind: str, answered: Answered) -> bool:
        later, self.later = self.later, None
        if later:
            super().change(kind, later)
        return super().change(kind, answered)


def test_a_change_that_is_overtaken_while_it_is_written_gives_way_to_the_later_one(
    shop: Shop,
) -> None:
    id, now = keep(shop), time.time()
    shop.rename(id, "Earlier", asked=now)
    (claim,), _ = shop.ledger.claim("text", batch={})
    task = Task(claim=claim, skill=shop.badge, reporter=Reporter(lambda *_: None))
    archive = Overtaken(shop.records, kinds=["call"], days=30)
    archive.later = replace(kept(shop)[0], values={"name": "Later"}, changed=now + 1)
    Archivist(archive).amend(task)

    assert kept(shop)[0].values == {"name": "Later"}
    assert isinstance(task.outcome, Reply)
    assert task.outcome.text == "Hello Later"


def test_a_change_that_is_kept_and_not_yet_said_is_said_by_the_next_worker(shop: Shop) -> None:
    id, asked = keep(shop), time.time()
    shop.rename(id, "Grace", asked=asked)
    shop.ledger.claim("text", batch={})
    changed = replace(kept(shop)[0], values={"name": "Grace"}, changed=asked)
    shop.archive.change("call", changed)
    shop.worker_dies()
    shop.work()

    assert "Hello Grace" in shop.said(id)[0]
    assert file_names(shop, id) == ["Ada.txt", "Grace.txt"]


def test_an_answer_that_is_said_again_after_a_change_is_said_as_changed(shop: Shop) -> None:
    id = shop.ask("Ada", lane="badge")
    shop.ledger.claim("speech", batch={})
    shop.worker_dies()  # so that its successor says it twice
    working = threading.Thread(target=shop.work)
    working.start()
    shop.slack.workspace.wait_for(lambda: kept(shop), 20)
    shop.rename(id, "Grace")
    shop.drain.drain("text")
    working.join()
    shop.work()

    assert "Hello Grace" in shop.said(id)[0]


def test_what_is_no_longer_kept_is_said_to_the_person_alone(shop: Shop) -> None:
    id = keep(shop)
    shop.archive.erase(team="T1")
    change = shop.rename(id, "Grace", user=shop.slack.workspace.about()["users"][0]["id"])
    shop.work()

    assert "Hello Ada" in shop.said(id)[0]
    assert words.NOT_KEPT in str(whispers(shop, ""))
    assert shop.ledger.state(change) == "refused"


def test_another_channel_cannot_change_it(shop: Shop) -> None:
    id = keep(shop)
    change = shop.rename(id, "Grace", channel=shop.slack.workspace.channel("support"))
    shop.work()

    assert "Hello Ada" in shop.said(id)[0]
    assert shop.ledger.state(change) == "refused"


def test_an_answer_that_was_deleted_is_said_to_be_gone(shop: Shop) -> None:
    id = keep(shop)
    message = thread(shop, id)[0]
    change = shop.rename(id, "Grace", user=shop.slack.workspace.about()["users"][0]["id"])
    shop.slack.client.chat_delete(channel=shop.roots[id][0], ts=message["ts"])
    shop.work()

    assert words.GONE_ANSWER in str(whispers(shop, ""))
    assert file_names(shop, id) == ["Ada.txt"]
    assert shop.ledger.state(change) == "done"


def test_what_was_heard_once_counts_once_against_the_quotas(shop: Shop) -> None:
    id = keep(shop)
    shop.rename(id, "Grace")
    shop.work()
    (spent,) = shop.redis.keys(f"{PREFIX}spent:{AUDIO}:T1")

    assert int(shop.redis.get(spent) or 0) == 60


def test_what_is_older_than_the_retention_is_not_found_and_then_erased(shop: Shop) -> None:
    keep(shop)
    (answered,) = kept(shop)
    shop.archive.drop("call", answered)
    old = Answered(
        job=answered.job, team="T1", channel=answered.channel, person="U1",
        values=answered.values, at=time.time() - 31 * DAY,
    )  # fmt: skip
    shop.archive.put("call", old)

    assert kept(shop) == []
    assert shop.archive.find("call", team="T1", channel=old.channel, job=old.job) is None
    shop.process.tidy()
    assert list(shop.records.all("call")) == []


def test_a_person_who_is_forgotten_while_the_answer_is_said_leaves_nothing(shop: Shop) -> None:
    id = shop.ask("Ada", lane="badge")
    job = shop.ledger.find(id)
    assert job is not None
    shop.archivist.before = lambda: shop.ledger.erase(team="T1", user=job.user)
    shop.work()

    assert "Hello Ada" in shop.said(id)[0]
    assert kept(shop) == []


def test_a_database_that_is_away_costs_the_keeping_and_not_the_answer(shop: Shop) -> None:
    def away() -> None:
        raise TransientError("The database does not answer.")

    shop.archivist.before = away
    id = shop.ask("Ada", lane="badge")
    shop.work()

    assert "Hello Ada" in shop.said(id)[0]
    assert file_names(shop, id) == ["Ada.txt"]
    assert shop.ledger.state(id) == "done"


def test_who_looks_back_sees_the_channel_of_the_question_and_no_other(shop: Shop) -> None:
    here, _ = keep(shop, "Ada"), keep(shop, "Grace", channel="support")
    roll = shop.ask("who?", lane=f"roll{FETCHED}")
    shop.work()
    channel, _ = shop.roots[here]
    link = shop.slack.client.chat_getPermalink(
        channel=channel, message_ts=thread(shop, here)[0]["ts"]
    )

    assert shop.said(roll)[0].replace("\u2060", "") == f"*Roll*\nAda {link['permalink']}"


def test_a_file_that_was_asked_about_again_counts_once_as_it_was_answered_last(shop: Shop) -> None:
    channel, now = shop.slack.workspace.channel("general"), time.time()
    for job, name, sha256, ago, changed in (
        ("1", "First", "a", 300, 0.0), ("2", "Again", "a", 200, 0.0), ("3", "Other", "b", 250, 0.0),
        ("4", "Named since", "c", 280, now), ("5", "As found", "c", 100, 0.0),
    ):  # fmt: skip
        shop.archive.put("call", Answered(
            job=job, team="T1", channel=channel, person="U1", values={"name": name},
            ts="1.000100", sha256=sha256, changed=changed, at=now - ago,
        ))  # fmt: skip
    roll = shop.ask("who?", lane=f"roll{FETCHED}")
    shop.work()
    said = shop.said(roll)[0]
    names = ("First", "Again", "Other", "Named since", "As found")

    assert [each for each in names if each in said] == ["Again", "Other", "Named since"]


def test_an_answer_is_kept_with_the_sum_of_its_file(shop: Shop) -> None:
    id = shop.ask("Ada", lane="badge")
    (claim,), _ = shop.ledger.claim("speech", batch={})
    task = Task(
        claim=claim, skill=shop.badge, reporter=Reporter(lambda *_: None), sha256="abc",
        outcome=Reply(text="Hello"),
    )  # fmt: skip
    shop.archivist.pack(task, {"name": "Ada"})

    assert task.kept is not None
    assert (task.kept.job, task.kept.sha256) == (id, "abc")
