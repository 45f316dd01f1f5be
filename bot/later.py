"""`Later`: calls made after a while, by an executor; one thread keeps the time of all of them."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any

Call = tuple[float, int, Callable[..., object], tuple[Any, ...]]


class Later:
    """What is due is given to `executor`; what is not when the program ends is never made."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._calls: list[Call] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        threading.Thread(target=self._run, name="later", daemon=True).start()

    def call(self, seconds: float, function: Callable[..., object], *arguments: Any) -> None:
        """Have `function` called in so many seconds; returns at once."""
        due = time.monotonic() + seconds
        with self._changed:
            heapq.heappush(self._calls, (due, next(self._numbers), function, arguments))
            if self._calls[0][0] == due:
                self._changed.notify()

    def _run(self) -> None:
        while True:
            _, _, function, arguments = self._next()
            with suppress(RuntimeError):  # the executor takes nothing more: the program ends
                self._executor.submit(function, *arguments)

    def _next(self) -> Call:
        with self._changed:
            while True:
                left = self._calls[0][0] - time.monotonic() if self._calls else None
                if left is not None and left <= 0:
                    return heapq.heappop(self._calls)
                self._changed.wait(left)
