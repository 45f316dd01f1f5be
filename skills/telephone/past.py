"""Past calls: what trends and a search read of the answers that were kept of a channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from skills.skill import Past
from skills.telephone.record import AGENT, CUSTOMER, read, who_is


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A sentence of a call; `start` is in seconds from its beginning."""

    text: str
    speaker: str
    start: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PastCall:
    """A call that was answered `at` that time; `meanings` are the kept vectors of what was `said`.

    `mood` is the customer's mean (0 to 100), `agent_share` the agent's part of all talk (0 to 1),
    `score` how much of its rules was kept in percent; None where nobody knows. `asked` counts all
    questions; `unanswered` none of somebody who speaks alone.
    """

    at: float
    link: str
    duration: float
    said: tuple[Said, ...]
    meanings: str
    reason: Said | None
    mood: float | None
    agent_share: float | None
    asked: int
    unanswered: int
    score: float | None


def read_calls(past: Iterable[Past]) -> list[PastCall]:
    """The calls that this version can read, the latest first."""
    calls = []
    for each in past:
        try:
            calls.append(_read(each))
        except (KeyError, TypeError, ValueError):  # another version kept it
            continue
    return calls


def _read(past: Past) -> PastCall:
    call, details = read(past.values)
    speakers, roles = call["speakers"], details["roles"]
    agent, customer = (who_is(role, speakers, roles) for role in (AGENT, CUSTOMER))
    reason = call["reason"]
    return PastCall(
        at=past.at,
        link=past.link,
        duration=call["duration"],
        said=tuple(_said(each) for each in call["segments"]),
        meanings=details["meanings"],
        reason=_said(reason) if reason else None,
        mood=mean(call["mood"].get(customer, [])),
        agent_share=call["metrics"]["speakers"][agent]["talk_share"] if agent else None,
        asked=len(call["questions"]),
        unanswered=sum(not each["answered"] for each in call["questions"] if len(speakers) > 1),
        score=call.get("score"),
    )


def _said(line: Mapping[str, Any]) -> Said:
    return Said(text=line["text"], speaker=line["speaker"], start=line["start"])


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of those that are known, None when none is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
