"""Options that stand in front of all that a message says: they may say which skill is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from skills.skill import Skill

_FIRST = re.compile(r"(\w+):([\"“”„«][^\"“”„«»]{1,500}[\"“”»](?=\s|$)|\S+)")


def in_front(text: str, catalog: Mapping[str, Skill[Any]]) -> tuple[str, str]:
    """ "speakers:2 call" → ("speakers:2", "call"); only what is an option of some skill."""
    rest = text.strip()
    while (found := _FIRST.match(rest)) and _is_option(found[1].lower(), found[2], catalog):
        rest = rest[found.end() :].strip()
    return text.strip().removesuffix(rest).strip(), rest


def first_name(options: str) -> str:
    """ "redact:yes language:de" → "redact"; "" when there is none."""
    return options.partition(":")[0].lower()


def owners(option: str, catalog: Mapping[str, Skill[Any]]) -> list[str]:
    """The names of the skills that have such an option."""
    return [skill.name for skill in catalog.values() if has(skill, option)]


def has(skill: Skill[Any], option: str) -> bool:
    """Whether the skill has an option of this name."""
    return any(each.name == option for each in skill.options)


def _is_option(name: str, value: str, catalog: Mapping[str, Skill[Any]]) -> bool:
    """Where the word is a skill's, too ("redact:4111 …"), only with a value that is known."""
    found = [each for skill in catalog.values() for each in skill.options if each.name == name]
    known = any(value.lower() in each.choices for each in found)
    return bool(found) and (known or name not in catalog)
