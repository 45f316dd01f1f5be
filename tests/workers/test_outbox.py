"""The outbox: nothing keeps a worker from ending, and no letter is forgotten."""

from __future__ import annotations

import threading

from core.claim import Claim
from core.job import Content
from tests.core.test_ledger import a_job
from workers import outbox
from workers.outbox import Letter, Outbox
from workers.progress import Reporter
from workers.task import Task


def a_task() -> Task:
    claim = Claim(job=a_job(), content=Content(), fence=1, attempts=1, waits=0, cancelled=False)
    return Task(claim=claim, skill=None, reporter=Reporter(lambda text: None))


def test_a_letter_on_its_way_when_the_worker_ends_is_hurried_as_well() -> None:
    began, ended, hurries = threading.Event(), threading.Event(), []

    def deliver(letter: Letter, hurry: bool) -> float | None:
        hurries.append(hurry)
        began.set()
        ended.wait(5)
        return None if hurry else 30.0

    box = Outbox(deliver)
    box.put(a_task())
    assert began.wait(5)
    box.hurry()
    ended.set()

    assert box.join(5)
    assert hurries == [False, True]


def test_a_letter_that_waits_when_the_worker_ends_waits_no_longer() -> None:
    hurries: list[bool] = []
    tried = threading.Event()

    def deliver(letter: Letter, hurry: bool) -> float | None:
        hurries.append(hurry)
        tried.set()
        return None if hurry else 30.0

    box = Outbox(deliver)
    box.put(a_task())
    assert tried.wait(5)
    box.hurry()

    assert box.join(5)
    assert hurries == [False, True]


def test_a_full_outbox_does_not_keep_the_worker_from_ending() -> None:
    box = Outbox(lambda letter, hurry: None if hurry else 30.0)
    for _ in range(outbox.MOST):
        box.put(a_task())
    one_more = threading.Thread(target=box.put, args=(a_task(),))
    one_more.start()
    one_more.join(0.2)
    waited = one_more.is_alive()
    box.hurry()
    one_more.join(5)

    assert waited
    assert not one_more.is_alive()
    assert box.join(5)


def test_a_slow_slack_is_told_many_outcomes_at_the_same_time() -> None:
    together = threading.Barrier(outbox.THREADS)
    met: list[int] = []

    def deliver(letter: Letter, hurry: bool) -> float | None:
        met.append(together.wait(5))
        return None

    box = Outbox(deliver)
    for _ in range(outbox.THREADS):
        box.put(a_task())

    assert box.join(10)
    assert len(met) == outbox.THREADS


def test_one_outcome_after_another_needs_no_crowd_of_threads() -> None:
    threads: set[int] = set()

    def deliver(letter: Letter, hurry: bool) -> float | None:
        threads.add(threading.get_ident())
        return None

    box = Outbox(deliver)
    for _ in range(outbox.THREADS):
        box.put(a_task())
        box.join(5)

    assert len(threads) < 8
