"""Echo: a text in capital letters after a nap, which stands for a model in the fault suite.

`sleep 1.5` in the text says how long; FAULTS_FOLDER, when set, gets a file named like the text's
first word with the process id, so that a test knows which worker to hit while the job runs.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import UserError
from core.reply import Attachment, Reply
from skills.kinds import DOCUMENT
from skills.skill import Input, Skill

STEP = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Echoed:
    """What is said, and whether a file comes with it."""

    text: str
    attach: bool = False


class Echo(Skill[Echoed]):
    """It has a queue that no built-in skill uses, so that its workers start without models."""

    name = "echo"
    title = "Echo"
    summary = "Says a text in capital letters after a nap"
    hint = "[text]"
    takes_text = 1_000
    takes_files = (DOCUMENT,)
    model = "none"
    queue = "train"
    batch = 8
    examples = ("sleep 1.5 hello",)

    def load(self, device: str) -> Any:
        return str.upper

    def run(self, model: Any, batch: Sequence[Input]) -> list[Echoed | UserError]:
        texts = [each.path.read_text() if each.path else each.text for each in batch]
        for text in texts:
            _tell(text)
        if any("poison" in text.split() for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        longest = max(map(_nap, texts))
        started = time.monotonic()
        while (passed := time.monotonic() - started) < longest:
            time.sleep(STEP)
            for each in batch:
                each.progress("Echoing", min(1.0, passed / longest))
        return [Echoed(text=model(text), attach="attach" in text.split()) for text in texts]

    def render(self, result: Echoed) -> Reply:
        file = Attachment(name="echo.txt", content=result.text.encode(), alt="the echo")
        return Reply(text=result.text, files=(file,) if result.attach else ())


def _nap(text: str) -> float:
    found = re.search(r"sleep (\d+(?:\.\d+)?)", text)
    return float(found[1]) if found else 0.0


def _tell(text: str) -> None:
    folder = os.environ.get("FAULTS_FOLDER")
    if folder and text.split():
        Path(folder, text.split()[0]).write_text(str(os.getpid()))


skill = Echo()
