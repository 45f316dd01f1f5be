"""The finisher: says an outcome in its thread and closes the job, unless it is no longer ours.

Everything it is given ends: said and closed, given back for another try, or, when Redis stays
away, left to the reaper. The heartbeat keeps the claim until then.
"""

from __future__ import annotations

import time
from functools import partial

from core.errors import ReadymadeError, TransientError
from core.ledger import Ledger
from core.log import logger, place_only
from core.words import ALERT_NOT_TOLD, CANCELLED, apology, no_answer_in
from workers.alarm import Alarm, wanted
from workers.archivist import Archivist
from workers.books import Books
from workers.deliver import Deliverer
from workers.heartbeat import Heartbeat
from workers.outbox import Letter, Step
from workers.pace import Pace
from workers.progress import Interrupted, Presenter
from workers.task import Task

PATIENCE_SECONDS = 600.0  # so long Slack may refuse an outcome before the work is given back
REDIS_STEP, FIRST_STEP, LONGEST_STEP = 0.5, 0.5, 30.0
ATTACH_TRIES = 5  # 15 s or so; then the answer has no files
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
        pace: Pace,
        alarm: Alarm,
        archivist: Archivist,
        books: Books,
        settle: float = SETTLE_SECONDS,
    ) -> None:
        self._ledger = ledger
        self._deliverer = deliverer
        self._heartbeat = heartbeat
        self._presenter = presenter
        self._pace = pace
        self._alarm = alarm
        self._archivist = archivist
        self._books = books
        self._settle = settle

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
            # Perhaps because Redis closed it and its answer to us was lost.
            if letter.closing and self._ledger.state(claim.job.id) == letter.state:
                self._books.enter(task, letter.state)
            else:
                log.info("lost to another worker", job=claim.job.id)
            return None
        if letter.step is Step.SAY:
            if word == "cancelled":
                task.reporter.cancel()
            if task.unfinished:
                self._give_back(task, hurry)
                return None
        while letter.step is not Step.CLOSE:
            pause = self._step(letter, hurry)
            if pause is not None or letter.step is Step.GIVEN_BACK:
                return pause
        letter.closing = True
        if self._ledger.close(claim, state=letter.state):
            self._books.enter(task, letter.state)
        return None

    def _step(self, letter: Letter, hurry: bool) -> float | None:
        """Take one step; the seconds until the next try, or None to go on."""
        if not hurry and (left := self._pace.left(letter.task.claim.job.channel)):
            return left
        try:
            if letter.step is Step.ATTACH:
                self._deliverer.attach(letter.task, look=self._tried_before(letter))
            elif letter.step is Step.ALERT:
                self._alert(letter.task)
            elif letter.step is Step.KEEP:
                if self._keep(letter.task):
                    letter.step = Step.SAY
                    return None
            else:
                if letter.step is Step.SAY_AGAIN:
                    self._archivist.refresh(letter.task)
                letter.state = self._say(letter)
        except TransientError as error:
            return self._later(letter, error, hurry)
        return self._next(letter, hurry)

    def _next(self, letter: Letter, hurry: bool) -> float | None:
        """The step after one that succeeded.

        An update of the progress that Slack has not confirmed may still be on its way and cover
        the answer: then the answer is said again a little later, in the same message.
        """
        letter.tries = 0
        letter.step = _following(letter, hurry)
        return self._settle if letter.step is Step.SAY_AGAIN else None

    def _later(self, letter: Letter, error: TransientError, hurry: bool) -> float | None:
        task, channel = letter.task, letter.task.claim.job.channel
        if error.after and letter.step is not Step.ALERT:  # which goes to another channel
            self._pace.hold(channel, error.after)
        letter.tries += not error.after
        often_enough = letter.step in (Step.ATTACH, Step.KEEP) and letter.tries >= ATTACH_TRIES
        if not (hurry or often_enough or _overdue(letter)):
            return error.after or min(LONGEST_STEP, FIRST_STEP * 2.0 ** min(letter.tries, 6))
        log.warning("not delivered", job=task.claim.job.id, step=letter.step, reason=str(error))
        if letter.step is Step.SAY or (letter.step is Step.ALERT and hurry):
            self._give_back(task, hurry)
            letter.step = Step.GIVEN_BACK
            return None
        if letter.step is Step.ATTACH:
            self._deliverer.say_not_attached(task)
        return self._next(letter, hurry)

    def _alert(self, task: Task) -> None:
        """Tell who wants to be alerted, or say in the thread that they could not be."""
        try:
            if not self._alarm.ring(task, self._deliverer.place(task)):
                self._deliverer.add_note(task, ALERT_NOT_TOLD)
        except TransientError:
            raise
        except Exception as error:  # the answer stands, whatever becomes of the alert
            log.error("alert not told", job=task.claim.job.id, exc_info=place_only(error))

    def _keep(self, task: Task) -> bool:
        """Keep an answer that was said; True when somebody changed it meanwhile: say it again."""
        changed = self._archivist.keep(task, self._deliverer.place(task))
        if self._ledger.renew([task.claim])[task.claim.job.id] == "cancelled":
            self._archivist.drop(task)  # its person had everything forgotten
            return False
        return changed

    def _tried_before(self, letter: Letter) -> bool:
        claim = letter.task.claim
        return letter.tries > 0 or claim.attempts + claim.waits > 1

    def _say(self, letter: Letter) -> str:
        """Show the outcome; the state that its job ends in. Raises TransientError.

        What was said once is said again as it was: a Cancel that comes later is too late.
        """
        task, job = letter.task, letter.task.claim.job
        state = letter.state or task.state
        if state == "failed" and not letter.tries and letter.step is Step.SAY:
            log_failure(task)
        try:
            if state == "done":
                self._deliverer.answer(task)
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
        """The last word when nothing else works: in the thread or, where Slack takes none any
        more (the channel is archived, we were removed from it), to its person."""
        job = task.claim.job
        last_words = (
            partial(self._deliverer.sentence, task, apology(job.id)),
            partial(self._deliverer.directly, task, no_answer_in(job.channel)),
        )
        for say in last_words:
            try:
                say()
                break
            except TransientError:
                raise
            except Exception as error:
                log.error("not even an apology", job=job.id, exc_info=place_only(error))

    def _give_back(self, task: Task, hurry: bool) -> None:
        """For another try: at once when only this worker ends, which counts as nothing."""
        at_once = hurry or isinstance(task.outcome, Interrupted)
        self._ledger.release(task.claim, delay=0 if at_once else task.claim.patience)


def log_failure(task: Task) -> None:
    """For the administrator: where it broke, and never what the person wrote."""
    error = task.outcome if isinstance(task.outcome, Exception) else RuntimeError("no outcome")
    job = task.claim.job
    log.error("job failed", job=job.id, reason=task.reason, exc_info=place_only(error))


def _following(letter: Letter, hurry: bool) -> Step:
    """The first step behind this one that the letter needs."""
    task, done = letter.task, letter.state == "done"
    needed = {
        Step.KEEP: done and task.kept is not None,
        Step.ATTACH: done and task.has_files,
        Step.SAY_AGAIN: task.doubtful and not hurry,
        Step.ALERT: done and wanted(task),
        Step.CLOSE: True,
    }
    steps = list(Step)
    return next(each for each in steps[steps.index(letter.step) + 1 :] if needed[each])


def _overdue(letter: Letter) -> bool:
    return time.monotonic() - letter.since > PATIENCE_SECONDS
