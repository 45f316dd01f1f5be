"""Scratch: a folder for what a decoder writes; gone afterwards, also when the worker was killed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_for(path: Path) -> Iterator[Path]:
    """An empty folder for the file at `path`, removed at the end.

    In the job's own folder when the file lies in one: that is swept after a crash.
    """
    # Not above: this module reaches every child, and settings are two thirds of a child's start.
    from core.settings import load_settings

    jobs = load_settings().data_dir.resolve() / "tmp"
    beside = path.parent if jobs in path.resolve().parents else None
    with tempfile.TemporaryDirectory(prefix="readymade-", dir=beside) as folder:
        yield Path(folder)
