"""The clerk: writes parts on a job's board as they are found, and calls for hands to do them.

Its thread runs beside the foreman's own work on a part, which takes long.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from core.board import VOLUNTEERED, Boards
from core.claim import Claim
from core.errors import TransientError
from skills.divisible import Part
from workers.planner import Planner

LOOK_SECONDS = 0.1
CALL_SECONDS = 1.0
NOT_OURS = "This job went to another worker, or was cancelled."


class Clerk:
    """At work from the beginning to the end of the `with`; `planned` parts are written already."""

    def __init__(
        self,
        *,
        boards: Boards,
        claim: Claim,
        planner: Planner,
        planned: int,
        call: Callable[[str], None],
    ) -> None:
        self._boards = boards
        self._claim = claim
        self._planner = planner
        self._planned = planned
        self._call = call
        self._whole = False
        self._called = 0.0
        self._error: Exception | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clerk", daemon=True)

    def __enter__(self) -> Clerk:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def check(self) -> None:
        """Raise what keeps the job from going on: a refusal that was found out late, say."""
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            while not self._ended.is_set():
                self._write()
                self._look()
        except Exception as error:
            self._error = error

    def _write(self) -> None:
        """Wait a little for the next part, and write it or the end."""
        if self._whole:
            self._ended.wait(LOOK_SECONDS)
            return
        part = self._planner.next(seconds=LOOK_SECONDS)
        if part is None and not self._planner.whole:
            return
        while (written := self._try(part)) is None and not self._ended.wait(CALL_SECONDS):
            pass
        if written is False:
            raise TransientError(NOT_OURS)
        self._planned += part is not None
        self._whole = part is None

    def _try(self, part: Part | None) -> bool | None:
        """Whether the part could be written; None while Redis is away."""
        try:
            return self._boards.plan(self._claim, self._planned, part)
        except TransientError:
            return None

    def _look(self) -> None:
        """Now and then, call another worker while there is something to do for it."""
        if time.monotonic() - self._called < CALL_SECONDS:
            return
        self._called = time.monotonic()
        job = self._claim.job
        try:
            free = self._boards.look(job.id, queue=job.queue, tries=VOLUNTEERED).free
        except TransientError:
            return
        if free:
            self._call(job.queue)
