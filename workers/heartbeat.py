"""The heartbeat: renews the leases of running jobs and hears of cancelled and lost ones.

One thread a process, one Redis call a second while jobs run; it also publishes what the worker is
(device, memory, models) for `/readymade status`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from core.claim import Claim
from core.errors import TransientError
from core.ledger import Ledger
from core.log import logger
from core.roster import Roster
from workers.progress import Reporter

BEAT_SECONDS = 1.0
REPORT_SECONDS = 5.0
REPORT_LASTS = 20

log = logger("worker")


class Heartbeat:
    """Keeps the claims of one worker process alive."""

    def __init__(self, *, ledger: Ledger, name: str, describe: Callable[[], str]) -> None:
        self._ledger = ledger
        self._roster = Roster(ledger.scripts)
        self._name = name
        self._describe = describe
        self._held: dict[str, tuple[Claim, Reporter]] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._reported = 0.0

    def start(self) -> None:
        threading.Thread(target=self._run, name="heartbeat", daemon=True).start()

    def close(self) -> None:
        self._ended.set()

    def hold(self, claim: Claim, reporter: Reporter) -> None:
        """Renew this claim from now on; its reporter raises when it is cancelled or lost."""
        with self._lock:
            self._held[claim.job.id] = (claim, reporter)

    def drop(self, claim: Claim) -> None:
        """Stop renewing this claim; a newer claim on the same job stays."""
        with self._lock:
            held = self._held.get(claim.job.id)
            if held and held[0].fence == claim.fence:
                del self._held[claim.job.id]

    def interrupt(self) -> None:
        """Have every running job stop at its next word, to be given back."""
        with self._lock:
            reporters = [reporter for _, reporter in self._held.values()]
        for reporter in reporters:
            reporter.interrupt()

    def give_back(self) -> None:
        """Let other workers have at once what this one holds: it will not finish it."""
        with self._lock:
            claims = [claim for claim, _ in self._held.values()]
        for claim in claims:
            self._ledger.release(claim, delay=0)
            self.drop(claim)

    def _run(self) -> None:
        while not self._ended.wait(BEAT_SECONDS):
            try:
                self._beat()
            except TransientError as error:
                log.warning("heartbeat missed", reason=str(error))
            except Exception as error:  # without a heartbeat every longer job would run again
                log.error("heartbeat failed", error=type(error).__name__)

    def _beat(self) -> None:
        with self._lock:
            held = dict(self._held)
        if held:
            words = self._ledger.renew([claim for claim, _ in held.values()])
            for id, word in words.items():
                if word != "held":  # a lost job stops too: somebody else is doing it
                    held[id][1].cancel()
        if time.monotonic() - self._reported > REPORT_SECONDS:
            self._reported = time.monotonic()
            self._roster.report_worker(self._name, self._describe(), seconds=REPORT_LASTS)
