"""The foreman: does a claimed job whose input falls into parts, with every worker that is free.

Its worker has the job's claim: it alone plans the parts, joins their results and answers. It works
on parts as the others do (`volunteer.py`), so that it needs none of them. A job of one part has no
board. What a dead foreman left on the board is found by the next one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from core.board import Boards, Written
from core.claim import Claim
from core.errors import TransientError
from skills.divisible import Divisible, Part, Partial
from skills.skill import Input
from workers.clerk import NOT_OURS, Clerk
from workers.lease import Lease
from workers.planner import Planner
from workers.pool import ModelPool
from workers.progress import Reporter

LOOK_SECONDS = 0.1
AGAIN_SECONDS = 1.0

Answer = TypeVar("Answer")


class Foreman:
    """Does divided jobs; one object a worker process. `jobs` counts those it is at."""

    def __init__(self, *, boards: Boards, pool: ModelPool, call: Callable[[str], None]) -> None:
        """`call` wakes another worker of a queue."""
        self._boards = boards
        self._pool = pool
        self._call = call
        self._counting = threading.Lock()
        self._turn = threading.Lock()
        self.jobs = 0

    def run(self, skill: Divisible[Any], claim: Claim, asked: Input, reporter: Reporter) -> Any:
        """The result of a job; raises the UserError that refuses it."""
        left = self._boards.read(claim.job.id) if claim.fence > 1 else Written()
        if left.finished:
            return self._join(skill, asked, left.in_order(), reporter)
        with self._at_work(), skill.opened(asked) as opened:
            work = Work(
                skill=skill,
                claim=claim,
                asked=opened,
                reporter=reporter,
                boards=self._boards,
                pool=self._pool,
                call=self._call,
                turn=self._turn,
            )
            results = work.go_on(left) if left.parts else work.begin()
        return self._join(skill, asked, results, reporter)

    def _join(
        self, skill: Divisible[Any], asked: Input, results: list[Partial], reporter: Reporter
    ) -> Any:
        asked = replace(asked, progress=reporter)
        with self._pool.use(skill.name, given_up=lambda: reporter.cancelled) as model:
            return skill.join(model, asked, results)

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with self._counting:
            self.jobs += 1
        try:
            yield
        finally:
            with self._counting:
                self.jobs -= 1


@dataclass(kw_only=True)
class Work:
    """One job on its way from parts to results."""

    skill: Divisible[Any]
    claim: Claim
    asked: Input
    reporter: Reporter
    boards: Boards
    pool: ModelPool
    call: Callable[[str], None]
    turn: threading.Lock
    stage: str = "Opening"
    fraction: float = 0.0

    def __post_init__(self) -> None:
        self.asked = replace(self.asked, progress=self._tell)

    def begin(self) -> list[Partial]:
        """The results of all parts; alone with the first one, which the others build on."""
        planner = self._plan(after=None)
        first = self._next(planner)
        assert first is not None, "every input has a part"
        with self._model() as model:
            lead = self.skill.work(model, self.asked, first, lead=None)
        self._show(lead)
        second = self._next(planner)
        if second is None:
            return [lead]
        self._open(lead, [first, second])
        return self._finish(planner, planned=2)

    def go_on(self, left: Written) -> list[Partial]:
        """The results of all parts, some of which are on the board."""
        self._show(left.results[0])
        planner = Planner(iter(())) if left.whole else self._plan(after=left.parts[-1])
        return self._finish(planner, planned=len(left.parts))

    def _plan(self, *, after: Part | None) -> Planner:
        with self._model() as model:
            return Planner(self.skill.divide(model, self.asked, after=after))

    def _next(self, planner: Planner) -> Part | None:
        """The next part, or None after the last one."""
        while (part := planner.next(seconds=LOOK_SECONDS)) is None and not planner.whole:
            self._hear()
        return part

    def _open(self, lead: Partial, parts: list[Part]) -> None:
        """Put up what is known; the first result first, so that no part is seen without it."""
        id = self.claim.job.id
        if not self._patiently(lambda: self.boards.open(self.claim)):
            raise TransientError(NOT_OURS)
        self._patiently(lambda: self.boards.put(id, 0, lead))
        for number, part in enumerate(parts):
            if not self._patiently(partial(self.boards.plan, self.claim, number, part)):
                raise TransientError(NOT_OURS)

    def _finish(self, planner: Planner, *, planned: int) -> list[Partial]:
        """Work on parts until the results of all are there, whoever made them."""
        id, queue = self.claim.job.id, self.claim.job.queue
        clerk = Clerk(
            boards=self.boards, claim=self.claim, planner=planner, planned=planned, call=self.call
        )
        with clerk, self._in_turn() as may_work:
            while not (look := self._patiently(lambda: self.boards.look(id, queue=queue))).finished:
                clerk.check()
                if not look.state:
                    raise TransientError(NOT_OURS)
                self.fraction = look.done / look.planned if look.whole else 0.0
                self._hear()
                if not (look.free and may_work() and self._do_one()):
                    time.sleep(LOOK_SECONDS)
        return list(self._patiently(lambda: self.boards.read(id)).in_order())

    @contextmanager
    def _in_turn(self) -> Iterator[Callable[[], bool]]:
        """Whether this worker may do more of this job than its first part.

        One long job after the other: taking turns, all would end as late as the last one.
        """
        mine = False

        def may_work() -> bool:
            nonlocal mine
            mine = mine or self.turn.acquire(blocking=False)
            return mine

        try:
            yield may_work
        finally:
            if mine:
                self.turn.release()

    def _do_one(self) -> bool:
        """Do one part; False when others were quicker."""
        id = self.claim.job.id
        with self._model() as model:
            taken = self._patiently(lambda: self.boards.take(id))
            if taken is None:
                return False
            with Lease(self.boards, taken):
                result = self.skill.work(model, self.asked, taken.part, lead=taken.lead)
        self._patiently(lambda: self.boards.put(id, taken.number, result))
        return True

    @contextmanager
    def _model(self) -> Iterator[Any]:
        """The model for one part: jobs that wait for it go in between."""
        cancelled = lambda: self.reporter.cancelled  # noqa: E731
        with self.pool.use(self.skill.name, given_up=cancelled) as model:
            yield model

    def _show(self, lead: Partial) -> None:
        if preview := self.skill.preview(lead):
            self.reporter.preview(preview)

    def _tell(self, stage: str, _: float) -> None:
        """What the skill says of its part; how far the whole is, only we know."""
        self.stage = stage
        self._hear()

    def _hear(self) -> None:
        """Say how far it is; raises Cancelled, or Interrupted when the worker must end."""
        self.reporter(self.stage, self.fraction)

    def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        """What Redis answers, however long it takes while the job is ours."""
        while True:
            try:
                return ask()
            except TransientError:
                self._hear()
                time.sleep(AGAIN_SECONDS)
