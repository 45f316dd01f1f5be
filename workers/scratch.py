"""Private folders: one a job, unreadable to others, gone with the job, swept after a crash.

Each worker process has a folder of its own below DATA_DIR/tmp and holds a lock on it as long as it
lives; a folder whose lock is free belongs to a dead worker, and any worker may remove it.
"""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "lock"


class Scratch:
    """Makes and removes folders; their names are random, never a file's own."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir.resolve() / "tmp"
        self._root.mkdir(parents=True, exist_ok=True)
        # The lock is taken before the folder gets its final name: nobody sees it unlocked.
        fresh = Path(tempfile.mkdtemp(prefix=".", dir=self._root))
        self._lock = (fresh / LOCK).open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._own = fresh.rename(self._root / fresh.name.removeprefix("."))

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A new empty folder (mode 700), removed at the end whatever happens."""
        path = Path(tempfile.mkdtemp(dir=self._own))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what killed workers left behind."""
        for folder in self._root.iterdir():
            if folder == self._own or folder.name.startswith("."):
                continue
            try:
                with (folder / LOCK).open("w") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            except (BlockingIOError, FileNotFoundError, NotADirectoryError):
                continue  # its worker lives, or another worker was quicker

    def close(self) -> None:
        """The worker ends: nothing of it stays."""
        shutil.rmtree(self._own, ignore_errors=True)
        self._lock.close()
