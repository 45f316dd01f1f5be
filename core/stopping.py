"""Stopping a job, a part of the ledger: whoever stops one that waits must show that it ended."""

from __future__ import annotations

from core.claim import Claim
from core.ledger import LEASE_MS, PREFIX, Ledger


def stop(ledger: Ledger, id: str) -> Claim | str:
    """The claim of a job that waited; else "asked" (somebody works on it and shows it) or "over".

    Raises TransientError when Redis does not answer.
    """
    keys = [f"{PREFIX}job:{id}", f"{PREFIX}leases"]
    word, *values = ledger._call("stop", keys, id, LEASE_MS)
    if word != b"yours":
        return str(word.decode())
    job, sealed, fence, attempts, waits = values
    return ledger._claim([id, job, sealed, fence, attempts, b"1", waits])
