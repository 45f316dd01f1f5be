"""Private folders go away: with the job, with the worker, and after a crash."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workers.scratch import Scratch

CRASH = """
import os, sys
from pathlib import Path
from workers.scratch import Scratch
with Scratch(Path(sys.argv[1])).folder() as folder:
    (folder / "input").write_bytes(b"a recording")
    os._exit(9)
"""


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Scratch]:
    made = Scratch(tmp_path)
    yield made
    made.close()


def test_a_folder_goes_with_its_job_and_nobody_else_may_read_it(scratch: Scratch) -> None:
    with scratch.folder() as folder:
        (folder / "input").write_bytes(b"x")
        mode = folder.stat().st_mode & 0o777

    assert (mode, folder.exists()) == (0o700, False)


def test_what_a_crashed_worker_left_is_swept_by_another(tmp_path: Path, scratch: Scratch) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], check=False)
    left = [*tmp_path.rglob("input")]
    scratch.sweep()

    assert len(left) == 1
    assert [*tmp_path.rglob("input")] == []


def test_a_living_workers_folders_are_left_alone(tmp_path: Path, scratch: Scratch) -> None:
    other = Scratch(tmp_path)
    with scratch.folder() as folder:
        other.sweep()
        other.close()

        assert folder.exists()
