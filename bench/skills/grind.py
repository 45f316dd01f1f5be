"""Grind: keeps every core busy for as many seconds as its text says, as a model on a CPU would."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from core.errors import UserError
from core.reply import Reply
from skills.skill import Input, Skill

ROUNDS = 20_000  # about 10 ms, without Python's lock


class Grind(Skill[float]):
    """It saturates a worker while something else is measured."""

    name = "grind"
    title = "Grind"
    summary = "Keeps the cores busy"
    hint = "[seconds]"
    takes_text = 10
    model = "none"
    queue = "vision"
    examples = ("10",)

    def load(self, device: str) -> Any:
        return grind

    def run(self, model: Any, batch: Sequence[Input]) -> list[float | UserError]:
        return [model(float(each.text)) for each in batch]

    def render(self, result: float) -> Reply:
        return Reply(text=f"Ground for {result:.0f} s.")


def grind(seconds: float) -> float:
    """Work for so long on all cores."""
    ends = time.monotonic() + seconds
    cores = len(os.sched_getaffinity(0))

    def work(_: int) -> None:
        while time.monotonic() < ends:
            hashlib.pbkdf2_hmac("sha256", b"bench", b"salt", ROUNDS)

    with ThreadPoolExecutor(cores) as threads:
        list(threads.map(work, range(cores)))
    return seconds


skill = Grind()
