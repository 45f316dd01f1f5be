"""Nap: sleeps as long as a model would take: 20 ms a batch and 1 ms an item, or so many times that
as its text says (`/nap 10`)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import UserError
from core.reply import Reply
from skills.skill import Input, Skill

BATCH_SECONDS, ITEM_SECONDS = 0.020, 0.001


@dataclass(frozen=True, kw_only=True, slots=True)
class Rested:
    """How many slept in one batch."""

    together: int


class Nap(Skill[Rested]):
    """It measures the machinery around a model: its own time is known."""

    name = "nap"
    title = "Nap"
    summary = "Sleeps as long as a model would take"
    hint = "[times]"
    takes_text = 10
    model = "none"
    queue = "train"
    batch = 32
    examples = ("10",)

    def load(self, device: str) -> Any:
        return time.sleep

    def run(self, model: Any, batch: Sequence[Input]) -> list[Rested | UserError]:
        times = max(float(each.text) for each in batch)
        model(times * (BATCH_SECONDS + ITEM_SECONDS * len(batch)))
        return [Rested(together=len(batch))] * len(batch)

    def render(self, result: Rested) -> Reply:
        return Reply(text=f"Slept with {result.together - 1} others.")


skill = Nap()
