"""Dates: which column of a table holds them, and how they are written, decided from the data.

"03/04/2024" is the third of April where some other cell has a day above 12 in front, and the fourth
of March where one has it behind; where none has, the order in which the rows are sorted decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from core.errors import UserError
from skills.decode.columns import place_of
from skills.decode.moments import (
    MONTHS,
    are_months,
    read_ago,
    read_epoch,
    read_month,
    read_span,
    read_year,
)
from skills.decode.tables import TableData
from skills.decode.totals import find_totals

TITLE = re.compile(
    r"(?:^|[^a-z])(?:date|day|time|when|created|posted|submitted|timestamp|month|received|sent|at"
    r"|updated?|epoch|week|quarter|half|year|period|datum|zeit|monat|woche|quartal|halbjahr|jahr)"
    r"(?:[^a-z]|$)",
    re.IGNORECASE,
)
# Names of nothing but dates: "time" may be one that something took.
CERTAIN = re.compile(
    r"(?:^|[^a-z])(?:dates?|datum|created|posted|submitted|timestamp|month|week|quarter|monat|woche"
    r"|quartal)(?:[^a-z]|$)",
    re.IGNORECASE,
)
# Dates of the person or the contract, and not of what was said.
OF_OTHERS = re.compile(
    r"birth|(?:^|[^a-z])(?:dob|born|model|since(?! epoch)|hired?|joined|joining|due|expir\w*"
    r"|renewal)(?:[^a-z]|$)",
    re.IGNORECASE,
)
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ].{0,40})?")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:[,T ].{0,40})?")
NAMED = re.compile(
    r"(?:[a-z]{3,9},? )?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?[-. ]{1,2}(?P<m1>[a-z]{3,9})"
    r"|(?P<m2>[a-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?)[-,. ]{1,2}(?P<y>\d{4}|\d\d)"
    r"(?:[,T ].{0,40})?",
    re.IGNORECASE,
)
MONTH = re.compile(
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?[- ](\d{4})",
    re.IGNORECASE,
)
INTRODUCED = re.compile(r"reviewed (?:in [^\d,]{1,60} )?on ", re.IGNORECASE)  # Amazon's
SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d{1,12})?")  # days since 1900, as Excel exports them
EXCEL_BEGINS = date(1899, 12, 30)
OLDEST, LATEST = 1990, 2100
SAMPLE, LOOKED_AT, LONGEST = 2_000, 200, 60
MOSTLY = 0.9
FEWEST = 4

Reader = Callable[[str], date | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Dates:
    """The dates of a table's rows (None: none there), and the column; `order` as it was understood.

    `order` is "" unless days and months had to be told apart, `guessed` when nothing decided it.
    `ago` when they were counted back from today.
    """

    column: str
    days: list[date | None]
    order: str = ""
    guessed: bool = False
    ago: bool = False


def find_dates(
    table: TableData, *, wanted: str = "", but: Collection[int] = (), today: date | None = None
) -> Dates | None:
    """The dates of the best column (none of those at `but`); None when no column holds any.

    Dates of birth and the like are only read where they are wanted.

    Raises UserError when the wanted column is not there or holds none.
    """
    today = today or date.today()
    table = _without_totals(table)
    if wanted:
        place = place_of(table, wanted)
        found = _read_column(table, place, titled=True, yearly=True, today=today)
        if found is None:
            raise UserError(
                f"I can read no dates in the column “{table.header[place][:40]}”: write them as "
                "2024-05-31, and ask again."
            )
        return found
    titles = [_apart(title) for title in table.header]
    titled = [bool(TITLE.search(title)) for title in titles]
    places = [place for place, title in enumerate(titles) if not OF_OTHERS.search(title)]
    places = [place for place in places if place not in but]
    for place in sorted(places, key=lambda place: not titled[place]):
        if found := _read_column(table, place, titled=titled[place], today=today):
            return found
    # Years alone say least: they count where no column says more.
    for place in (place for place in places if titled[place]):
        if found := _read_column(table, place, titled=True, yearly=True, today=today):
            return found
    return None


def _without_totals(table: TableData) -> TableData:
    """The table with nothing in the rows that add up the others: "Total" is no date."""
    totals, nothing = find_totals(table), ("",) * len(table.header)
    rows = [nothing if at in totals else row for at, row in enumerate(table.rows)]
    return replace(table, rows=rows) if totals else table


def find_unread(table: TableData, *, but: Collection[int] = ()) -> str:
    """The name of a column that should hold dates by its name; "" when none does.

    Only of a table in which `find_dates` found none.
    """
    for place, title in enumerate(table.header):
        named = CERTAIN.search(_apart(title)) and not OF_OTHERS.search(_apart(title))
        cells = [row[place] for row in table.rows[:SAMPLE] if row[place]]
        if named and place not in but and cells:
            return title
    return ""


def _apart(title: str) -> str:
    """ "createdAt" in words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title[:100])


def _read_column(
    table: TableData, place: int, *, titled: bool, yearly: bool = False, today: date
) -> Dates | None:
    cells = [INTRODUCED.sub("", row[place][:LOOKED_AT], count=1).strip() for row in table.rows]
    cells = [cell[:LONGEST] for cell in cells]
    some = [cell for cell in cells if cell][:SAMPLE]
    if len(some) < FEWEST:
        return None
    order, guessed = _order(some)
    reader = _reader(order, titled=titled, monthly=are_months(some), yearly=yearly, today=today)
    read = sum(reader(cell) is not None for cell in some)
    if read < MOSTLY * len(some):
        return None
    days = [reader(cell) for cell in cells]
    said = order if any(map(NUMBERS.fullmatch, some)) else ""
    return Dates(
        column=table.header[place],
        days=days,
        order=said,
        guessed=guessed and bool(said),
        ago=any(read_ago(cell, today) for cell in some),
    )


def _order(cells: Sequence[str]) -> tuple[str, bool]:
    """ "day/month" or "month/day", and whether that is a guess."""
    found = [match for cell in cells if (match := NUMBERS.fullmatch(cell))]
    first = sum(int(match[1]) > 12 for match in found)
    second = sum(int(match[3]) > 12 for match in found)
    if first != second:
        return ("day/month" if first > second else "month/day"), False
    if any(match[2] == "." for match in found):
        return "day/month", False
    kept = {
        order: _disorder(map(_reader(order, titled=True), cells))
        for order in ("day/month", "month/day")
    }
    if kept["day/month"] != kept["month/day"]:
        return min(kept, key=lambda order: kept[order]), True
    return "month/day", True


def _disorder(days: Iterable[date | None]) -> tuple[int, int]:
    """How often neighbours change direction, and over how many days they go: less is likelier."""
    known = [day for day in days if day]
    steps = [(b - a).days for a, b in pairwise(known) if a != b]
    turns = sum((a > 0) != (b > 0) for a, b in pairwise(steps))
    return turns, (max(known) - min(known)).days if known else 0


def _reader(
    order: str,
    *,
    titled: bool,
    monthly: bool = False,
    yearly: bool = False,
    today: date | None = None,
) -> Reader:
    """Reads one cell; bare numbers are dates only below a title that says so."""

    def read(cell: str) -> date | None:
        if span := read_span(cell):
            return span
        if found := ISO.fullmatch(cell):
            return _day(found[1], found[2], found[3] or "1")
        if found := NUMBERS.fullmatch(cell):
            day, month = (found[1], found[3]) if order == "day/month" else (found[3], found[1])
            return _day(found[4], month, day)
        if found := NAMED.fullmatch(cell):
            return _day(found["y"], _month(found["m1"] or found["m2"]), found["d1"] or found["d2"])
        if found := MONTH.fullmatch(cell):
            return _day(found[2], _month(found[1]), "1")
        if titled and (found := COMPACT.fullmatch(cell)):
            return _day(*found.groups())
        if titled and SERIAL.fullmatch(cell):
            return EXCEL_BEGINS + timedelta(days=int(float(cell)))
        return (
            (read_epoch(cell) if titled else None)
            or (read_month(cell) if monthly else None)
            or (read_year(cell) if yearly else None)
            or (read_ago(cell, today) if today else None)
        )

    return read


def _month(name: str) -> str:
    """Its number; "0", which is no month, for another word."""
    short = name[:3].lower()
    return str(MONTHS.index(short) + 1 if short in MONTHS else 0)


def _day(year: str, month: str, day: str) -> date | None:
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900)
    if not OLDEST <= full <= LATEST:
        return None
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
