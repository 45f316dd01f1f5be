"""Progress in the thread: stage, percent, time left and what is known so far, now and then.

At most one update in three seconds a job.
A skill calls `Reporter` from the middle of its work; the messages are sent by threads of their
own, so that a slow Slack slows neither the model nor the words of other jobs. The latest word wins.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from core.errors import Cancelled, TransientError
from core.log import logger
from core.reply import Reply
from core.words import CANCELLED, STARTING, time_left

log = logger("worker")

FIRST_SECONDS = 3.0
EVERY_SECONDS = 3.0
SENDERS = 4


class Interrupted(TransientError):
    """Raised inside a job whose worker is about to end."""


class Reporter:
    """The progress of one job; calling it raises Cancelled once `cancel` was called.

    `show(line, preview)` sends a word to Slack, with what is known so far or None; it raises
    TransientError when Slack has not confirmed it.
    `doubtful` tells that this happened: the word may still arrive, after the answer even.
    """

    def __init__(
        self,
        show: Callable[[str, Reply | None], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._show = show
        self._clock = clock
        self._started = clock()
        self._next = self._started + FIRST_SECONDS
        self._stage, self._stage_began, self._stage_from = "", self._started, 0.0
        self._cancelled = threading.Event()
        self._interrupted = threading.Event()
        self._latest = ""
        self._preview: Reply | None = None
        self._sending = threading.Lock()
        self._finished = False
        self.doubtful = False

    def __call__(self, stage: str, fraction: float) -> None:
        if self._cancelled.is_set():
            raise Cancelled(CANCELLED)
        if self._interrupted.is_set():
            raise Interrupted("This worker is stopping; another one goes on.")
        now = self._clock()
        if stage != self._stage:
            self._stage, self._stage_began, self._stage_from = stage, now, fraction
        self._latest = self._line(fraction, now)

    def preview(self, reply: Reply) -> None:
        """What is known so far, shown with every word from now on; the first does not wait."""
        if self._preview is None:
            self._next = self._started + FIRST_SECONDS
        self._preview = reply

    def cancel(self) -> None:
        """The person pressed Cancel: the next call raises."""
        self._cancelled.set()

    def interrupt(self) -> None:
        """The worker must end: the next call raises, and the job is given back."""
        self._interrupted.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    @property
    def due(self) -> bool:
        """Whether it is time for a word."""
        return not (self._finished or self.cancelled or self._clock() < self._next)

    def tick(self) -> None:
        """Send the latest word when it is time; called by the presenter's threads."""
        if not self._sending.acquire(blocking=False):
            return  # the word before is still on its way
        try:
            if self.due:
                self._next = self._clock() + EVERY_SECONDS
                self._show(self._latest or STARTING, self._preview)
        except TransientError:
            self.doubtful = True
        finally:
            self._sending.release()

    def finish(self) -> None:
        """No word after this one: waits for an update that is being sent."""
        with self._sending:
            self._finished = True

    def _line(self, fraction: float, now: float) -> str:
        done = fraction - self._stage_from
        if done <= 0.01:
            return f"{self._stage}…"
        left = (now - self._stage_began) / done * (1 - fraction)
        return f"{self._stage}… {fraction:.0%}, {time_left(left)}"


class Presenter:
    """Ticks the reporters of all running jobs."""

    def __init__(self) -> None:
        self._reporters: set[Reporter] = set()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._senders = ThreadPoolExecutor(SENDERS, thread_name_prefix="progress")
        self._thread = threading.Thread(target=self._run, name="presenter", daemon=True)
        self._thread.start()

    def watch(self, reporter: Reporter) -> None:
        with self._lock:
            self._reporters.add(reporter)

    def leave(self, reporter: Reporter) -> None:
        """Stop showing; after this the answer cannot be overwritten by a late update."""
        with self._lock:
            self._reporters.discard(reporter)
        reporter.finish()

    def close(self) -> None:
        self._ended.set()
        self._senders.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while not self._ended.wait(0.5):
            with self._lock:
                due = [reporter for reporter in self._reporters if reporter.due]
            for reporter in due:
                self._senders.submit(_tick, reporter)


def _tick(reporter: Reporter) -> None:
    try:
        reporter.tick()
    except Exception as error:  # one job's trouble must not silence the others
        log.error("progress failed", error=type(error).__name__)
