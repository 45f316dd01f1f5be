"""The files to send: what is in a folder, what this suite makes, and how each is called in a table.

It knows nothing of how they are sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from skills.kinds import kind_of

OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One file on disk; `name` is how it is told apart in a report, `kind` its row in the table."""

    path: Path
    name: str
    kind: str


def from_folder(folder: Path) -> list[Sample]:
    """Every file below a folder, in a fixed order."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [as_sample(path, name=str(path.relative_to(folder))) for path in paths]


def from_paths(paths: Sequence[Path]) -> list[Sample]:
    """Files that were just made."""
    return [as_sample(path, name=path.name) for path in paths]


def as_sample(path: Path, *, name: str) -> Sample:
    """A file with the kind that its name claims."""
    kind = kind_of(name=path.name)
    return Sample(path=path, name=name, kind=kind.name if kind else OTHER)
