"""An alert is told once in the channel chosen for it, whatever happens to workers and to Slack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import preferences, words
from core.errors import TransientError
from core.job import Surface
from core.notices import Notices
from core.preferences import Preferences
from core.reply import Point, Reply, Section
from core.scripts import PREFIX
from local.transcript import visible_text
from tests.workers.conftest import Shop
from workers.alarm import Alarm
from workers.progress import Reporter
from workers.task import Task

RULES = "nobody says: guarantee"
ALERT = Section(
    title="Scorecard: 0 of 1 rules passed, 0 %",
    points=(Point(text=f"✗ {RULES}: said", source="Agent, 00:49"),),
)
ANSWER = Reply(text="A call.", body="I guarantee that.", alert=ALERT)


@pytest.fixture(autouse=True)
def chosen(shop: Shop) -> None:
    choose(shop, alerts="support")


def choose(shop: Shop, *, alerts: str, rules: str = RULES) -> None:
    place = shop.slack.workspace.channel("general")
    told = Preferences(rules=rules, alerts=shop.slack.workspace.channel(alerts))
    preferences.write(shop.records, told, team="T1", channel=place, person="U1")


def claimed(shop: Shop, *, rules: str = RULES, sha256: str = "abc") -> Task:
    """A job that waits, claimed and run: its call broke a rule."""
    (claim,), _ = shop.ledger.claim("text", batch={"echo": 1})
    content = replace(claim.content, options={"rules": rules})
    return Task(
        claim=replace(claim, content=content),
        skill=shop.echo,
        reporter=Reporter(lambda *_: None),
        outcome=ANSWER,
        sha256=sha256,
    )


def finish(shop: Shop, task: Task) -> None:
    shop.outbox.put(task)
    assert shop.outbox.join(20)


def alerts(shop: Shop, channel: str = "support") -> list[str]:
    messages = shop.slack.workspace.messages(shop.slack.workspace.channel(channel))
    return [visible_text(each) for each in messages if each.get("bot_id")]


def alarm_of(shop: Shop) -> Alarm:
    """The alarm of another worker."""
    return Alarm(
        records=shop.records, notices=Notices(shop.ledger.scripts), client=shop.slack.client
    )


def test_it_says_where_what_and_when_with_a_link_and_no_word_of_the_call(shop: Shop) -> None:
    id = shop.ask("one")
    finish(shop, claimed(shop))
    (alert,) = alerts(shop)

    assert shop.said(id)[-1].startswith("*Echo*\nA call.")
    assert shop.roots[id][0] in alert
    assert f"✗ {RULES}: said" in alert.replace("\u2060", "")
    assert "Agent, 00:49" in alert
    assert "Open the thread" in alert
    assert "I guarantee" not in alert


def test_a_worker_that_dies_after_it_told_leaves_nothing_to_tell_again(shop: Shop) -> None:
    shop.ask("one")
    task = claimed(shop)
    place = shop.deliverer.place(task)
    assert alarm_of(shop).ring(task, place)
    shop.worker_dies()
    finish(shop, claimed(shop))

    assert len(alerts(shop)) == 1


@pytest.mark.parametrize(("reset", "before"), [("after", 1), ("before", 0)])
def test_an_alert_whose_reply_was_lost_is_looked_for_before_it_is_told_again(
    shop: Shop, reset: str, before: int
) -> None:
    shop.ask("one")
    task = claimed(shop)
    place = shop.deliverer.place(task)
    shop.slack.workspace.faults(fail_next=[{"method": "chat.postMessage", "reset": reset}])
    with pytest.raises(TransientError):
        alarm_of(shop).ring(task, place)
    told = len(alerts(shop))
    with pytest.raises(TransientError):  # for a while somebody may still be telling it
        alarm_of(shop).ring(task, place)
    shop.worker_dies()
    for key in shop.redis.scan_iter(f"{PREFIX}notice:*"):
        shop.redis.set(key, "0")  # that while is over
    finish(shop, claimed(shop))

    assert told == before
    assert len(alerts(shop)) == 1


def test_the_same_recording_asked_about_again_is_told_no_more(shop: Shop) -> None:
    for _ in range(2):
        shop.ask("one")
        finish(shop, claimed(shop))
    shop.ask("another")
    finish(shop, claimed(shop, sha256="def"))

    assert len(alerts(shop)) == 2


def test_a_channel_that_is_limited_hears_of_it_a_little_later(shop: Shop) -> None:
    limited = {"method": "conversations.info", "status": 429, "retry_after": 1}
    shop.slack.workspace.faults(fail_next=[limited])
    shop.ask("one")
    finish(shop, claimed(shop))

    assert len(alerts(shop)) == 1


def test_where_the_bot_is_no_member_the_thread_says_that_nobody_was_told(shop: Shop) -> None:
    choose(shop, alerts="random")
    id = shop.ask("one")
    finish(shop, claimed(shop))
    (answer,) = shop.said(id)

    assert alerts(shop, "random") == []
    assert answer.count(words.ALERT_NOT_TOLD) == 1
    assert "A call." in answer


def test_a_channel_that_was_shared_with_another_company_meanwhile_hears_nothing(
    shop: Shop,
) -> None:
    shop.slack.workspace.add_channel("partners", is_ext_shared=True)
    choose(shop, alerts="partners")
    id = shop.ask("one")
    finish(shop, claimed(shop))

    assert alerts(shop, "partners") == []
    assert words.ALERT_NOT_TOLD in shop.said(id)[-1]


def test_rules_that_somebody_typed_are_nobody_elses_concern(shop: Shop) -> None:
    shop.ask("one")
    finish(shop, claimed(shop, rules="nobody says: hello"))

    assert alerts(shop) == []


def test_a_private_answer_is_told_to_nobody(shop: Shop) -> None:
    shop.ask("one")
    task = claimed(shop)
    job = replace(task.claim.job, surface=Surface.PRIVATE)
    task.claim = replace(task.claim, job=job)
    finish(shop, task)

    assert alerts(shop) == []


def test_a_worker_that_ends_before_it_told_gives_the_job_to_another(shop: Shop) -> None:
    away = {"method": "conversations.info", "status": 503, "times": 50}
    shop.slack.workspace.faults(fail_next=[away])
    id = shop.ask("one")
    shop.outbox.put(claimed(shop))
    shop.slack.workspace.wait_for(lambda: shop.said(id), 20)
    shop.outbox.hurry()

    assert shop.outbox.join(20)
    shop.ledger.reap()
    assert shop.ledger.state(id) == "waiting"
    assert alerts(shop) == []
