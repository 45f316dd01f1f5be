"""What the calls of a channel say together, in words: trends, or the moments that were searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.reply import Chart, Figure, Point, Reply, Section, Slice, Table
from skills.speech.subtitles import clock
from skills.telephone.trends import BY_DAY, BY_WEEK, Reason, Span, day_of
from skills.texts.shortened import shorten

LONGEST_QUOTE = 200


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


def say(result: Looked) -> Reply:
    """The answer."""
    return _searched(result) if result.query else _trends(result)


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
            text=f"{_calls(each.count)}: “{shorten(each.text, LONGEST_QUOTE)}”",
            source=f"{each.speaker}, {clock(each.start)}, {written(day_of(each.at))}",
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
            text=f"I found nothing about “{shorten(result.query, LONGEST_QUOTE)}” in {looked}.",
            notes=(_kept(result),),
        )
    exact = sum(each.exact for each in result.moments)
    how = f"{exact} with these words" if exact else "none with these very words"
    points = [
        Point(
            text=f"“{shorten(each.text, LONGEST_QUOTE)}”",
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
    days = f"{result.kept_days} day{'s' * (result.kept_days != 1)}"
    return f"Calls of this channel are kept for {days}; of older ones nothing is known."


def _unit(days: int) -> str:
    return "day" if days <= BY_DAY else "week" if days <= BY_WEEK else "month"


def _label(span: Span, result: Looked) -> str:
    month = _unit(result.days) == "month"
    return f"{span.begins:%b %Y}" if month else f"{span.begins.day} {span.begins:%b}"


def written(day: date) -> str:
    """A day as people write it."""
    return f"{day.day} {day:%b %Y}"


def _calls(count: int) -> str:
    return f"{count:,} call{'s' * (count != 1)}"


def _hours(seconds: float) -> str:
    if seconds < 59.5:
        return f"{round(seconds)} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours:,} h {minutes} min" if hours else f"{minutes} min"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)} %"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
