"""The help, made from the catalog: what all skills do, and how one of them is asked."""

from __future__ import annotations

from typing import Any

from core.blocks import Post, ours
from core.markup import cut, escape
from core.words import listed
from skills.catalog import Catalog
from skills.kinds import taken_by
from skills.skill import Option, Skill

EXAMPLE = "how long is the notice period?"


class Help:
    """Says it the same way at every door."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def all(self) -> Post:
        """One line a skill with its usage, then the other ways in."""
        lines = ["*What I can do*"]
        for skill in self._catalog.values():
            lines.append(f"•  {_usage(skill)}  {escape(skill.summary)}")
        skills = self._catalog.values()
        kinds = {kind.name for skill in skills for kind in skill.takes_files}
        asked = {kind for skill in skills if skill.takes_question for kind in skill.automatic}
        ways = [
            f"*Upload* {listed(sorted(kinds))} to a channel I'm in or to me, and I answer below.",
            *_question(sorted(asked)),
            "*Mention me* in a thread: `@Readymade summarize`.",
            "*Shortcuts*: the ⋮ menu of any message.",
            "Add `--private` to a command to see the answer alone.",
            "Put `help` after a command to see its options and examples.",
            "`/readymade settings` in a channel: what is hidden, rules for calls, alerts, digest.",
            "`/readymade status` shows what is running, `/readymade forget` erases your requests.",
        ]
        return ours("\n".join(lines), "\n".join(ways))

    def of(self, skill: Skill[Any]) -> Post:
        """What a skill does, its options, its other ways in and its examples."""
        lines = [f"*{escape(skill.title)}*  {escape(skill.summary)}", f"•  {_usage(skill)}"]
        lines += [f"•  {_option(option)}" for option in skill.options]
        if skill.takes_files:
            mention = f"`@Readymade {skill.name}`"
            lines.append(f"•  Upload {taken_by(skill)} and write {mention} in the same message.")
        if skill.takes_files and skill.takes_question:
            lines.append(f"•  Or ask about them: `@Readymade {skill.name} {EXAMPLE}`")
        if skill.takes_thread:
            lines.append(f"•  `@Readymade {skill.name}` in a thread reads the whole thread.")
        if skill.takes_channel:
            lines.append(
                f"•  `/{skill.name} 7d` reads this channel with its threads, "
                f"`/{skill.name} #channel 24h` another one that you are in, for you alone."
            )
        examples = [f"`/{skill.name} {escape(cut(each, 150))}`" for each in skill.examples]
        return ours("\n".join(lines), "\n".join(["*For example*", *examples]))


def _question(kinds: list[str]) -> list[str]:
    """How something is asked about an upload, where no skill has to be named for it."""
    way = f"upload {listed(kinds)} and write `@Readymade {EXAMPLE}` in the same message."
    return [f"*Ask a question*: {way}"] if kinds else []


def _usage(skill: Skill[Any]) -> str:
    return f"`{escape(f'/{skill.name} {skill.hint}'.strip())}`"


def _option(option: Option) -> str:
    values = "|".join(option.choices) or "…"
    return f"`{escape(f'{option.name}:{values}')}`  {escape(option.description)}"
