"""The claim loop: takes jobs of one lane in a batch, runs them in one pass, answers each.

It claims until nothing waits. Several drains of a queue overlap the fetching and posting of one
batch with the forward pass of another; the pool's lock keeps the model to one of them.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from core import words
from core.board import Boards
from core.claim import Claim
from core.errors import Cancelled, SetupError, TransientError, UserError
from core.job import FETCHED
from core.ledger import Ledger
from core.log import logger
from core.reply import Reply
from skills.divisible import Divisible
from skills.skill import Input, Skill
from workers.channel_options import ChannelOptions
from workers.deliver import Deliverer
from workers.division import Division
from workers.heartbeat import Heartbeat
from workers.opener import Opener
from workers.outbox import Outbox
from workers.pool import ModelPool
from workers.progress import Presenter, Reporter
from workers.recall import Recall
from workers.scratch import Scratch
from workers.seats import Seats
from workers.task import Task

FINISH_SECONDS, SAY_SECONDS = 15.0, 8.0  # process managers kill after 30

log = logger("worker")


class Drain:
    """Works off queues; one object a worker process."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        boards: Boards,
        recall: Recall,
        channel_options: ChannelOptions,
        catalog: dict[str, Skill[Any]],
        pool: ModelPool,
        opener: Opener,
        deliverer: Deliverer,
        heartbeat: Heartbeat,
        presenter: Presenter,
        scratch: Scratch,
        outbox: Outbox,
        wake: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._catalog = catalog
        self._pool = pool
        self._opener = opener
        self._deliverer = deliverer
        self._heartbeat = heartbeat
        self._presenter = presenter
        self._scratch = scratch
        self._outbox = outbox
        self._recall = recall
        self._channel_options = channel_options
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
    def device(self) -> str:
        """Where the models run."""
        return self._pool.device

    @property
    def working(self) -> int:
        """How many drains hold a thread of the process."""
        return sum(seats.taken for seats in self._seats.values())

    def warm(self, queues: Collection[str]) -> None:
        """Load the models of these queues in the background.

        A model that cannot be used ends the worker with a sentence.
        """

        def load() -> None:
            try:
                self._pool.warm(queues)
            except SetupError as error:
                log.critical("cannot start", reason=str(error))
                os.kill(os.getpid(), signal.SIGTERM)

        threading.Thread(target=load, name="warm", daemon=True).start()

    def tidy(self) -> None:
        """Unload idle models and remove what dead workers left behind."""
        self._pool.evict_idle()
        self._scratch.sweep()

    def stop(self) -> None:
        """Claim no more; what is not finished in a while is given back to other workers."""
        self.stopping.set()
        patience = threading.Timer(FINISH_SECONDS, self._interrupt)
        patience.daemon = True
        patience.start()

    def _interrupt(self) -> None:
        self._outbox.hurry()
        self._heartbeat.interrupt()

    def abandon(self) -> None:
        """This process is about to be replaced: others get its jobs at once, as they are."""
        self.stopping.set()
        self._outbox.hurry()
        self._outbox.join(SAY_SECONDS)
        self._heartbeat.give_back()
        self._scratch.close()

    def close(self) -> None:
        """The worker ends: what is found out is said, or given back."""
        self._outbox.hurry()
        self._outbox.join(SAY_SECONDS)
        self._scratch.close()

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
        tasks = [self._begin(claim, skill) for claim in claims]
        try:
            if skill is not None:
                with ExitStack() as opened:
                    self._opener.open(tasks, opened)
                    self._recall.answer([task for task in tasks if task.outcome is None])
                    self._run(skill, [task for task in tasks if task.outcome is None])
        finally:
            for task in tasks:
                self._outbox.put(task)

    def _begin(self, claim: Claim, skill: Skill[Any] | None) -> Task:
        reporter = Reporter(lambda *word: self._show_progress(task, *word))
        task = Task(claim=claim, skill=skill, reporter=reporter)
        self._heartbeat.hold(claim, reporter)
        self._presenter.watch(reporter)
        if claim.cancelled:
            task.outcome = Cancelled(words.CANCELLED)
        elif skill is None:  # a newer bot queued it: trying again would not help
            task.outcome = SetupError("No worker here knows this skill.")
        elif claim.unreadable:
            task.outcome = SetupError("CONTENT_KEY differs between bot and worker.")
        elif claim.exhausted:
            task.outcome = TransientError("Tried too often.")
        else:
            try:
                task.claim = self._channel_options.fill(claim, skill)
            except TransientError as error:
                task.outcome = error
        return task

    def _show_progress(self, task: Task, text: str, preview: Reply | None = None) -> None:
        """Only while the job is ours: another worker may have answered it meanwhile."""
        if self._ledger.renew([task.claim])[task.claim.job.id] == "held":
            self._deliverer.progress(task, text, preview)

    def _run(self, skill: Skill[Any], tasks: Sequence[Task]) -> None:
        """One pass for all; when it breaks, one by one, so that only the culprit suffers."""
        if not tasks:
            return
        try:
            results = self._results(skill, tasks)
            for task, result in zip(tasks, results, strict=True):
                task.outcome = result if isinstance(result, UserError) else _render(skill, result)
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
