"""The labelled samples that quality is measured on: where they are, for the repository has none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

USUAL = Path(__file__).parents[2] / "shared" / "data"
MISSING = "needs the labelled samples: READYMADE_SHARED_DATA=folder (see docs/quality.md)"


def find_samples() -> Path | None:
    """The folder that READYMADE_SHARED_DATA names, or the usual one, when this machine has it."""
    folder = Path(os.environ.get("READYMADE_SHARED_DATA") or USUAL)
    return folder if folder.is_dir() else None


def need_samples(named: str | Path | None = None) -> Path:
    """The folder named, or as above; without one the program ends and says what it needs."""
    folder = Path(named) if named else find_samples()
    if folder is None or not folder.is_dir():
        sys.exit(MISSING)
    return folder


def samples_asked_for() -> Path:
    """`need_samples` for the first word of the command line, if there is one."""
    return need_samples("".join(sys.argv[1:2]))
