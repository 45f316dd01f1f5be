"""`python -m bench.rehearsal`: the simulated queue beside the real one, with the same requests.

Threads claim from the real ledger in a real Redis and sleep as long as a model would work; how long
each request waited is compared with what bench/simulation.py says of it. Persons, batches and the
order of claims are the ledger's own; Slack is left out.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cryptography.fernet import Fernet

from bench.figure import percentile
from bench.simulation import Fleet, Kind, Request
from core.cipher import Cipher
from core.job import Content, Job
from core.ledger import Ledger
from core.redis_server import connect, ensure_embedded, stop_embedded

KIND = Kind(name="texts", batch=16, fixed=0.020)
EACH = 0.005
WORKERS = 2
SECONDS = 15.0
PEOPLE = 20
# Requests a second; in full batches two workers do 320.
RATES = (60, 150, 250)
LOOK = 0.001


def main() -> None:
    """A line a rate: p50 and p95 of the wait, real and simulated, in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"unix://{ensure_embedded(folder)}"
        try:
            for rate in RATES:
                print(_line(rate, url))
        finally:
            stop_embedded(folder)


def _line(rate: int, url: str) -> str:
    requests = _requests(rate)
    ledger = Ledger(redis=connect(url), cipher=Cipher(Fernet.generate_key()))
    real = _Rehearsal(ledger, requests).waits()
    Fleet([KIND], workers=WORKERS).run(requests)
    simulated = [each.wait for each in requests]
    shown = [
        f"{percentile(waits, share) * 1000:.1f}"
        for share in (0.5, 0.95)
        for waits in (real, simulated)
    ]
    return (
        f"{rate} a second: p50 {shown[0]} ms real, {shown[1]} ms simulated; "
        f"p95 {shown[2]} and {shown[3]} ms"
    )


def _requests(rate: int) -> list[Request]:
    draw, at, found = random.Random(rate), 0.0, []
    while (at := at + draw.expovariate(rate)) < SECONDS:
        found.append(Request(at=at, kind=KIND, person=draw.randrange(PEOPLE), pieces=[EACH]))
    return found


class _Rehearsal:
    """One day of the real ledger."""

    def __init__(self, ledger: Ledger, requests: Sequence[Request]) -> None:
        self._ledger, self._requests = ledger, requests
        self._began: dict[str, float] = {}
        self._all_asked = threading.Event()

    def waits(self) -> list[float]:
        """Seconds each request waited."""
        asked: list[tuple[str, float]] = []
        with ThreadPoolExecutor(WORKERS) as workers:
            for _ in range(WORKERS):
                workers.submit(self._work)
            start = time.monotonic()
            for each in self._requests:
                time.sleep(max(0.0, start + each.at - time.monotonic()))
                asked.append((self._ask(each), time.monotonic()))
            self._all_asked.set()
        return [self._began[id] - at for id, at in asked]

    def _ask(self, request: Request) -> str:
        job = Job(
            key=f"{id(self)}-{request.at}", skill="texts", queue="text", lane="texts",
            team="T1", channel="C1", user=f"U{request.person}",
        )  # fmt: skip
        self._ledger.submit(job, Content(text="A text."))
        return job.id

    def _work(self) -> None:
        """As workers/drain.py, with a nap for a model."""
        while True:
            ended = self._all_asked.is_set()
            claims, _ = self._ledger.claim("text", batch={"texts": KIND.batch})
            if not claims and ended:
                return
            now = time.monotonic()
            for claim in claims:
                self._began[claim.job.id] = now
            time.sleep(KIND.fixed + EACH * len(claims) if claims else LOOK)
            for claim in claims:
                self._ledger.close(claim, state="done")


if __name__ == "__main__":
    main()
