"""`Process`: one worker process between its start and its end: warmed, tidied, stopped, replaced.

What it works off in between is the claim loop's affair (`drain.py`).
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Collection

from core.errors import SetupError
from core.log import logger
from workers.archivist import Archivist
from workers.drain import Drain
from workers.heartbeat import Heartbeat
from workers.outbox import Outbox
from workers.pool import ModelPool
from workers.scratch import Scratch

FINISH_SECONDS, SAY_SECONDS = 15.0, 8.0  # process managers kill after 30

log = logger("worker")


class Process:
    """What Celery and beat ask of a worker."""

    def __init__(
        self,
        *,
        loop: Drain,
        pool: ModelPool,
        heartbeat: Heartbeat,
        outbox: Outbox,
        archivist: Archivist,
        scratch: Scratch,
    ) -> None:
        self.loop = loop
        self._pool = pool
        self._heartbeat = heartbeat
        self._outbox = outbox
        self._archivist = archivist
        self._scratch = scratch

    @property
    def device(self) -> str:
        """Where the models run."""
        return self._pool.device

    def warm(self, queues: Collection[str]) -> None:
        """Load the models of these queues in the background.

        A model that cannot be used ends the worker with a sentence.
        """

        def load() -> None:
            try:
                self._pool.warm(queues)
            except SetupError as error:
                log.critical("cannot start", reason=str(error))
                os.kill(os.getpid(), signal.SIGTERM)

        threading.Thread(target=load, name="warm", daemon=True).start()

    def tidy(self) -> None:
        """Unload idle models and remove what dead workers left behind, or is kept too long."""
        self._pool.evict_idle()
        self._scratch.sweep()
        self._archivist.prune()

    def stop(self) -> None:
        """Claim no more; what is not finished in a while is given back to other workers."""
        self.loop.stopping.set()
        patience = threading.Timer(FINISH_SECONDS, self.interrupt)
        patience.daemon = True
        patience.start()

    def interrupt(self) -> None:
        """Have what still runs given back now."""
        self._outbox.hurry()
        self._heartbeat.interrupt()

    def abandon(self) -> None:
        """This process is about to be replaced: others get its jobs at once, as they are."""
        self.loop.stopping.set()
        self._outbox.hurry()
        self._outbox.join(SAY_SECONDS)
        self._heartbeat.give_back()
        self._scratch.close()

    def close(self) -> None:
        """The worker ends: what is found out is said, or given back."""
        self._outbox.hurry()
        self._outbox.join(SAY_SECONDS)
        self._scratch.close()
