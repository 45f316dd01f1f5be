"""A look back at the calls of a channel: trends over time, or the moments that are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.errors import UserError
from skills.skill import Input
from skills.speech.redacted import without_secrets
from skills.telephone.overview import Found, Looked, written
from skills.telephone.past import PastCall, read_calls
from skills.telephone.search import find_moments
from skills.telephone.trends import (
    PERIOD,
    USUAL_DAYS,
    Reason,
    Span,
    add_up,
    day_of,
    find_reasons,
    read_period,
    spread,
)

NO_CALLS = (
    "No call is kept in this channel: upload a recording here and mention me with the word call. "
    "I look at the calls that I answered in the channel where you ask, and nowhere else."
)
WHAT_FOR = "Write what to look for behind it, for example: /calls search refund."


def look_back(asked: Input, model: Any) -> Looked:
    """Trends, unless something is looked for."""
    word, _, rest = asked.text.strip().partition(" ")
    calls = read_calls(asked.past)
    if not calls:
        raise UserError(NO_CALLS)
    if word.lower() in ("", "trends", "trend"):
        days = read_period(rest) if rest.strip() else USUAL_DAYS
        return _look_at_trends(asked, calls, model, days=days)
    if PERIOD.fullmatch(asked.text.strip()):
        return _look_at_trends(asked, calls, model, days=read_period(asked.text))
    query = rest.strip() if word.lower() == "search" else asked.text.strip()
    if not query:
        raise UserError(WHAT_FOR)
    return _search(asked, calls, model, query)


def _look_at_trends(asked: Input, calls: list[PastCall], model: Any, *, days: int) -> Looked:
    days = min(days, asked.kept_days)  # of a time from which nothing is kept nothing is known
    today = datetime.now(UTC).date()
    first = today - timedelta(days=days - 1)
    recent = [call for call in calls if day_of(call.at) >= first]
    if not recent:
        raise UserError(f"No call was answered here in the last {days} days.")
    return _looked(
        asked,
        recent,
        days=days,
        spans=spread(recent, days=days, today=today),
        reasons=[
            replace(each, text=without_secrets(each.text, asked.options))
            for each in find_reasons(recent, model)
        ],
    )


def _search(asked: Input, calls: list[PastCall], model: Any, query: str) -> Looked:
    moments = [
        Found(
            text=without_secrets(each.said.text, asked.options),
            speaker=each.said.speaker,
            start=each.said.start,
            call=written(day_of(each.call.at)),
            exact=each.exact,
            link=each.call.link,
        )
        for each in find_moments(calls, query, model)
    ]
    return _looked(asked, calls, query=query, moments=moments)


def _looked(
    asked: Input,
    calls: Sequence[PastCall],
    *,
    query: str = "",
    days: int = 0,
    spans: Sequence[Span] = (),
    reasons: Sequence[Reason] = (),
    moments: Sequence[Found] = (),
) -> Looked:
    oldest = day_of(min(call.at for call in calls))
    return Looked(
        query=query,
        days=days,
        calls=len(calls),
        since=written(oldest),
        kept_days=asked.kept_days,
        whole=add_up(calls, oldest),
        asked=sum(call.asked for call in calls),
        spans=list(spans),
        reasons=list(reasons),
        moments=list(moments),
    )
