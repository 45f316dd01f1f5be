"""The books: what is written down of a job when it is closed, for audit, memory, quotas and log."""

from __future__ import annotations

from core.audit import Audit
from core.errors import TransientError
from core.ledger import Ledger
from core.log import logger
from core.quota import AUDIO, DAY, Quota
from workers.recall import Recall
from workers.task import Task

log = logger("worker")


class Books:
    """Entered once a job, by the worker that closed it."""

    def __init__(self, *, ledger: Ledger, audit: Audit, recall: Recall) -> None:
        self._ledger = ledger
        self._audit = audit
        self._recall = recall

    def enter(self, task: Task, state: str) -> None:
        """Write down how a job ended."""
        job = task.claim.job
        self._audit.ended(job, state, sha256=task.sha256)
        if state == "done":
            self._recall.keep(task)
        try:
            self._count(task)
        except TransientError as error:
            log.warning("not counted", job=job.id, reason=str(error))
        log.info("finished", job=job.id, skill=job.skill, state=state)

    def _count(self, task: Task) -> None:
        """Of a recording, what the quotas count."""
        job, seconds = task.claim.job, getattr(task.outcome, "audio_seconds", 0.0)
        for whose in (f"{job.team}.{job.user}", job.team) if seconds else ():
            quota = Quota(unit=AUDIO, whose=whose, limit=0, window=DAY, cost=0)
            self._ledger.spend(quota, round(seconds))
