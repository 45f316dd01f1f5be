"""The short way: files through the skills themselves, in one process, without Slack or a queue.

The decoders run in the same sandboxed children as in a worker; what breaks this process breaks
the run.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from core.errors import UserError
from skills.catalog import catalog
from skills.decode.interview import DecoderFailed
from skills.models.device import resolve_device
from skills.skill import Skill
from skills.terminal.answers import BROKEN, answer
from skills.terminal.asked import read_argument
from skills.terminal.shown import render_reply
from tests.hostile.corpus import Sample
from tests.hostile.outcome import APOLOGY, PATIENCE, Outcome, judge_words

FOR_THE_REST = "summarize"  # sniffs what it is given; the bot refuses these by name


class Skills:
    """Every skill, its model loaded when it is first needed."""

    def __init__(self) -> None:
        self._catalog = catalog()
        self._models: dict[str, Any] = {}
        self._by_kind = {
            kind: skill for skill in self._catalog.values() for kind in skill.automatic
        }

    def run(self, samples: Iterable[Sample]) -> Iterator[Outcome]:
        """The outcome of each."""
        for sample in samples:
            skill = self._by_kind.get(sample.kind) or self._catalog[FOR_THE_REST]
            self._model(skill)
            start = time.monotonic()
            with _alarm(PATIENCE + 5):
                word, said, cause = self._ask(skill, sample)
            seconds = time.monotonic() - start
            yield Outcome(sample=sample, word=word, said=said, seconds=seconds, cause=cause)

    def _model(self, skill: Skill[Any]) -> Any:
        if skill.name not in self._models:
            self._models[skill.name] = skill.load(resolve_device("cpu"))
        return self._models[skill.name]

    def _ask(self, skill: Skill[Any], sample: Sample) -> tuple[str, str, str]:
        """The word, what was said, and why the child failed where it did."""
        asked = read_argument(skill, str(sample.path))
        [result] = answer(skill, [asked], load=lambda: self._model(skill))
        if isinstance(result, UserError):
            said, failed = str(result), result.__cause__
            cause = str(failed) if isinstance(failed, DecoderFailed) else ""
            return judge_words(said, refused=True), said, cause
        try:
            reply = skill.render(result)
        except Exception as error:
            return APOLOGY, f"{BROKEN} (render: {type(error).__name__}: {error})", ""
        files = [file.content.decode("utf-8", "replace") for file in reply.files]
        return judge_words("", refused=False), "\n".join([render_reply(reply), *files]), ""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Interrupt what hangs in this process, which reads as a bug; workers have no such clock."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"still busy after {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
