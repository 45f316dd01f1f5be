"""The lock file: where each weight comes from, and proof that it is the one we mean.

`choose` reads MODELS and answers which weights a skill runs; `locate` returns checked paths of a
bundled artefact. It does not load anything: each family (minilm.py, whisper_*.py, …) does.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from core.errors import SetupError

LOCK = Path(__file__).with_name("lock.toml")
PACKAGE_ROOT = Path(__file__).parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Which weights a skill runs: `profile` is "bundled" or "hub".

    In the hub profile `source` is a hub id or a folder and `revision` a commit, "" for a folder.
    """

    profile: str
    source: str = ""
    revision: str = ""

    @property
    def folder(self) -> Path | None:
        """The folder when the source is one."""
        return Path(self.source) if self.source and Path(self.source).is_dir() else None


@cache
def read_lock() -> dict[str, dict[str, Any]]:
    """The lock file, parsed."""
    return tomllib.loads(LOCK.read_text())


def choose(skill: str, *, models: str) -> Choice:
    """What `models` (the MODELS setting, "hub,sentiment=/folder") says about one skill.

    Raises SetupError when the setting cannot be read or the hub profile has nothing for it.
    """
    profile, *pairs = [part.strip() for part in models.split(",")]
    if "=" in profile:
        profile, pairs = "bundled", [profile, *pairs]
    if profile not in ("bundled", "hub"):
        raise SetupError(f"MODELS starts with “{profile}”: write bundled or hub.")
    named = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    for name in named:
        if "hub" not in read_lock().get(name, {}):
            raise SetupError(f"MODELS names “{name}”, which is no skill with a model to choose.")
    if skill in named:
        return _named(named[skill])
    if profile == "bundled":
        return Choice(profile="bundled")
    hub = read_lock().get(skill, {}).get("hub")
    if hub is None:
        raise SetupError(
            f"MODELS=hub has no model for {skill}: name one with {skill}=HUB_ID or a folder."
        )
    return Choice(profile="hub", source=hub["id"], revision=hub.get("revision", ""))


def _named(value: str) -> Choice:
    """A folder, or a hub id with an optional `@revision`."""
    if value == "bundled":
        return Choice(profile="bundled")
    if value.startswith(("/", ".", "~")):
        place = Path(value).expanduser()
        if not place.exists():
            raise SetupError(f"MODELS names {place}, which does not exist.")
        return Choice(profile="hub", source=str(place))
    source, _, revision = value.partition("@")
    return Choice(profile="hub", source=source, revision=revision)


@cache
def locate(key: str) -> dict[str, Path]:
    """The checked files of a bundled artefact, by their path inside the package.

    Raises SetupError when a file is missing (says what to install) or its hash differs.
    """
    entry = read_lock()[key]
    found: dict[str, Path] = {}
    for file in entry["file"]:
        path = _root(file["package"], entry) / file["path"]
        if not path.is_file():
            raise SetupError(f"The model file {path.name} is missing: run `make setup`.")
        if digest(path) != file["sha256"]:
            raise SetupError(
                f"The model file {path.name} is not the one in lock.toml (its sha256 differs): "
                f"reinstall {entry['distribution']}, or update lock.toml if you meant to change it."
            )
        found[file["path"]] = path
    return found


def _root(package: str, entry: dict[str, Any]) -> Path:
    """The folder of an import package, found without importing it; "." is this folder."""
    if package == ".":
        return PACKAGE_ROOT
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SetupError(f"The model package {entry['distribution']} is missing: run `make setup`.")
    return Path(next(iter(spec.submodule_search_locations)))


def digest(path: Path) -> str:
    """The sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
