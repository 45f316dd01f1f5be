"""Moments: times that are told otherwise than by a day: a half, a week, seconds, "3 weeks ago".

A stretch of time counts from its first day. "Mar-25" is a month of 2025, as Excel shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?P<y>(?:19|20)\d\d|['’]\d\d)"
_QUARTER = r"(?:q|quarter |quarter)(?P<q>[1-4])"
_HALF = r"(?:h|half |hj ?|halbjahr )(?P<h>[12])"
_WEEK = r"(?:w|wk|week|kw|cw)[ .]{0,2}(?P<w>\d{1,2})"
_APART = r"[-/, ]{0,2}"
SPANS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_QUARTER}{_APART}{_YEAR}", rf"{_YEAR}{_APART}{_QUARTER}",
        rf"{_HALF}{_APART}{_YEAR}", rf"{_YEAR}{_APART}{_HALF}",
        rf"{_WEEK}{_APART}{_YEAR}", rf"{_YEAR}{_APART}{_WEEK}(?:-?[1-7])?",
    )
)  # fmt: skip
MONTH_OF = re.compile(
    rf"(?P<m>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?(?:[-/](?P<y>\d\d)| ?['’](?P<z>\d\d))", re.IGNORECASE
)
YEAR = re.compile(r"(?:fy ?|cy ?)?(20\d\d)(?:\.0)?", re.IGNORECASE)
EPOCH = re.compile(r"[12]\d{9}(?:\.\d{1,9})?|[12]\d{12}|[12]\d{15}")  # from 2001 to 2064
_COUNTS = ("a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
AGO = re.compile(
    rf"(?:edited |posted )?(?:about |over |almost )?(?P<n>\d{{1,3}}|{'|'.join(_COUNTS)})\+? ?"
    r"(?P<unit>second|sec|minute|min|hour|hr|day|week|wk|month|mo|year|yr|[smhdwy])s?\.? ago",
    re.IGNORECASE,
)
DAYS = {"d": 1.0, "w": 7.0, "mo": 30.44, "y": 365.25}
WORDS = {"today": 0, "just now": 0, "yesterday": 1, "last week": 7, "last month": 30}


def read_span(cell: str) -> date | None:
    """The first day of "Q1 2025", "H2 2024", "2025-W07", "KW 7/2025"."""
    found = next((match for each in SPANS if (match := each.fullmatch(cell))), None)
    if not found:
        return None
    parts = found.groupdict()
    year = _full(parts["y"])
    if parts.get("q"):
        return date(year, 3 * int(parts["q"]) - 2, 1)
    if parts.get("h"):
        return date(year, 6 * int(parts["h"]) - 5, 1)
    try:
        return date.fromisocalendar(year, int(parts["w"]), 1)
    except ValueError:
        return None


def read_year(cell: str) -> date | None:
    """The first day of "2024"."""
    return date(int(found[1]), 1, 1) if (found := YEAR.fullmatch(cell)) else None


def read_month(cell: str) -> date | None:
    """The first day of "Mar-25" and "Mar '25"."""
    if not (found := MONTH_OF.fullmatch(cell)):
        return None
    return date(_full(found["y"] or found["z"]), MONTHS.index(found["m"].lower()) + 1, 1)


def are_months(cells: Sequence[str]) -> bool:
    """Whether the numbers behind months are years: as days, they would be more than the months."""
    found = [month for cell in cells if (month := read_month(cell))]
    return len({each.year for each in found}) <= len({each.month for each in found})


def read_epoch(cell: str) -> date | None:
    """The day of seconds, milli- or microseconds since 1970."""
    if not EPOCH.fullmatch(cell):
        return None
    return datetime.fromtimestamp(int(cell[:10]), UTC).date()


def read_ago(cell: str, today: date) -> date | None:
    """The day of "3 weeks ago" and "yesterday", counted back from today."""
    if (back := WORDS.get(cell.casefold())) is not None:
        return today - timedelta(days=back)
    if not (found := AGO.fullmatch(cell)):
        return None
    count, unit = found["n"].lower(), found["unit"].lower()
    number = int(count) if count.isdigit() else max(1, _COUNTS.index(count) - 1)
    a_unit = DAYS.get(unit[:2] if unit[0] == "m" else unit[0], 0.0)  # hours, minutes: no days
    days = round(number * a_unit)
    return today - timedelta(days=min(days, today.toordinal() - 1))


def _full(year: str) -> int:
    """ "2025" and "'25"."""
    digits = year.lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
