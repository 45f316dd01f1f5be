"""What is measured on labelled samples says what it needs where there are none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("named", [False, True], ids=["by the environment", "as an argument"])
def test_without_samples_quality_ends_with_what_to_do(tmp_path: Path, named: bool) -> None:
    nowhere = str(tmp_path / "nowhere")
    done = subprocess.run(
        [sys.executable, "-m", "bench.quality", *([nowhere] if named else [])],
        env={**os.environ, "READYMADE_SHARED_DATA": nowhere},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "READYMADE_SHARED_DATA=folder" in done.stderr
    assert "docs/quality.md" in done.stderr
