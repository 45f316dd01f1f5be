"""The finisher: says an outcome in its thread and closes the job, unless it is no longer ours.

Everything it is given ends: said and closed, given back for another try, or, when Redis stays
away, left to the reaper. The heartbeat keeps the claim until then.
"""

from __future__ import annotations

import time

from core.audit import Audit
from core.claim import Claim
from core.errors import ReadymadeError, TransientError
from core.ledger import Ledger
from core.log import logger
from core.quota import AUDIO, DAY, Quota
from core.words import CANCELLED, apology
from workers.deliver import Deliverer
from workers.heartbeat import Heartbeat
from workers.outbox import Letter, Step
from workers.progress import Presenter
from workers.task import Task

PATIENCE_SECONDS = 600.0  # so long Slack may refuse an outcome before the work is given back
REDIS_STEP, FIRST_STEP, LONGEST_STEP = 0.5, 0.5, 30.0
SETTLE_SECONDS = 10.0  # an update that we gave up waiting for has reached Slack by then

log = logger("worker")


class Finisher:
    """Delivers the letters of an outbox."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        deliverer: Deliverer,
        heartbeat: Heartbeat,
        presenter: Presenter,
        audit: Audit,
        settle: float = SETTLE_SECONDS,
    ) -> None:
        self._ledger = ledger
        self._deliverer = deliverer
        self._heartbeat = heartbeat
        self._presenter = presenter
        self._audit = audit
        self._settle = settle
        self._limited: dict[str, float] = {}  # channel → when Slack takes messages for it again

    def deliver(self, letter: Letter, hurry: bool) -> float | None:
        """Go on with a letter; the seconds until the next try, or None at its end."""
        task = letter.task
        self._presenter.leave(task.reporter)
        try:
            pause = self._go_on(letter, hurry)
        except ReadymadeError as error:  # Redis is away; the work is worth waiting for it
            log.warning("not closed yet", job=task.claim.job.id, reason=str(error))
            pause = None if hurry or _overdue(letter) else REDIS_STEP
        except Exception as error:
            log.error("not closed", job=task.claim.job.id, exc_info=place_only(error))
            pause = None
        if pause is None:
            self._heartbeat.drop(task.claim)
        return pause

    def _go_on(self, letter: Letter, hurry: bool) -> float | None:
        task, claim = letter.task, letter.task.claim
        word = self._ledger.renew([claim])[claim.job.id]
        if word == "lost":
            log.info("lost to another worker", job=claim.job.id)
            return None
        if letter.step is Step.SAY:
            if word == "cancelled":
                task.reporter.cancel()
            if task.unfinished:
                self._give_back(claim, hurry)
                return None
            if task.state == "failed" and not letter.tries:
                log_failure(task)
        if letter.step is not Step.CLOSE and (pause := self._say(letter, hurry)) is not None:
            return pause
        if letter.step is Step.CLOSE:
            self._close(task, letter.state)
        return None

    def _say(self, letter: Letter, hurry: bool) -> float | None:
        """Say the outcome; the seconds until the next try, or None when that step is over.

        An update of the progress that Slack has not confirmed may still be on its way and cover
        the answer: then the answer is said again a little later, in the same message.
        """
        channel, now = letter.task.claim.job.channel, time.monotonic()
        if not hurry and (left := self._limited.get(channel, 0.0) - now) > 0:
            return left
        try:
            state = self._words(letter.task, again=letter.step is Step.SAY_AGAIN)
        except TransientError as error:
            return self._later(letter, error, hurry)
        if letter.step is Step.SAY:
            letter.state = state
            if letter.task.doubtful and not hurry:
                letter.step = Step.SAY_AGAIN
                return self._settle
        letter.step = Step.CLOSE
        return None

    def _later(self, letter: Letter, error: TransientError, hurry: bool) -> float | None:
        claim = letter.task.claim
        if error.after:
            self._limited[claim.job.channel] = time.monotonic() + error.after
        if not hurry and not _overdue(letter):
            letter.tries += 1
            return error.after or min(LONGEST_STEP, FIRST_STEP * 2.0 ** min(letter.tries, 6))
        if letter.step is Step.SAY_AGAIN:
            letter.step = Step.CLOSE
            return None
        log.warning("answer not delivered", job=claim.job.id, reason=str(error))
        self._give_back(claim, hurry)
        return None

    def _words(self, task: Task, *, again: bool) -> str:
        """Show the outcome; the state that its job ends in. Raises TransientError."""
        job, state = task.claim.job, task.state
        try:
            if state == "done":
                self._deliverer.answer(task, again=again)
            elif state == "failed":
                self._deliverer.sentence(task, apology(job.id))
            else:
                self._deliverer.sentence(task, CANCELLED if state == "cancelled" else task.reason)
        except TransientError:
            raise
        except Exception as error:
            log.error("answer not delivered", job=job.id, exc_info=place_only(error))
            self._apologise(task)
            return "failed"
        return state

    def _apologise(self, task: Task) -> None:
        """The last word when nothing else works; Slack may refuse it, too."""
        try:
            self._deliverer.sentence(task, apology(task.claim.job.id))
        except TransientError:
            raise
        except Exception as error:
            log.error("not even an apology", job=task.claim.job.id, exc_info=place_only(error))

    def _give_back(self, claim: Claim, hurry: bool) -> None:
        self._ledger.release(claim, delay=0 if hurry else claim.patience)

    def _close(self, task: Task, state: str) -> None:
        job = task.claim.job
        if not self._ledger.close(task.claim, state=state):
            return
        self._audit.ended(job, state, sha256=task.sha256)
        self._count(task)
        log.info("finished", job=job.id, skill=job.skill, state=state)

    def _count(self, task: Task) -> None:
        """Of a recording, what the quotas count."""
        job, seconds = task.claim.job, getattr(task.outcome, "audio_seconds", 0.0)
        for whose in (f"{job.team}.{job.user}", job.team) if seconds else ():
            quota = Quota(unit=AUDIO, whose=whose, limit=0, window=DAY, cost=0)
            self._ledger.spend(quota, round(seconds))


def log_failure(task: Task) -> None:
    """For the administrator: where it broke, and never what the person wrote."""
    error = task.outcome if isinstance(task.outcome, Exception) else RuntimeError("no outcome")
    job = task.claim.job
    log.error("job failed", job=job.id, reason=task.reason, exc_info=place_only(error))


def _overdue(letter: Letter) -> bool:
    return time.monotonic() - letter.since > PATIENCE_SECONDS


def place_only(error: Exception) -> Exception:
    """The error with its traceback and type but without its text, which may quote the input."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
