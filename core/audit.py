"""The audit file: one line a request (who asked what where, how it ended), never its content.

Appended to DATA_DIR/audit.jsonl by the process that ended the request: the worker that answered, or
the bot that refused it at the door or cancelled it while it waited. Nothing here reads it.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from core.job import Job
from core.log import logger

log = logger("audit")


class Audit:
    """Appends records; several processes may share the file, for each record is one write.

    A record that cannot be written is logged: a full disk must not turn an answer into an apology.
    """

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self._path = data_dir / "audit.jsonl"

    def ended(self, job: Job, outcome: str, *, sha256: str = "") -> None:
        """A job ended as "done", "refused", "failed" or "cancelled"."""
        self._append(
            outcome=outcome, team=job.team, channel=job.channel, user=job.user, skill=job.skill,
            job=job.id, file=job.file, sha256=sha256, ms=round((time.time() - job.asked) * 1000),
        )  # fmt: skip

    def turned_away(self, *, team: str, channel: str, user: str) -> None:
        """A request was refused at the door, before it became a job."""
        self._append(outcome="turned away", team=team, channel=channel, user=user)

    def _append(self, **record: object) -> None:
        line = json.dumps({"at": round(time.time(), 3), **record}) + "\n"
        try:
            file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, line.encode())
            finally:
                os.close(file)
        except OSError as error:
            log.error("no audit record", job=record.get("job"), error=type(error).__name__)
