"""Private folders: one a job, unreadable to others, gone with the job, swept after a crash."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STALE_SECONDS = 6 * 3600


class Scratch:
    """Makes and removes folders below DATA_DIR/tmp; names are random, never a file's own."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir.resolve() / "tmp"
        self._root.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A new empty folder (mode 700), removed at the end whatever happens."""
        path = Path(tempfile.mkdtemp(dir=self._root))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def sweep(self, *, older_than: float = STALE_SECONDS) -> None:
        """Remove what a killed worker left behind."""
        for path in self._root.iterdir():
            if time.time() - path.stat().st_mtime > older_than:
                shutil.rmtree(path, ignore_errors=True)
