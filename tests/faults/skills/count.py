"""Count: "8 parts of 0.2" counts to eight, a number a part, each of which takes 0.2 seconds.

COUNT_FOLDER, when set, gets a file a part, with a line for each time it was worked on: the process
id of the worker.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.reply import Reply
from skills.divisible import Divisible, Part, Partial
from skills.skill import Input

ASKED = re.compile(r"(\w+) (\d+) parts of (\d+(?:\.\d+)?)(?: planned in (\d+(?:\.\d+)?))?")
STEP = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """The numbers as the parts gave them."""

    numbers: tuple[int, ...]


class Count(Divisible[Counted]):
    """It has a queue that no built-in skill uses, so that its workers start without models."""

    name = "count"
    title = "Count"
    summary = "Counts part by part"
    hint = "[name] [number] parts of [seconds]"
    takes_text = 100
    model = "none"
    queue = "train"
    examples = ("a 8 parts of 0.2",)

    def load(self, device: str) -> Any:
        return str

    @contextmanager
    def opened(self, asked: Input) -> Iterator[Input]:
        if not ASKED.search(asked.text):
            raise UserError("Say: a 8 parts of 0.2")
        yield asked

    def divide(self, model: Any, asked: Input, *, after: Part | None = None) -> Iterator[Part]:
        first = after["number"] + 1 if after else 0
        _, parts, _, planning = read(asked.text)
        for number in range(first, parts):
            yield {"number": number}
            time.sleep(planning / parts)
        if "refused" in asked.text:
            raise UserError("This counts too far.")

    def work(self, model: Any, asked: Input, part: Part, *, lead: Partial | None) -> Partial:
        name, _, seconds, _ = read(asked.text)
        note(name, part["number"])
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(STEP)
            asked.progress("Counting", 0.0)
        return {"number": part["number"], "began": lead["number"] if lead else None}

    def preview(self, lead: Partial) -> Reply | None:
        return Reply(text=f"It begins with {lead['number']}.")

    def join(self, model: Any, asked: Input, partials: Sequence[Partial]) -> Counted:
        return Counted(numbers=tuple(each["number"] for each in partials))

    def render(self, result: Counted) -> Reply:
        return Reply(text=" ".join(map(str, result.numbers)))


def read(text: str) -> tuple[str, int, float, float]:
    """The name, the number of parts, the seconds of each, and those until the last is planned."""
    found = ASKED.search(text)
    assert found is not None, "`opened` refuses other texts"
    return found[1], int(found[2]), float(found[3]), float(found[4] or 0)


def note(name: str, number: int) -> None:
    """Say who works on a part."""
    folder = os.environ.get("COUNT_FOLDER")
    if folder:
        with Path(folder, f"{name}.{number}").open("a") as file:
            file.write(f"{os.getpid()}\n")


skill = Count()
