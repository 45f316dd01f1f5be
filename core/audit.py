"""The audit file: one line a request (who asked what where, how it ended), never its content.

Appended to DATA_DIR/audit.jsonl by the process that ended the request: the worker that answered, or
the bot that refused it at the door or cancelled it while it waited. Records older than AUDIT_DAYS
are taken out, a day's at a time, by whoever writes next and by the reaper.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.job import Job
from core.log import logger

log = logger("audit")

DAY = 24 * 3600


class Audit:
    """Appends records; several processes may share the file, for each record is one write.

    A record that cannot be written is logged: a full disk must not turn an answer into an apology.
    """

    def __init__(self, data_dir: Path, *, days: int = 0) -> None:
        """Records are kept for `days`; 0 keeps them for ever."""
        data_dir.mkdir(parents=True, exist_ok=True)
        self._path = data_dir / "audit.jsonl"
        self._lock = data_dir / "audit.lock"
        self._days = days

    def ended(self, job: Job, outcome: str, *, sha256: str = "") -> None:
        """A job ended as "done", "refused", "failed" or "cancelled"."""
        self._append(
            outcome=outcome, team=job.team, channel=job.channel, user=job.user, skill=job.skill,
            job=job.id, file=job.file, sha256=sha256, ms=round((time.time() - job.asked) * 1000),
        )  # fmt: skip

    def turned_away(self, *, team: str, channel: str, user: str) -> None:
        """A request was refused at the door, before it became a job."""
        self._append(outcome="turned away", team=team, channel=channel, user=user)

    def prune(self) -> None:
        """Take out what is too old, if the first record is a day older than that."""
        oldest = time.time() - self._days * DAY
        if not self._days or _first(self._path) >= oldest - DAY:
            return
        with self._held(fcntl.LOCK_EX):
            if _first(self._path) >= oldest - DAY:
                return  # another process did it meanwhile
            kept = self._path.with_suffix(".kept")
            with self._path.open() as old, kept.open("w") as new:
                kept.chmod(0o600)
                new.writelines(line for line in old if _written(line) >= oldest)
            kept.replace(self._path)

    def _append(self, **record: object) -> None:
        line = json.dumps({"at": round(time.time(), 3), **record}) + "\n"
        try:
            self.prune()
            with self._held(fcntl.LOCK_SH):
                file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    os.write(file, line.encode())
                finally:
                    os.close(file)
        except OSError as error:
            log.error("no audit record", job=record.get("job"), error=type(error).__name__)

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        """Writers share the file; who prunes it has it alone, or a new line would go with it."""
        with self._lock.open("w") as lock:
            fcntl.flock(lock, how)
            yield


def _first(path: Path) -> float:
    """When the first record was written; now when there is none."""
    try:
        with path.open() as file:
            return _written(file.readline())
    except OSError:
        return time.time()


def _written(line: str) -> float:
    """When a record was written; one that a crash cut short counts as new and stays."""
    try:
        return float(json.loads(line)["at"])
    except (ValueError, KeyError, TypeError):
        return time.time()
