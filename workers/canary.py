"""The canary: a task that a worker sends to itself through the broker, to know that it still works.

A worker can be alive and deaf: its process runs and its heartbeat beats, but its consumer or its
threads have stopped (seen in the field after a lost connection to Redis). Only a task that
arrives and runs proves the opposite. One that is missing restarts the process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from core.errors import TransientError
from core.log import logger

EVERY_SECONDS = 12.0
PATIENCE_SECONDS = 40.0  # two and a bit: one lost on the way is no reason

log = logger("worker")


class Canary:
    """Sends the task with `send` and calls `restart` once when it stays away too long."""

    def __init__(
        self,
        *,
        send: Callable[[], None],
        restart: Callable[[], None],
        every: float = EVERY_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """`send` raises TransientError while the broker is away: that is not the worker's fault."""
        self._send = send
        self._restart = restart
        self._busy: Callable[[], bool] = lambda: False
        self._every = every
        self._patience = patience
        self._heard = time.monotonic()
        self._ended = threading.Event()

    def start(self, *, busy: Callable[[], bool] = lambda: False) -> None:
        """While all threads are `busy` a canary cannot be heard either."""
        self._busy = busy
        self._heard = time.monotonic()
        threading.Thread(target=self._run, name="canary", daemon=True).start()

    def close(self) -> None:
        self._ended.set()

    def sing(self) -> None:
        """The task arrived and runs."""
        self._heard = time.monotonic()

    def _run(self) -> None:
        looked = time.monotonic()
        while not self._ended.wait(self._every):
            now = time.monotonic()
            slept = now - looked > 2 * self._every  # the whole process was stopped
            looked = now
            try:
                self._send()
            except TransientError:
                slept = True
            except Exception as error:  # a bug here must not silence the canary
                log.error("canary failed", error=type(error).__name__)
            if slept:
                self._heard = now
            elif now - self._heard > self._patience and not self._busy():
                log.critical("alive but not working: starting again")
                if not self._ended.is_set():
                    self._restart()
                return
