"""/calls: the calls answered in a channel, as trends over time, or searched for a moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from core.errors import UserError
from core.reply import Chart, Figure, Point, Reply, Section, Slice, Table
from skills.models.call_search import find_moments
from skills.models.call_trends import (
    BY_DAY,
    BY_WEEK,
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
from skills.models.minilm import load_minilm
from skills.models.past_calls import PastCall, read_calls
from skills.models.shared import shared
from skills.models.subtitles import clock
from skills.skill import Input, Skill

LONGEST_QUOTE = 200
NO_CALLS = (
    "No call is kept in this channel: upload a recording here and mention me with the word call. "
    "I look at the calls that I answered in the channel where you ask, and nowhere else."
)
WHAT_FOR = "Write what to look for behind it, for example: /calls search refund."


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A moment of a call: what was said, by whom, `start` seconds after its beginning.

    `call` is when that call was answered; `exact` when all the words looked for are in it.
    """

    text: str
    speaker: str
    start: float
    call: str
    exact: bool
    link: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What a channel's calls say: `spans` and `reasons` for trends, `moments` for a search.

    `calls` were looked at, the oldest of them of the day `since`; they are kept for `kept_days`.
    """

    query: str
    days: int
    calls: int
    since: str
    kept_days: int
    whole: Span
    asked: int
    spans: list[Span]
    reasons: list[Reason]
    moments: list[Found]


class Calls(Skill[Looked]):
    """Looks back at the calls of a channel."""

    name = "calls"
    title = "Calls"
    summary = "The calls answered in this channel: trends over time, or where something was said."
    hint = "[trends 30d] or [search words]"
    takes_text = 300
    looks_back = "call"
    model = "minilm"
    queue = "text"
    examples = ("trends 30d", "search refund for a late parcel")

    def load(self, device: str) -> Any:
        return shared(load_minilm, device)

    def run(self, model: Any, batch: Sequence[Input]) -> list[Looked | UserError]:
        results: list[Looked | UserError] = []
        for each in batch:
            try:
                results.append(_look(each, model))
            except UserError as error:
                results.append(error)
        return results

    def render(self, result: Looked) -> Reply:
        return _searched(result) if result.query else _trends(result)


def _look(asked: Input, model: Any) -> Looked:
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
        reasons=find_reasons(recent, model),
    )


def _search(asked: Input, calls: list[PastCall], model: Any, query: str) -> Looked:
    moments = [
        Found(
            text=each.said.text,
            speaker=each.said.speaker,
            start=each.said.start,
            call=_day(day_of(each.call.at)),
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
        since=_day(oldest),
        kept_days=asked.kept_days,
        whole=add_up(calls, oldest),
        asked=sum(call.asked for call in calls),
        spans=list(spans),
        reasons=list(reasons),
        moments=list(moments),
    )


def _trends(result: Looked) -> Reply:
    days = "the last day" if result.days == 1 else f"the last {result.days} days"
    return Reply(
        text=f"{_calls(result.calls)} in {days}, {_hours(result.whole.seconds)} in all.",
        figures=tuple(_figures(result)),
        sections=tuple(_reasons(result)),
        charts=tuple(_charts(result)),
        table=_table(result),
        notes=(
            "Each call counts the same; mood is the customers' (0 negative, 100 positive).",
            "Reasons are quotes, grouped by meaning. Days are in UTC.",
            _kept(result),
        ),
    )


def _figures(result: Looked) -> Iterator[Figure]:
    whole = result.whole
    yield Figure(label="Calls", value=f"{result.calls:,}")
    yield Figure(label="Mean length", value=clock(whole.seconds / result.calls))
    if whole.mood is not None:
        yield Figure(label="Mood of customers", value=_number(whole.mood))
    if whole.agent_share is not None:
        yield Figure(label="Agents talk", value=_percent(whole.agent_share))
    if result.asked:
        yield Figure(
            label="Questions", value=f"{result.asked:,}, {whole.unanswered:,} without an answer"
        )
    if whole.score is not None:
        yield Figure(label="Rules kept", value=f"{_number(whole.score)} %")


def _reasons(result: Looked) -> Iterator[Section]:
    """Why people called; where each had a reason of its own, the latest ones."""
    points = [
        Point(
            text=f"{_calls(each.count)}: “{_short(each.text)}”",
            source=f"{each.speaker}, {clock(each.start)}, {_day(day_of(each.at))}",
            link=each.link,
        )
        for each in result.reasons
    ]
    if points:
        yield Section(title="Top reasons", points=tuple(points))


def _charts(result: Looked) -> Iterator[Chart]:
    """How many calls, and how their customers felt; of one span there is nothing to compare."""
    spans = result.spans
    if len(spans) < 2:
        return
    volume = [Slice(label=_label(each, result), value=each.calls) for each in spans]
    yield Chart(title=f"Calls a {_unit(result.days)}", kind="bar", slices=tuple(volume))
    moods = [
        Slice(label=_label(each, result), value=round(each.mood, 1))
        for each in spans
        if each.mood is not None
    ]
    if len(moods) > 1:
        title = "Mood of customers (0 negative, 100 positive)"
        yield Chart(title=title, kind="line", slices=tuple(moods))


def _table(result: Looked) -> Table:
    """A row a day, week or month in which there was a call."""
    rules = any(each.score is not None for each in result.spans)
    rows = [
        (
            _label(each, result), f"{each.calls:,}", _hours(each.seconds), _number(each.mood),
            _percent(each.agent_share), f"{each.unanswered:,}",
            *([f"{_number(each.score)} %" if each.score is not None else "–"] if rules else []),
        )
        for each in result.spans
        if each.calls
    ]  # fmt: skip
    unit = _unit(result.days).capitalize()
    return Table(
        caption="The calls over time",
        header=(
            unit, "Calls", "Length", "Mood", "Agents talk", "Unanswered questions",
            *(["Rules kept"] if rules else []),
        ),
        rows=tuple(rows),
    )  # fmt: skip


def _searched(result: Looked) -> Reply:
    looked = f"{_calls(result.calls)}, the oldest of {result.since}"
    notes = ("By its words first, then by its meaning; times count from a call's beginning.",)
    if not result.moments:
        return Reply(
            text=f"I found nothing about “{_short(result.query)}” in {looked}.",
            notes=(_kept(result),),
        )
    exact = sum(each.exact for each in result.moments)
    how = f"{exact} with these words" if exact else "none with these very words"
    points = [
        Point(
            text=f"“{_short(each.text)}”",
            source=f"{each.speaker}, {clock(each.start)} in the call of {each.call}",
            link=each.link,
        )
        for each in result.moments
    ]
    count = len(points)
    return Reply(
        text=f"{count} moment{'s' * (count != 1)} ({how}). I searched {looked}.",
        points=tuple(points),
        notes=(*notes, _kept(result)),
    )


def _kept(result: Looked) -> str:
    return f"Calls of this channel are kept for {result.kept_days} days."


def _unit(days: int) -> str:
    return "day" if days <= BY_DAY else "week" if days <= BY_WEEK else "month"


def _label(span: Span, result: Looked) -> str:
    month = _unit(result.days) == "month"
    return f"{span.begins:%b %Y}" if month else f"{span.begins.day} {span.begins:%b}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _calls(count: int) -> str:
    return f"{count:,} call{'s' * (count != 1)}"


def _hours(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours:,} h {minutes} min" if hours else f"{minutes} min"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)} %"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _short(text: str) -> str:
    return f"{text[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …" if len(text) > LONGEST_QUOTE else text


skill = Calls()
