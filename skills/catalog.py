"""The catalog: every skill here and in SKILLS_DIR, found by its last line, `skill = Name()`.

A file that cannot be imported, or two skills that claim one name, shortcut or kind of upload, stop
the program here, at its start.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from core.errors import SetupError
from core.job import QUEUES
from core.settings import load_settings
from skills.skill import Skill

Catalog = Mapping[str, Skill[Any]]  # by name

FOLDER = Path(__file__).parent
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
# The name of our own command; a skill cannot have it.
RESERVED = "readymade"
DECLARED = ("name", "title", "summary", "hint", "model", "queue")
KINDS = ("Skill", "Divisible", "Keeping")
LONGEST_SHORTCUT = 24  # what Slack's manifest takes


@cache
def catalog() -> dict[str, Skill[Any]]:
    """All skills by name, in alphabetical order: the built-in ones and those of SKILLS_DIR.

    Raises SetupError when a file is broken or two clash; the text names the files.
    """
    own = load_settings().skills_dir
    if own and not Path(own).is_dir():
        raise SetupError(f"SKILLS_DIR names the folder {own}, which does not exist.")
    return read_catalog(FOLDER, *([Path(own)] if own else []))


def read_catalog(*folders: Path) -> dict[str, Skill[Any]]:
    """The skills in some folders; see `catalog`."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.py"))]
    found = [(path, _load(path)) for path in paths if _is_skill(path)]
    for path, skill in found:
        _check(path, skill)
    _refuse_clashes(found)
    return {skill.name: skill for _, skill in sorted(found, key=lambda each: each[1].name)}


def _is_skill(path: Path) -> bool:
    """Whether the file assigns `skill`, judged without running it."""
    try:
        body = ast.parse(path.read_text("utf-8"), filename=str(path)).body
    except (SyntaxError, ValueError) as error:
        raise SetupError(f"skills/{path.name} is not valid Python ({error}).") from error
    if any("skill" in _assigned(statement) for statement in body):
        return True
    forgotten = [each.name for each in body if isinstance(each, ast.ClassDef) and _extends(each)]
    if forgotten:
        raise SetupError(
            f"skills/{path.name} defines {forgotten[0]} but does not end in "
            f"`skill = {forgotten[0]}()`: add that line."
        )
    return False


def _assigned(statement: ast.stmt) -> list[str]:
    """The plain names that a statement assigns."""
    if isinstance(statement, ast.Assign):
        return [each.id for each in statement.targets if isinstance(each, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    return []


def _extends(definition: ast.ClassDef) -> bool:
    """Whether a class is written as one of KINDS to be used, `[…]` or not."""
    bases = [each.value if isinstance(each, ast.Subscript) else each for each in definition.bases]
    names = [each.id for each in bases if isinstance(each, ast.Name)]
    return "ABC" not in names and any(name in KINDS for name in names)


def _load(path: Path) -> Skill[Any]:
    try:
        found = _import(path).skill
    except Exception as error:  # whatever a broken file raises, the administrator reads its name
        raise SetupError(
            f"skills/{path.name} cannot be loaded ({type(error).__name__}: {error})."
        ) from error
    if not isinstance(found, Skill):
        raise SetupError(f"skills/{path.name}: `skill` is not an instance of Skill.")
    return found


def _import(path: Path) -> ModuleType:
    """The module of a skill file, of this package or (in tests) of any folder."""
    if path.parent == FOLDER:
        return import_module(f"skills.{path.stem}")
    specification = spec_from_file_location(f"skills_elsewhere.{path.stem}", path)
    if specification is None or specification.loader is None:
        raise ImportError(path.name)
    module = module_from_spec(specification)
    sys.modules[specification.name] = module  # dataclasses look their module up there
    specification.loader.exec_module(module)
    return module


def _check(path: Path, skill: Skill[Any]) -> None:
    """What every declaration must say."""
    for attribute in DECLARED:
        if not getattr(skill, attribute, ""):
            raise SetupError(f"skills/{path.name} does not say its `{attribute}`: add it.")
    if not NAME.fullmatch(skill.name) or skill.name == RESERVED:
        raise SetupError(
            f"skills/{path.name} is named “{skill.name}”: a name is lower-case letters, digits and "
            f"hyphens, at most 31, and not {RESERVED}."
        )
    if skill.queue not in QUEUES:
        raise SetupError(f"skills/{path.name}: queue “{skill.queue}” is none of {QUEUES}.")
    if len(skill.shortcut) > LONGEST_SHORTCUT:
        raise SetupError(
            f"skills/{path.name}: the shortcut “{skill.shortcut}” is longer than "
            f"{LONGEST_SHORTCUT} characters."
        )
    if not skill.takes_text and not skill.takes_files and not skill.takes_thread:
        raise SetupError(f"skills/{path.name} takes neither text nor files nor threads.")


def _refuse_clashes(found: list[tuple[Path, Skill[Any]]]) -> None:
    """Nobody could tell which of two was meant."""
    owners: dict[tuple[str, str], Path] = {}
    for path, skill in found:
        for claim in _claims(skill):
            other = owners.setdefault(claim, path)
            if other != path:
                what, value = claim
                raise SetupError(
                    f"skills/{other.name} and skills/{path.name} both claim the {what} "
                    f"“{value}”: change one of them."
                )


def _claims(skill: Skill[Any]) -> Iterator[tuple[str, str]]:
    """What no two skills may have in common."""
    yield "name", skill.name
    if skill.shortcut:
        yield "shortcut", skill.shortcut
    for kind in skill.automatic:
        yield "uploads of", kind
