"""What became of one hostile file, and whether that is good enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.hostile.corpus import Sample

ANSWERED, REFUSED, APOLOGY, SILENCE = "answered", "refused", "apology", "silence"
PATIENCE = 60.0
LONGEST_REFUSAL = 700  # a table's refusal lists its columns
APOLOGIES = ("something went wrong on my side", "it is our fault, not yours")
# What no sentence for a person holds: the traces of a program that shows its inside.
INSIDES = re.compile(
    r"Traceback|\b[A-Z]\w+(?:Error|Exception)\b|0x[0-9a-f]{8}|/site-packages/|\bNone\b|File \""
)
PASSWORD_FILE = "root:x:0:0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a file ended: a word of the four above, after how long, and all that was said."""

    sample: Sample
    word: str
    seconds: float
    said: str = ""
    cause: str = ""  # why a sandboxed child gave no answer, where that is known


def judge_words(said: str, *, refused: bool) -> str:
    """The word for something that was said."""
    if any(apology in said for apology in APOLOGIES):
        return APOLOGY
    return REFUSED if refused else ANSWERED


def violations(outcomes: Sequence[Outcome], *, secrets: Sequence[str]) -> list[str]:
    """A line for everything that must not be."""
    return [
        f"{outcome.sample.name}: {wrong}"
        for outcome in outcomes
        for wrong in _wrong(outcome, secrets=secrets)
    ]


def _wrong(outcome: Outcome, *, secrets: Sequence[str]) -> list[str]:
    found = []
    if outcome.word == SILENCE:
        found.append(f"nothing was said within {PATIENCE:.0f} s")
    elif outcome.seconds > PATIENCE:
        found.append(f"answered only after {outcome.seconds:.0f} s")
    if outcome.word == APOLOGY:
        found.append(f"an apology instead of an answer: {outcome.said[:200]}")
    if outcome.word == REFUSED and not _is_clear(outcome.said):
        found.append(f"not a clear refusal: {outcome.said[:200]!r}")
    if any(secret in outcome.said for secret in (*secrets, PASSWORD_FILE)):
        found.append("the content of another file was posted")
    return found


def _is_clear(said: str) -> bool:
    """Whether this is a short piece of prose that shows nothing of a program's inside."""
    prose = said.strip()
    return (
        5 < len(prose) <= LONGEST_REFUSAL
        and prose[-1] in ".!?…"
        and "\n" not in prose
        and not INSIDES.search(prose)
    )
