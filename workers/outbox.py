"""The outbox: outcomes on their way into Slack, beside the claim loop.

Slack may limit one channel for minutes, or be away: what cannot be said now is said later, without
holding up the models, the other channels, or a thread.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from workers.task import Task

THREADS = 64  # at most; each mostly waits for Slack, which takes 50 to 300 ms a call
MOST = 256  # a worker with more outcomes than this on their way claims no more

Deliver = Callable[["Letter", bool], float | None]


class Step(Enum):
    """What is to be done next with a letter: in this order, without what it does not need."""

    SAY = "say"
    KEEP = "keep"  # what was said
    ATTACH = "attach"
    SAY_AGAIN = "say again"  # a late update of the progress may have covered the answer
    ALERT = "alert"  # another channel, of what was said
    CLOSE = "close"
    GIVEN_BACK = "given back"


@dataclass(order=True, slots=True)
class Letter:
    """One outcome on its way.

    `due` is when to go on with it and `since` when it was put in, in seconds of the monotonic
    clock; `state` is how its job ends, known once its outcome was said.
    """

    due: float
    number: int
    task: Task = field(compare=False)
    since: float = field(compare=False)
    tries: int = field(default=0, compare=False)
    step: Step = field(default=Step.SAY, compare=False)
    state: str = field(default="", compare=False)
    closing: bool = field(default=False, compare=False)


class Outbox:
    """Hands letters to `deliver` when they are due; one object a worker process.

    `deliver(letter, hurry)` returns the seconds until it wants the letter again, or None when it is
    done with it; it does not raise. With `hurry` the worker is about to end.
    """

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._letters: list[Letter] = []
        self._open = 0
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._due, self._left = threading.Condition(self._lock), threading.Condition(self._lock)
        self._hurry = False
        self._threads, self._resting = 0, 0

    def put(self, task: Task) -> None:
        """Take an outcome; waits while too many are on their way, unless the worker ends."""
        with self._lock:
            self._left.wait_for(lambda: self._open < MOST or self._hurry)
            self._open += 1
            now = time.monotonic()
            self._push(Letter(due=now, number=next(self._numbers), task=task, since=now))

    def join(self, seconds: float | None = None) -> bool:
        """Wait until nothing is on its way; False when that took longer."""
        with self._lock:
            return self._left.wait_for(lambda: self._open == 0, timeout=seconds)

    def hurry(self) -> None:
        """Have everything delivered or given back at once: the worker is about to end."""
        with self._lock:
            self._hurry = True
            for letter in self._letters:
                letter.due = 0.0
            heapq.heapify(self._letters)
            self._due.notify_all()
            self._left.notify_all()

    def _run(self) -> None:
        while True:
            letter = self._next()
            pause = self._deliver(letter, self._hurry)
            with self._lock:
                if pause is None:
                    self._open -= 1
                    self._left.notify_all()
                else:
                    # In a hurry it is wanted at once, unless it was just tried in one.
                    letter.due = time.monotonic() + (min(pause, 0.5) if self._hurry else pause)
                    self._push(letter)

    def _push(self, letter: Letter) -> None:
        heapq.heappush(self._letters, letter)
        if len(self._letters) > self._resting and self._threads < THREADS:
            self._threads += 1
            threading.Thread(target=self._run, name="outbox", daemon=True).start()
        self._due.notify()

    def _next(self) -> Letter:
        with self._lock:
            while True:
                left = self._letters[0].due - time.monotonic() if self._letters else None
                if left is not None and left <= 0:
                    return heapq.heappop(self._letters)
                self._resting += 1
                self._due.wait(left)
                self._resting -= 1
