"""Verdicts on the rules of a call, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PASSED, FAILED, UNKNOWN, FLAGGED, CLEAR = "passed", "failed", "unknown", "flagged", "clear"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """`state` is "passed", "failed" or "unknown"; of a flag "flagged", "clear" or "unknown".

    `why` says it in our words; `quote` in the call's, at `start` seconds, None for no moment.
    """

    rule: str
    state: str
    weight: int
    why: str
    speaker: str = ""
    start: float | None = None
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How many rules were kept of those that could be judged; `percent` counts their weights."""

    passed: int
    judged: int
    percent: float | None
    weighted: bool


def add_up(verdicts: Sequence[Verdict]) -> Score:
    """The scorecard; flags and what could not be judged do not count."""
    judged = [each for each in verdicts if each.state in (PASSED, FAILED)]
    passed = [each for each in judged if each.state == PASSED]
    total = sum(each.weight for each in judged)
    percent = 100 * sum(each.weight for each in passed) / total if total else None
    return Score(
        passed=len(passed),
        judged=len(judged),
        percent=None if percent is None else round(percent, 1),
        weighted=len({each.weight for each in judged}) > 1,
    )
