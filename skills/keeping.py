"""`Keeping`: a skill whose answers are kept for a while, so that they can be changed or looked at.

It only says how: `pack` makes plain values of a result, `unpack` the result of them, `amend`
changes them as a person wrote in the form below the answer (`Reply.step`). Where they lie, and for
how long, is core/archive.py's affair; skills that look back (`Skill.looks_back`) get the values.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from skills.skill import Result, Skill

Values = Mapping[str, Any]  # plain JSON values: they are sealed and stored


class Keeping(Skill[Result], ABC):
    """One appliance; `keeps` names the kind of its answers ("call")."""

    keeps: ClassVar[str]

    @abstractmethod
    def pack(self, result: Result) -> Values | None:
        """What is kept of a result, all that `unpack` and `render` need; None keeps nothing."""

    @abstractmethod
    def unpack(self, values: Values) -> Result:
        """The result again; raises ValueError for values of another version."""

    @abstractmethod
    def amend(self, values: Values, written: Mapping[str, str]) -> Values:
        """The values as a person changed them: `written` is the text of each field by its number,
        "0" the first. All that the form says, so that of two people the later one is right."""

    def about(self, values: Values, subject: str) -> str:
        """What the answer is about, as shown above it: `subject`, unless the skill knows better."""
        return subject


def kinds_kept(skills: Iterable[Skill[Any]]) -> Collection[str]:
    """The kinds of all answers that are kept."""
    return {skill.keeps for skill in skills if isinstance(skill, Keeping)}
