"""What `/readymade` says besides the help: the state of queue and workers."""

from __future__ import annotations

import json
from typing import Any

from core.blocks import Post, ours
from core.ledger import Ledger
from core.markup import cut, escape
from core.roster import Roster
from core.words import listed

MOST_WORKERS = 30


class Status:
    """Answers of the bot about itself."""

    def __init__(self, *, ledger: Ledger) -> None:
        self._roster = Roster(ledger.scripts)

    def report(self) -> Post:
        """Jobs waiting and running, and each worker with its device, memory and models."""
        waiting = {name: count for name, count in self._roster.waiting().items() if count}
        queue = ", ".join(f"{name}: {count}" for name, count in waiting.items()) or "none"
        lines = [
            "*Readymade status*",
            f"Jobs running: {self._roster.running()}  ·  waiting: {queue}",
        ]
        workers = self._roster.workers()
        lines += [_worker(json.loads(each)) for each in workers[:MOST_WORKERS]]
        if more := len(workers[MOST_WORKERS:]):
            lines.append(f"•  and {more} more")
        if not workers:
            lines.append(
                ":warning: No worker is running: requests wait until your administrator starts one."
            )
        return ours("\n".join(lines))

    def unknown(self, word: str) -> Post:
        """A word that `/readymade` does not know."""
        said = escape(cut(word, 40))
        known = "`/readymade` with `help`, `status`, `settings` or `forget`"
        return ours(f"I don't know “{said}”: try {known}.")


def _worker(worker: dict[str, Any]) -> str:
    models = escape(cut(listed(worker["models"]), 100)) or "none yet"
    used, total = (worker[key] / 1e9 for key in ("memory_used", "memory_total"))
    card = "" if worker["device"] == "cpu" else f" ({worker['device']})"
    return (
        f"•  Worker on {escape(worker['host'])}: {escape(worker['name'])}{card}, "
        f"{used:.1f} of {total:.1f} GB memory used; loaded: {models}"
    )
