"""The claim loop: takes jobs of one lane in a batch, runs them in one pass, answers each.

It claims until nothing waits. Several drains of a queue overlap the fetching and posting of one
batch with the forward pass of another; the pool's lock keeps the model to one of them.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from core import words
from core.audit import Audit
from core.claim import Claim
from core.errors import Cancelled, ReadymadeError, SetupError, TransientError, UserError
from core.ledger import Ledger
from core.log import logger
from core.reply import Reply
from skills.models.lock import digest
from skills.skill import Input, Skill
from workers.deliver import Deliverer
from workers.fetch import Fetcher
from workers.heartbeat import Heartbeat
from workers.pool import ModelPool
from workers.progress import Presenter, Reporter
from workers.scratch import Scratch

# Drains of one queue at a time in one process: enough to overlap fetching, running and posting, and
# fewer where a skill takes one job at a time, so that no idle worker waits behind a claimed job.
SEATS, SEATS_ONE_BY_ONE = 3, 2
FINISH_SECONDS = 15.0  # process managers kill after 30

log = logger("worker")


@dataclass(slots=True)
class Task:
    """One claimed job on its way: `outcome` is a reply, an error, or None while unknown."""

    claim: Claim
    reporter: Reporter
    input: Input | None = None
    outcome: Reply | Exception | None = None
    sha256: str = ""


class Drain:
    """Works off queues; one object a worker process."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        catalog: dict[str, Skill[Any]],
        pool: ModelPool,
        fetcher: Fetcher,
        deliverer: Deliverer,
        heartbeat: Heartbeat,
        presenter: Presenter,
        scratch: Scratch,
        audit: Audit,
        wake: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._catalog = catalog
        self._pool = pool
        self._fetcher = fetcher
        self._deliverer = deliverer
        self._heartbeat = heartbeat
        self._presenter = presenter
        self._scratch = scratch
        self._audit = audit
        self._wake = wake
        self._batch = {name: skill.batch for name, skill in catalog.items()}
        self._io = ThreadPoolExecutor(16, thread_name_prefix="io")
        self._seats = {
            skill.queue: threading.Semaphore(SEATS if skill.batch > 1 else SEATS_ONE_BY_ONE)
            for skill in catalog.values()
        }
        self.stopping = threading.Event()

    @property
    def device(self) -> str:
        """Where the models run."""
        return self._pool.device

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
        patience = threading.Timer(FINISH_SECONDS, self._heartbeat.interrupt)
        patience.daemon = True
        patience.start()

    def close(self) -> None:
        """The worker ends."""
        self._scratch.close()

    def drain(self, queue: str) -> None:
        """Work until the queue is empty, or leave it to the drains of it that run already."""
        self._ledger.awake(queue)
        seat = self._seats.get(queue)
        if seat is None or not seat.acquire(blocking=False):
            return
        try:
            while not self.stopping.is_set():
                claims, left = self._ledger.claim(queue, batch=self._batch)
                if left and self._ledger.want_wake(queue):
                    self._wake(queue)
                if not claims:
                    return
                self._work(claims)
        finally:
            seat.release()

    def _work(self, claims: Sequence[Claim]) -> None:
        skill = self._catalog.get(claims[0].job.skill)
        if skill is None:
            for claim in claims:
                self._disown(claim)
            return
        tasks = [self._begin(claim, skill) for claim in claims]
        try:
            with ExitStack() as folders:
                list(self._io.map(lambda task: self._fetch(task, skill, folders), tasks))
                self._run(skill, [task for task in tasks if task.outcome is None])
            list(self._io.map(lambda task: self._finish(task, skill), tasks))
        finally:
            for task in tasks:
                self._presenter.leave(task.reporter)
                self._heartbeat.drop(task.claim)

    def _disown(self, claim: Claim) -> None:
        """A newer bot queued it: nobody here knows the skill, and trying again would not help."""
        log.error("unknown skill", job=claim.job.id, skill=claim.job.skill)
        self._apologise(claim, "")
        self._close(claim, "failed")

    def _begin(self, claim: Claim, skill: Skill[Any]) -> Task:
        reporter = Reporter(lambda text: self._show_progress(claim, skill, text))
        self._heartbeat.hold(claim, reporter)
        self._presenter.watch(reporter)
        task = Task(claim=claim, reporter=reporter)
        if claim.cancelled:
            task.outcome = Cancelled(words.CANCELLED)
        elif claim.unreadable:
            task.outcome = SetupError("CONTENT_KEY differs between bot and worker.")
        elif claim.exhausted:
            task.outcome = TransientError("Tried too often.")
        return task

    def _show_progress(self, claim: Claim, skill: Skill[Any], text: str) -> None:
        """Only while the job is ours: another worker may have answered it meanwhile."""
        if self._ledger.renew([claim])[claim.job.id] == "held":
            self._deliverer.progress(claim, skill, text)

    def _fetch(self, task: Task, skill: Skill[Any], folders: ExitStack) -> None:
        if task.outcome is not None:
            return
        job, content = task.claim.job, task.claim.content
        try:
            folder = folders.enter_context(self._scratch.folder())
            task.input = self._fetcher.input(job, content, skill, folder, task.reporter)
            if task.input.path:
                task.sha256 = digest(task.input.path)
        except Exception as error:  # whatever it is, it belongs to this job alone
            task.outcome = error

    def _run(self, skill: Skill[Any], tasks: Sequence[Task]) -> None:
        """One pass for all; when it breaks, one by one, so that only the culprit suffers."""
        if not tasks:
            return
        inputs = [task.input for task in tasks if task.input is not None]
        try:
            nobody_waits = lambda: all(task.reporter.cancelled for task in tasks)  # noqa: E731
            with self._pool.use(skill.name, given_up=nobody_waits) as model:
                results = skill.run(model, inputs)
            for task, result in zip(tasks, results, strict=True):
                task.outcome = result if isinstance(result, UserError) else _render(skill, result)
        except Exception as error:
            if len(tasks) == 1:
                tasks[0].outcome = error
                return
            for task in tasks:
                self._run(skill, [task])

    def _finish(self, task: Task, skill: Skill[Any]) -> None:
        """Say the outcome and close the row, unless the job is no longer ours."""
        self._presenter.leave(task.reporter)
        claim = task.claim
        try:
            word = self._ledger.renew([claim])[claim.job.id]
            if word == "lost":
                log.info("lost to another worker", job=claim.job.id)
                return
            if word == "cancelled":
                task.reporter.cancel()
            if state := self._say(task, skill):
                self._close(claim, state, sha256=task.sha256)
        except ReadymadeError as error:
            log.warning("answer not delivered", job=claim.job.id, reason=str(error))
            self._ledger.release(claim, delay=claim.patience)
        except Exception as error:
            log.error("answer not delivered", job=claim.job.id, exc_info=_place_only(error))
            self._apologise(claim, skill.title)
            self._close(claim, "failed")

    def _close(self, claim: Claim, state: str, *, sha256: str = "") -> None:
        if self._ledger.close(claim, state=state):
            try:
                self._audit.ended(claim.job, state, sha256=sha256)
            except OSError as error:  # a full disk must not turn an answer into an apology
                log.error("no audit record", job=claim.job.id, error=type(error).__name__)
            log.info("finished", job=claim.job.id, skill=claim.job.skill, state=state)

    def _apologise(self, claim: Claim, title: str) -> None:
        """The last word when nothing else works; it may fail, too."""
        try:
            self._deliverer.sentence(claim, title, words.apology(claim.job.id))
        except Exception as error:
            log.error("not even an apology", job=claim.job.id, exc_info=_place_only(error))

    def _say(self, task: Task, skill: Skill[Any]) -> str:
        """Put the outcome into words; the final state, or "" when the job will be tried again."""
        claim, outcome = task.claim, task.outcome
        if task.reporter.cancelled or isinstance(outcome, Cancelled):
            self._deliverer.sentence(claim, skill.title, words.CANCELLED)
            return "cancelled"
        if isinstance(outcome, UserError):
            self._deliverer.sentence(claim, skill.title, str(outcome))
            return "refused"
        if isinstance(outcome, TransientError) and not claim.exhausted:
            self._ledger.release(claim, delay=0 if self.stopping.is_set() else claim.patience)
            return ""
        if not isinstance(outcome, Reply):
            error = outcome or RuntimeError("no outcome")
            reason = str(error) if isinstance(error, ReadymadeError) else ""
            log.error("job failed", job=claim.job.id, reason=reason, exc_info=_place_only(error))
            self._deliverer.sentence(claim, skill.title, words.apology(claim.job.id))
            return "failed"
        self._deliverer.answer(claim, skill, outcome)
        return "done"


def _render(skill: Skill[Any], result: Any) -> Reply | Exception:
    """The reply, or the bug in its wording."""
    try:
        return skill.render(result)
    except Exception as error:
        return error


def _place_only(error: Exception) -> Exception:
    """The error with its traceback and type but without its text, which may quote the input."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
