"""The audit file: one line a request (who asked what where, how it ended), never its content.

Appended to DATA_DIR/audit.jsonl by the process that ended the request: the worker that answered, or
the bot that refused it at the door or cancelled it while it waited. Records older than AUDIT_DAYS
are taken out, a day's at a time, by the reaper and, once an hour, by whoever writes.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from core.job import Job
from core.log import logger

log = logger("audit")

HOUR = 3600
DAY = 24 * HOUR


class Audit:
    """Appends records; several processes may share the file, for each record is one write.

    A record that cannot be written is logged: a full disk must not turn an answer into an apology.
    """

    def __init__(self, data_dir: Path, *, days: int = 0) -> None:
        """Records are kept for `days`; 0 keeps them for ever."""
        data_dir.mkdir(parents=True, exist_ok=True)
        self._path = data_dir / "audit.jsonl"
        self._lock = data_dir / "audit.lock"
        self._pruning = data_dir / "audit.pruning"
        self._days = days
        self._due = 0.0

    def ended(self, job: Job, outcome: str, *, sha256: str = "") -> None:
        """A job ended as "done", "refused", "failed" or "cancelled"."""
        self._append(
            outcome=outcome, team=job.team, channel=job.channel, user=job.user, skill=job.skill,
            job=job.id, file=job.file, sha256=sha256, ms=round((time.time() - job.asked) * 1000),
        )  # fmt: skip

    def turned_away(self, *, team: str, channel: str, user: str) -> None:
        """A request was refused at the door, before it became a job."""
        self._append(outcome="turned away", team=team, channel=channel, user=user)

    def changed_settings(self, *, team: str, channel: str, user: str) -> None:
        """A person changed what holds in a channel."""
        self._append(outcome="settings changed", team=team, channel=channel, user=user)

    def prune(self) -> None:
        """Take out what is too old, if the first record is a day older than that.

        Who writes meanwhile waits only while the newest lines are copied.
        """
        oldest = time.time() - self._days * DAY
        if not self._days or _first(self._path) >= oldest - DAY:
            return
        with self._pruning.open("w") as turn:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # another process does it
            kept = self._path.with_suffix(".kept")
            with self._path.open("rb") as old, kept.open("wb") as new:
                kept.chmod(0o600)
                end = _copy(old, new, oldest)
                with self._held():
                    old.seek(end)
                    shutil.copyfileobj(old, new)
                    new.flush()
                    kept.replace(self._path)

    def _prune_aside(self) -> None:
        """Prune in a thread, once an hour: who writes a record may have a person waiting."""
        if self._days and time.monotonic() >= self._due:
            self._due = time.monotonic() + HOUR
            Thread(target=self._try_to_prune, name="prune", daemon=True).start()

    def _try_to_prune(self) -> None:
        try:
            self.prune()
        except OSError as error:
            log.error("audit file not pruned", error=type(error).__name__)

    def _append(self, **record: object) -> None:
        line = json.dumps({"at": round(time.time(), 3), **record}) + "\n"
        try:
            with self._held():
                file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    os.write(file, b"\n" * _is_cut(file) + line.encode())
                finally:
                    os.close(file)
        except OSError as error:
            log.error("no audit record", job=record.get("job"), error=type(error).__name__)
        self._prune_aside()

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Who writes or prunes has the file alone.

        Half a line of another's looks like a cut one, and a new line would go with the old ones.
        """
        with self._lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _first(path: Path) -> float:
    """When the first record that can be read was written; now when there is none."""
    try:
        with path.open("rb") as file:
            return next((at for line in file if (at := _written(line))), time.time())
    except OSError:
        return time.time()


def _copy(old: BinaryIO, new: BinaryIO, oldest: float) -> int:
    """Copy the whole lines that are new enough, without what cannot be read; where they end."""
    end = 0
    for line in old:
        if not line.endswith(b"\n"):
            break  # just being written
        end += len(line)
        if _written(line) >= oldest:
            new.write(line)
    return end


def _is_cut(file: int) -> bool:
    """Whether a crash or a full disk cut the last line short."""
    size = os.fstat(file).st_size
    return bool(size) and os.pread(file, 1, size - 1) != b"\n"


def _written(line: bytes) -> float:
    """When a record was written; 0 for a line that cannot be read."""
    try:
        return float(json.loads(line)["at"])
    except (ValueError, KeyError, TypeError):
        return 0.0
