"""Trends: the calls of a channel over time, and the reasons that people called for most often."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from core.errors import UserError
from skills.models.minilm import MiniLM
from skills.telephone.past import PastCall, mean

USUAL_DAYS, MOST_DAYS = 30, 3_660
BY_DAY, BY_WEEK = 14, 98  # days up to which a day, a week is a bar of its own
ALIKE = 0.55  # mean likeness at which two groups of reasons are one
MOST_REASONS = 400  # that are compared, the latest
SHOWN = 5
PERIOD = re.compile(r"(\d{1,4}) ?(d|w|m)(?:ays?|eeks?|onths?)?", re.IGNORECASE)
LENGTHS = {"d": 1, "w": 7, "m": 30}


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """The calls of a day, a week or a month that begins on that day."""

    begins: date
    calls: int
    seconds: float
    mood: float | None
    agent_share: float | None
    unanswered: int
    score: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """What `count` calls were about, in the words of one of them; `at` is when that call was."""

    text: str
    speaker: str
    count: int
    start: float
    at: float
    link: str


def read_period(text: str) -> int:
    """ "30d", "2 weeks" → days; raises UserError for what is none."""
    found = PERIOD.fullmatch(text.strip())
    days = int(found[1]) * LENGTHS[found[2].lower()] if found else 0
    if not 0 < days <= MOST_DAYS:
        raise UserError("Write the time as days, weeks or months, for example /calls trends 30d.")
    return days


def add_up(calls: Sequence[PastCall], begins: date) -> Span:
    """The calls of one span."""
    return Span(
        begins=begins,
        calls=len(calls),
        seconds=sum(each.duration for each in calls),
        mood=mean(each.mood for each in calls),
        agent_share=mean(each.agent_share for each in calls),
        unanswered=sum(each.unanswered for each in calls),
        score=mean(each.score for each in calls),
    )


def spread(calls: Iterable[PastCall], *, days: int, today: date) -> list[Span]:
    """The calls of the last `days`, in spans from the first day to today; empty ones, too."""
    calls = list(calls)
    first = today - timedelta(days=days - 1)
    begins = sorted({_span_of(first + timedelta(days=n), days) for n in range(days)})
    by_span: dict[date, list[PastCall]] = {each: [] for each in begins}
    for call in calls:
        day = day_of(call.at)
        if first <= day <= today:
            by_span[_span_of(day, days)].append(call)
    return [add_up(those, max(begin, first)) for begin, those in by_span.items()]


def day_of(at: float) -> date:
    """The day of a moment, in UTC as in the audit file."""
    return datetime.fromtimestamp(at, UTC).date()


def _span_of(day: date, days: int) -> date:
    """The first day of the span that a day belongs to."""
    if days <= BY_DAY:
        return day
    return day - timedelta(days=day.weekday()) if days <= BY_WEEK else day.replace(day=1)


def find_reasons(calls: Sequence[PastCall], model: MiniLM) -> list[Reason]:
    """What most calls were about, the commonest first; of as many calls the latest first."""
    told = [(call, call.reason) for call in calls if call.reason][:MOST_REASONS]
    vectors = model.embed([reason.text for _, reason in told])
    reasons = []
    for group in group_alike(vectors):
        call, said = told[_middle(vectors, group)]
        reasons.append(
            Reason(
                text=said.text, speaker=said.speaker, count=len(group), start=said.start,
                at=call.at, link=call.link,
            )
        )  # fmt: skip
    return sorted(reasons, key=lambda each: (-each.count, -each.at))[:SHOWN]


def group_alike(vectors: Any) -> list[list[int]]:
    """Rows that mean nearly the same: the two likest groups are joined as long as they are alike.

    Two groups are as like as their members are on the average.
    """
    import numpy

    groups = [[number] for number in range(len(vectors))]
    sums = [row.copy() for row in vectors]  # the mean of all products is the product of the means
    likeness = vectors @ vectors.T
    numpy.fill_diagonal(likeness, -1.0)
    while len(groups) > 1:
        one, other = sorted(divmod(int(likeness.argmax()), len(groups)))
        if likeness[one, other] < ALIKE:
            break
        groups[one] += groups.pop(other)
        sums[one] += sums.pop(other)
        likeness = numpy.delete(numpy.delete(likeness, other, axis=0), other, axis=1)
        sizes = numpy.array([len(each) for each in groups])
        row = numpy.stack(sums) @ sums[one] / (sizes * sizes[one])
        row[one] = -1.0
        likeness[one], likeness[:, one] = row, row
    return groups


def _middle(vectors: Any, group: Sequence[int]) -> int:
    """The member that is likest to all the others."""
    centre = vectors[list(group)].sum(axis=0)
    return max(group, key=lambda number: float(vectors[number] @ centre))
