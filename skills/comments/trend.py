"""A trend: the share of negative comments by day, week, month, quarter, half-year or year.

The unit is the finest that gives at most twenty points; a period without comments is left out, one
with few is marked, because a share of three comments says nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt

FEWEST, MOST = 4, 20
FEW = 10  # comments of a period
USUAL = 15  # comments of the middle period, for which a coarser unit is worth while
CHANGE = 0.08
SURE = 2.0  # standard errors: by chance alone a change is larger in one of twenty tables


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A stretch of time: its first day, how it is shown, and its comments."""

    start: str
    label: str
    comments: int
    negative: int
    mean: float

    @property
    def share(self) -> float:
        return self.negative / self.comments


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """Comments by `unit` ("week"), in order; `undated` comments had no date that could be read."""

    column: str
    unit: str
    periods: tuple[Period, ...]
    undated: int
    order: str = ""
    guessed: bool = False
    ago: bool = False


def _day(day: date) -> date:
    return day


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


def _quarter(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _half(day: date) -> date:
    return date(day.year, 1 if day.month < 7 else 7, 1)


def _year(day: date) -> date:
    return date(day.year, 1, 1)


UNITS: dict[str, Callable[[date], date]] = {
    "day": _day, "week": _week, "month": _month, "quarter": _quarter,
    "half-year": _half, "year": _year,
}  # fmt: skip


def find_trend(
    column: str,
    judged: Sequence[tuple[date | None, str, float]],
    *,
    order: str = "",
    guessed: bool = False,
    ago: bool = False,
) -> Trend | None:
    """The trend of (day, label, score) rows; None when there are fewer than four periods."""
    dated = [(day, label, score) for day, label, score in judged if day is not None]
    fitting = []
    too_fine = _too_fine({day for day, _, _ in dated})
    for unit, start_of in UNITS.items():
        if unit in too_fine:
            continue
        counts = Counter(start_of(day) for day, _, _ in dated)
        if FEWEST <= len(counts) <= MOST:
            usual = sorted(counts.values())[len(counts) // 2]
            fitting.append((unit, usual, _missing(sorted(counts), unit) <= len(counts)))
    if not fitting:
        return None
    # Twelve surveys a year are months, and not twelve days far apart.
    fitting = [each for each in fitting if each[2]] or fitting
    unit = next((unit for unit, usual, _ in fitting if usual >= USUAL), fitting[0][0])
    together: defaultdict[date, list[tuple[str, float]]] = defaultdict(list)
    for day, label, score in dated:
        together[UNITS[unit](day)].append((label, score))
    years = len({day.year for day in together}) > 1
    periods = tuple(
        Period(
            start=start.isoformat(),
            label=_shown(start, unit, years=years),
            comments=len(rows),
            negative=sum(label == "negative" for label, _ in rows),
            mean=round(sum(score for _, score in rows) / len(rows), 3),
        )
        for start, rows in sorted(together.items())
    )
    return Trend(
        column=column, unit=unit, periods=periods, undated=len(judged) - len(dated),
        order=order, guessed=guessed, ago=ago,
    )  # fmt: skip


def _too_fine(days: set[date]) -> set[str]:
    """Units below the one that was written: "H1 2025" and "2025" were read as their first days.

    Halves are only for who wrote halves.
    """
    if len(days) < FEWEST or days != {_half(day) for day in days}:
        return {"half-year"}
    finer = {"day", "week", "month", "quarter"}
    return finer | {"half-year"} if days == {_year(day) for day in days} else finer


def _shown(start: date, unit: str, *, years: bool) -> str:
    """As short as can be told apart: "6 May", "6 May 24", "May 2024", "2024 H1", "2024"."""
    month = start.strftime("%b")
    if unit == "year":
        return str(start.year)
    if unit == "quarter":
        return f"{start.year} Q{start.month // 3 + 1}"
    if unit == "half-year":
        return f"{start.year} H{start.month // 6 + 1}"
    if unit == "month":
        return f"{month} {start.year}" if years else month
    return f"{start.day} {month}" + (f" {start.year % 100:02}" if years else "")


def gaps(trend: Trend) -> int:
    """How many periods between the first and the last have no comment."""
    return _missing([date.fromisoformat(period.start) for period in trend.periods], trend.unit)


def _missing(days: Sequence[date], unit: str) -> int:
    step = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half-year": 183, "year": 366}[unit]
    return sum(max(0, round((b - a).days / step) - 1) for a, b in pairwise(days))


def wording(trend: Trend) -> str:
    """What the line says, from the first half to the second."""
    solid = [each for each in trend.periods if each.comments >= FEW] or list(trend.periods)
    half = len(solid) // 2
    if half == 0:
        return ""
    before, after = _share(solid[:half]), _share(solid[-half:])
    change = after - before
    halves = f"{before:.0%} in the first half, {after:.0%} in the second"
    if abs(change) <= CHANGE:
        return f"Negative comments over time: about the same ({halves})."
    if abs(change) < SURE * _error(solid[:half], solid[-half:]):
        return f"Negative comments over time: no clear change ({halves})."
    return f"Negative comments {'rose' if change > 0 else 'fell'} over time: {halves}."


def _share(periods: Sequence[Period]) -> float:
    return sum(each.negative for each in periods) / sum(each.comments for each in periods)


def _error(before: Sequence[Period], after: Sequence[Period]) -> float:
    """By how much two halves differ through chance alone (the standard error of the difference)."""
    share = _share([*before, *after])
    counts = [sum(each.comments for each in half) for half in (before, after)]
    return sqrt(share * (1 - share) * sum(1 / count for count in counts))
