"""What `/readymade` says: the help, made from the catalog, and the state of queue and workers."""

from __future__ import annotations

import json
from typing import Any

from bot.desk import Catalog, listed
from core import words
from core.ledger import Ledger
from core.markup import cut, escape


class Status:
    """Answers of the bot about itself, as arguments for `ack`."""

    def __init__(self, *, catalog: Catalog, ledger: Ledger) -> None:
        self._catalog = catalog
        self._ledger = ledger

    def help(self) -> dict[str, Any]:
        """One line a skill with its example, then the other ways in."""
        lines = ["*What I can do*"]
        for skill in self._catalog.values():
            usage = escape(f"/{skill.name} {skill.hint}".strip())
            lines.append(f"•  `{usage}`  {escape(skill.summary)}")
        kinds = {kind.name for skill in self._catalog.values() for kind in skill.takes_files}
        ways = [
            f"*Upload* {listed(sorted(kinds))} to a channel I'm in or to me, and I answer below.",
            "*Mention me* in a thread: `@Readymade summarize`.",
            "*Shortcuts*: the ⋮ menu of any message.",
            "Add `--private` to a command to see the answer alone.",
            "`/readymade status` shows what is running, `/readymade forget` erases your requests.",
        ]
        return _ephemeral("\n".join(lines), "\n".join(ways))

    def report(self) -> dict[str, Any]:
        """Jobs waiting and running, and each worker with its device, memory and models."""
        waiting = {name: count for name, count in self._ledger.waiting().items() if count}
        queue = ", ".join(f"{name}: {count}" for name, count in waiting.items()) or "none"
        lines = [
            "*Readymade status*",
            f"Jobs running: {self._ledger.running()}  ·  waiting: {queue}",
        ]
        workers = self._ledger.workers()
        lines += [_worker(json.loads(each)) for each in workers]
        if not workers:
            lines.append(
                ":warning: No worker is running: requests wait until your administrator starts one."
            )
        return _ephemeral("\n".join(lines))

    def forget(self, *, team: str, user: str) -> dict[str, Any]:
        """Erase what is kept of a person: requests that wait are dropped, running ones stopped."""
        count = self._ledger.erase(team=team, user=user)
        return _ephemeral(words.forgotten(count))

    def unknown(self, word: str) -> dict[str, Any]:
        """A word that `/readymade` does not know."""
        said = escape(cut(word, 40))
        known = "`/readymade help`, `/readymade status` or `/readymade forget`"
        return _ephemeral(f"I don't know “{said}”: try {known}.")


def _worker(worker: dict[str, Any]) -> str:
    models = listed(worker["models"]) or "none yet"
    used, total = (worker[key] / 1e9 for key in ("memory_used", "memory_total"))
    return (
        f"•  Worker on {escape(worker['host'])}: {escape(worker['name'])} ({worker['device']}), "
        f"{used:.1f} of {total:.1f} GB memory used; models loaded: {models}"
    )


def _ephemeral(*sections: str) -> dict[str, Any]:
    return {
        "response_type": "ephemeral",
        "text": "\n".join(sections),
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in sections
        ],
    }
