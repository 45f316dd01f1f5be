"""Uploads: which skill a file means, and what kinds of file the skills here take, in words."""

from __future__ import annotations

from typing import Any

from bot.front import has
from core import words
from core.errors import UserError
from core.words import listed
from skills.catalog import Catalog
from skills.kinds import kind_of, taken_by
from skills.skill import FileKind, Skill


def choose(
    catalog: Catalog, *, name: str, mimetype: str, wanted: Skill[Any] | None, option: str = ""
) -> Skill[Any]:
    """The skill for an uploaded file: the one asked for, else the kind's own.

    With an option that this one does not have, the first that has it and takes the kind.
    Raises UserError when nobody takes it.
    """
    kind = kind_of(name=name, mimetype=mimetype)
    if wanted is not None:
        if kind not in wanted.takes_files:
            raise UserError(words.wrong_kind(name, wanted.title, taken_by(wanted)))
        return wanted
    takers = [skill for skill in catalog.values() if kind in skill.takes_files]
    own = next((skill for skill in takers if kind and kind.name in skill.automatic), None)
    if own is None:
        forms = [f"{each.name} ({_endings(each)})" for each in _kinds(catalog)]
        raise UserError(words.unsupported(name, listed(forms)))
    return next((skill for skill in (own, *takers) if has(skill, option)), own)


def taken(catalog: Catalog) -> str:
    """ "recordings, documents, images and tables" """
    return listed([kind.name for kind in _kinds(catalog)])


def needs_name(skill: Skill[Any]) -> bool:
    """Whether some upload that a skill takes means another one, or none, when nobody names it."""
    return any(kind.name not in skill.automatic for kind in skill.takes_files)


def _kinds(catalog: Catalog) -> list[FileKind]:
    kinds = {kind.name: kind for skill in catalog.values() for kind in skill.takes_files}
    return [*kinds.values()]


def _endings(kind: FileKind) -> str:
    """The usual endings of a kind's names, for people: "pdf, docx, txt, …"."""
    known = [each.removeprefix(".") for each in kind.extensions]
    return ", ".join([*known[:3], *(["…"] if known[3:] else [])])
