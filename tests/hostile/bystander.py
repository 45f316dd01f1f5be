"""The bystander: a clean job every few seconds, before the hostile files and beside them."""

from __future__ import annotations

import threading
import time

from local.person import Workspace
from local.shapes import Json
from local.stage import finished
from local.transcript import visible_text
from tests.hostile.outcome import PATIENCE
from tests.hostile.summary import percentile

EVERY = 1.0
BASELINE = 20
SLOWER = 1.2
FLOOR = 0.3  # below this nobody notices, and a busy test machine makes more of a difference


class Bystander:
    """Somebody who asks /sentiment in a channel of their own and looks at the clock."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._channel = workspace.add_channel("bystander", members=["grace"], bot=True)
        self._person = workspace.person("grace")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="bystander", daemon=True)
        self.alone: list[float] = []
        self.beside: list[float] = []
        self.wrong = 0

    def measure_alone(self) -> None:
        """The baseline; the first answers load the model and do not count."""
        for _ in range(2):
            self._ask()
        for _ in range(BASELINE):
            self.alone.append(self._ask())
            self._over.wait(1.0)

    def __enter__(self) -> Bystander:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(PATIENCE)

    def report(self) -> str:
        """Both medians, and how they compare."""
        return (
            f"clean job: p50 {percentile(self.alone, 0.5):.2f} s alone ({len(self.alone)}), "
            f"{percentile(self.beside, 0.5):.2f} s beside ({len(self.beside)}), "
            f"ratio {self.ratio:.2f}; p95 {percentile(self.beside, 0.95):.2f} s beside"
        )

    @property
    def ratio(self) -> float:
        alone = percentile(self.alone, 0.5)
        return percentile(self.beside, 0.5) / alone if alone else 0.0

    def violations(self) -> list[str]:
        """Slower than allowed, or not answered."""
        slow = self.ratio > SLOWER and percentile(self.beside, 0.5) > FLOOR
        found = [self.report()] if slow else []
        return found + ([f"{self.wrong} clean jobs were not answered"] if self.wrong else [])

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            self.beside.append(self._ask())

    def _ask(self) -> float:
        """One command; seconds until its answer."""
        before = {each["ts"] for each in self._workspace.messages(self._channel)}
        start = time.monotonic()
        self._person.slash("/sentiment", "I love this release", channel=self._channel)
        while time.monotonic() - start < PATIENCE:
            if any(self._answered(m) for m in self._new(before)):
                return time.monotonic() - start
            time.sleep(0.01)
        self.wrong += 1
        return PATIENCE

    def _new(self, before: set[str]) -> list[Json]:
        messages = self._workspace.messages(self._channel)
        return [each for each in messages if each["ts"] not in before]

    def _answered(self, message: Json) -> bool:
        replies = self._workspace.thread(self._channel, message["ts"])[1:]
        return any(finished(each) and "positive" in visible_text(each).lower() for each in replies)
