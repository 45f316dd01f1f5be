"""The claim loop: takes jobs of one lane in a batch, runs them in one pass, answers each.

It claims until nothing waits. Several drains of a queue overlap the fetching and posting of one
batch with the forward pass of another; the pool's lock keeps the model to one of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from core.board import Boards
from core.claim import Claim
from core.errors import UserError
from core.job import FETCHED
from core.ledger import Ledger
from core.log import logger
from core.reply import Reply
from skills.catalog import Catalog
from skills.divisible import Divisible
from skills.skill import Input, Skill
from workers.archivist import Archivist
from workers.division import Division
from workers.intake import Intake
from workers.opener import Opener
from workers.outbox import Outbox
from workers.pool import ModelPool
from workers.recall import Recall
from workers.seats import Seats
from workers.task import Task

log = logger("worker")


class Drain:
    """Works off queues; one object a worker process."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        boards: Boards,
        catalog: Catalog,
        intake: Intake,
        opener: Opener,
        recall: Recall,
        pool: ModelPool,
        archivist: Archivist,
        outbox: Outbox,
        wake: Callable[[str], None],
    ) -> None:
        """`wake` sends a wake-up for a queue to whoever is free."""
        self._ledger = ledger
        self._catalog = catalog
        self._intake = intake
        self._opener = opener
        self._recall = recall
        self._pool = pool
        self._archivist = archivist
        self._outbox = outbox
        self._wake = wake
        self._batch = {name: skill.batch for name, skill in catalog.items()} | {
            name + FETCHED: 1 for name, skill in catalog.items() if skill.takes_text
        }
        queues = {skill.queue for skill in catalog.values()}
        self._seats = {
            queue: Seats(skill for skill in catalog.values() if skill.queue == queue)
            for queue in queues
        }
        self.stopping = threading.Event()
        self._division = Division(
            boards=boards, catalog=catalog, pool=pool, opener=opener,
            call=self._wake_another, stopping=self.stopping.is_set,
        )  # fmt: skip

    @property
    def working(self) -> int:
        """How many drains hold a thread of the process."""
        return sum(seats.taken for seats in self._seats.values())

    def drain(self, queue: str) -> None:
        """Work until the queue is empty, or leave it to the drains of it that run already."""
        self._ledger.awake(queue)
        seats = self._seats.get(queue)
        if seats is None:
            return
        with seats.take() as mine, self._division.shift(queue) as lend_a_hand:
            while mine and not self.stopping.is_set():
                if not (self._claim_and_work(queue, seats) or lend_a_hand()):
                    return

    def _claim_and_work(self, queue: str, seats: Seats) -> bool:
        """Work off one batch; False when there is none."""
        with seats.may_fetch() as fetched:
            claims, left = self._ledger.claim(queue, batch=self._batch, fetched=fetched)
            if left:
                self._wake_another(queue)
            if claims:
                self._work(claims)
            return bool(claims)

    def _wake_another(self, queue: str) -> None:
        """What goes wrong here must not cost the jobs that were just claimed."""
        try:
            if self._ledger.want_wake(queue):
                self._wake(queue)
        except Exception as error:  # the reaper wakes somebody, too
            log.warning("no wake-up", queue=queue, error=type(error).__name__)

    def _work(self, claims: Sequence[Claim]) -> None:
        skill = self._catalog.get(claims[0].job.skill)
        tasks = [self._intake.begin(claim, skill) for claim in claims]
        try:
            if skill is not None:
                with ExitStack() as opened:
                    self._opener.open(tasks, opened)
                    self._recall.answer([task for task in tasks if task.outcome is None])
                    self._run(skill, [task for task in tasks if task.outcome is None])
        finally:
            for task in tasks:
                self._outbox.put(task)

    def _run(self, skill: Skill[Any], tasks: Sequence[Task]) -> None:
        """One pass for all; when it breaks, one by one, so that only the culprit suffers."""
        if not tasks:
            return
        try:
            results = self._results(skill, tasks)
            for task, result in zip(tasks, results, strict=True):
                task.outcome = result if isinstance(result, UserError) else _render(skill, result)
                self._archivist.pack(task, result)
        except Exception as error:
            if len(tasks) == 1:
                tasks[0].outcome = error
                return
            for task in tasks:
                self._run(skill, [task])

    def _results(self, skill: Skill[Any], tasks: Sequence[Task]) -> Sequence[Any]:
        if isinstance(skill, Divisible):
            return self._division.run(skill, tasks)
        inputs = [self._polite(task, skill) for task in tasks]
        nobody_waits = lambda: all(task.reporter.cancelled for task in tasks)  # noqa: E731
        with self._pool.use(skill.name, given_up=nobody_waits) as model:
            return skill.run(model, inputs)

    def _polite(self, task: Task, skill: Skill[Any]) -> Input:
        """The input of a task whose progress is also a pause, where a text may go first."""
        assert task.input is not None, "only tasks with an input are run"
        if not skill.takes_text:
            return task.input

        def report(stage: str, fraction: float) -> None:
            task.reporter(stage, fraction)
            self._pool.pass_on(skill.name)

        return replace(task.input, progress=report)


def _render(skill: Skill[Any], result: Any) -> Reply | Exception:
    """The reply, or the bug in its wording."""
    try:
        return skill.render(result)
    except Exception as error:
        return error
