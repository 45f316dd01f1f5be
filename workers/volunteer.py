"""The volunteer: an idle worker that does parts of a job whose claim another worker has.

It opens the same file by the same rules, for as long as it lends a hand. Between two parts its
worker looks for jobs that wait, which come first. What it cannot do it leaves to the foreman.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from core.board import VOLUNTEERED, Boards, Taken
from core.errors import Cancelled, TransientError
from core.log import logger
from core.words import CANCELLED
from skills.catalog import Catalog
from skills.divisible import Divisible, Partial
from skills.skill import Input
from workers.lease import Lease
from workers.opener import Opener
from workers.pool import ModelPool

LOOK_SECONDS = 0.25
AGAIN_SECONDS, TRIES = 1.0, 30
REFUSED_SECONDS = 60.0
HICCUP_SECONDS = 5.0  # Redis or Slack was away

log = logger("worker")


class Volunteer:
    """Lends a hand; one object a worker process, which opens one job at a time."""

    def __init__(
        self,
        *,
        boards: Boards,
        catalog: Catalog,
        pool: ModelPool,
        opener: Opener,
        call: Callable[[str], None],
        occupied: Callable[[], bool],
        stopping: Callable[[], bool],
    ) -> None:
        """`call` wakes another worker of a queue.

        `occupied`: this one has divided jobs itself; `stopping`: it is about to end.
        """
        self._boards = boards
        self._catalog = catalog
        self._pool = pool
        self._opener = opener
        self._call = call
        self._occupied = occupied
        self._stopping = stopping
        self._one = threading.Lock()
        self._refused: dict[str, float] = {}

    @contextmanager
    def shift(self, queue: str) -> Iterator[Callable[[], bool]]:
        """Calling what this gives does a part of a job in the queue; False when there is none."""
        hand = _Hand()
        try:
            yield lambda: self._lend(queue, hand)
        finally:
            self._leave(hand)

    def _lend(self, queue: str, hand: _Hand) -> bool:
        try:
            if self._join_in(queue, hand):
                return True
        except TransientError as error:
            log.warning("no hand lent", reason=str(error))
        self._leave(hand)
        return False

    def _join_in(self, queue: str, hand: _Hand) -> bool:
        """Do a part of the oldest job that has one to give."""
        for id in self._boards.of_queue(queue):
            if self._refused.get(id, 0.0) > time.monotonic():
                continue
            look = self._boards.look(id, queue=queue, tries=VOLUNTEERED)
            if look.free and self._may(hand):
                if look.free > 1:
                    self._call(queue)
                self._help(id, hand)
                return True
            if id == hand.id and look.state == "running" and not look.whole:
                time.sleep(LOOK_SECONDS)  # more is being planned
                return True
        return False

    def _may(self, hand: _Hand) -> bool:
        """Whether this worker has nothing else to do with its model, and only one hand at it."""
        if not hand.free:
            hand.free = not self._occupied() and self._one.acquire(blocking=False)
        return hand.free and not self._occupied()

    def _help(self, id: str, hand: _Hand) -> None:
        """Do a part, unless others are quicker; what goes wrong the foreman will find out."""
        try:
            if hand.id != id:
                self._open(id, hand)
            self._do_one(id, hand)
        except Cancelled:
            self._close(hand)
        except Exception as error:
            log.warning("no hand lent", job=id, error=type(error).__name__)
            now = time.monotonic()
            self._refused = {each: end for each, end in self._refused.items() if end > now}
            passing = isinstance(error, TransientError)
            self._refused[id] = now + (HICCUP_SECONDS if passing else REFUSED_SECONDS)
            self._close(hand)

    def _open(self, id: str, hand: _Hand) -> None:
        """Fetch and open the input of a job."""
        self._close(hand)
        asked = self._boards.asked(id)
        skill = self._catalog.get(asked[0].skill) if asked else None
        if asked is None or not isinstance(skill, Divisible):
            raise Cancelled(CANCELLED)
        given = self._opener.fetch(
            *asked, skill, lambda *_: _stop_when(self._stopping()), hand.opened
        )
        hand.id, hand.skill = id, skill
        hand.input = hand.opened.enter_context(skill.opened(given))
        log.info("lending a hand", job=id)

    def _do_one(self, id: str, hand: _Hand) -> None:
        assert hand.skill is not None, "a job is opened before a part of it is done"
        assert hand.input is not None, "with its input"
        with self._pool.use(hand.skill.name) as model:
            taken = self._boards.take(id, tries=VOLUNTEERED)
            if taken is None:
                return
            with Lease(self._boards, taken) as lease:
                asked = replace(hand.input, progress=lambda *_: _stop_when(lease.lost))
                result = hand.skill.work(model, asked, taken.part, lead=taken.lead)
        self._put(taken, result)

    def _put(self, taken: Taken, result: Partial) -> None:
        """Put up a result; Redis may be away for a while."""
        for _ in range(TRIES):
            try:
                self._boards.put(taken.id, taken.number, result)
                return
            except TransientError:
                if self._stopping():
                    return
                time.sleep(AGAIN_SECONDS)

    def _leave(self, hand: _Hand) -> None:
        try:
            self._close(hand)
        finally:
            if hand.free:
                hand.free = False
                self._one.release()

    def _close(self, hand: _Hand) -> None:
        hand.opened.close()
        hand.opened, hand.id, hand.skill, hand.input = ExitStack(), "", None, None


class _Hand:
    """What one shift has at hand: the job it helps with, opened."""

    def __init__(self) -> None:
        self.free = False
        self.id = ""
        self.skill: Divisible[Any] | None = None
        self.input: Input | None = None
        self.opened = ExitStack()


def _stop_when(in_vain: bool) -> None:
    if in_vain:
        raise Cancelled(CANCELLED)
