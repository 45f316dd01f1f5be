"""The case that rules are judged on: a conversation, who may be meant in it, and what is found.

What depends on who works there or on voices told apart holds only where it comes out the same
however that is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.rule import Rule
from skills.speech.speakers import Turn
from skills.telephone.verdicts import UNKNOWN
from skills.timed import Sentence

WHO_IS_IT = "who works for you is not known (name a speaker Agent, or write agent:first)"
ALIKE = "the voices are too alike to be sure who speaks"


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """What rules are judged by.

    `agent` is the speaker who works there, -1 when unknown; `mood` has four values a speaker.
    `sure`: the speakers are told apart reliably; `both`: also while they speak at once; `sides`:
    each has a sound of its own; `clear`: the words can be relied on; `english`: so can the mood.
    """

    sentences: Sequence[Sentence]
    turns: Sequence[Turn]
    names: Sequence[str]
    agent: int
    mood: Sequence[Sequence[float | None]]
    talk_shares: Sequence[float]
    paces: Sequence[float]
    duration: float
    sure: bool
    both: bool
    sides: bool
    clear: bool
    english: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A verdict without its rule."""

    state: str
    why: str
    speaker: int = -1
    start: float | None = None
    quote: str = ""


def roles(who: str, call: Conversation) -> list[int]:
    """Every speaker who may be the one that a rule speaks of."""
    everybody = list(range(len(call.names)))
    if who == "anybody" or doubt_about(who, call):
        return everybody
    return [each for each in everybody if (each == call.agent) is (who == "agent")]


def doubt_about(who: str, call: Conversation) -> str:
    """Why it is not known who a rule speaks of; "" when it is."""
    if who == "anybody":
        return ""
    if not call.sure:
        return ALIKE
    if len(call.names) < 2:
        return "only one speaker was told apart"
    return WHO_IS_IT if call.agent < 0 else ""


def agreed(rule: Rule, call: Conversation, look: Callable[[int], Finding]) -> Finding:
    """What is found of everybody who may be meant, where that is the same of all."""
    findings = [look(speaker) for speaker in roles(rule.who, call)]
    doubt = doubt_about(rule.who, call)
    if len({each.state for each in findings}) > 1 or len(call.names) < 2:
        return Finding(state=UNKNOWN, why=doubt or f"more than one may be the {rule.who}")
    if len(findings) > 1:
        return Finding(state=findings[0].state, why=" or ".join(each.why for each in findings))
    return findings[0]
