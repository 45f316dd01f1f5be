"""`Lease`: keeps a part of a divided job ours while it is worked on, and hears when it is not."""

from __future__ import annotations

import threading
from contextlib import suppress

from core.board import Boards, Taken
from core.errors import TransientError

EVERY_SECONDS = 2.5  # the lease lasts 10


class Lease:
    """Extended from the beginning to the end of the `with`, given back when that fails.

    `lost` turns true when nobody wants the result any more.
    """

    def __init__(self, boards: Boards, taken: Taken) -> None:
        self._boards = boards
        self._taken = taken
        self._lost = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lease", daemon=True)

    def __enter__(self) -> Lease:
        self._thread.start()
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._ended.set()
        if error is not None:
            with suppress(TransientError):  # then it runs out
                self._boards.give_back(self._taken)

    @property
    def lost(self) -> bool:
        return self._lost.is_set()

    def _run(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            with suppress(TransientError):  # while Redis is away nobody else takes the part
                if not self._boards.keep(self._taken):
                    self._lost.set()
                    return
