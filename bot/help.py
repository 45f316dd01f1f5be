"""The help, made from the catalog: what all skills do, and how one of them is asked."""

from __future__ import annotations

from typing import Any

from bot.uploads import taken_by
from core.blocks import Post, ours
from core.markup import cut, escape
from core.words import listed
from skills.catalog import Catalog
from skills.skill import Option, Skill


class Help:
    """Says it the same way at every door."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def all(self) -> Post:
        """One line a skill with its usage, then the other ways in."""
        lines = ["*What I can do*"]
        for skill in self._catalog.values():
            lines.append(f"•  {_usage(skill)}  {escape(skill.summary)}")
        kinds = {kind.name for skill in self._catalog.values() for kind in skill.takes_files}
        ways = [
            f"*Upload* {listed(sorted(kinds))} to a channel I'm in or to me, and I answer below.",
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
            lines.append(
                f"•  Upload {taken_by(skill)} and write `@Readymade {skill.name}` with it."
            )
        if skill.takes_thread:
            lines.append(f"•  `@Readymade {skill.name}` in a thread reads the whole thread.")
        if skill.takes_channel:
            lines.append(
                f"•  `/{skill.name} 7d` reads this channel with its threads, "
                f"`/{skill.name} #channel 24h` another one that you are in, for you alone."
            )
        examples = [f"`/{skill.name} {escape(cut(each, 150))}`" for each in skill.examples]
        return ours("\n".join(lines), "\n".join(["*For example*", *examples]))


def _usage(skill: Skill[Any]) -> str:
    return f"`{escape(f'/{skill.name} {skill.hint}'.strip())}`"


def _option(option: Option) -> str:
    values = "|".join(option.choices) or "…"
    return f"`{escape(f'{option.name}:{values}')}`  {escape(option.description)}"
