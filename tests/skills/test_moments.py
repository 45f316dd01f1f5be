"""Times that are told otherwise than by a day: quarters, weeks, seconds, and "3 weeks ago"."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from skills.decode.dates import find_dates, find_unread
from skills.decode.tables import TableData
from tests.skills.growth import LINEAR, SHAPES, growth

TODAY = date(2025, 3, 31)


def table(*cells: str, title: str = "date") -> TableData:
    rows = [(cell, "I like it a lot") for cell in cells]
    return TableData(header=(title, "comment"), rows=rows)


def dates(*cells: str, title: str = "date") -> Any:
    return find_dates(table(*cells, title=title), but=[1], today=TODAY)


@pytest.mark.parametrize(
    "cells",
    [("Q1 2024", "Q2 2024", "Q3 2024", "Q1 2025"), ("2024-Q1", "2024 Q2", "2024Q3", "2025/Q1"),
     ("Q1/2024", "q2'24", "Quarter 3 2024", "Q1, 2025")],
)  # fmt: skip
def test_a_quarter_counts_from_its_first_day(cells: tuple[str, ...]) -> None:
    assert dates(*cells, title="n").days == [
        date(2024, 1, 1), date(2024, 4, 1), date(2024, 7, 1), date(2025, 1, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        ("2025-W07", "2025-W08", "2025-W09", "2025-W10"),
        ("2025W07", "W8 2025", "2025-W09-1", "W10/2025"),
        ("KW 7 2025", "Week 8, 2025", "CW09/2025", "KW 10/2025"),
    ],
)
def test_a_week_counts_from_its_monday(cells: tuple[str, ...]) -> None:
    assert dates(*cells, title="n").days == [
        date(2025, 2, 10), date(2025, 2, 17), date(2025, 2, 24), date(2025, 3, 3)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [("H1 2024", "H2 2024", "H1 2025", "H2 2025"), ("2024-H1", "2024H2", "H1'25", "Half 2 2025")],
)
def test_a_half_counts_from_its_first_day(cells: tuple[str, ...]) -> None:
    assert dates(*cells, title="n").days == [
        date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1), date(2025, 7, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "read"), [("Year", True), ("Jahr", True), ("Model year", False), ("Seats", False)]
)
def test_years_alone_are_dates_below_a_title_that_says_so(title: str, read: bool) -> None:
    assert (dates("2021", "2022", "FY2023", "2024", title=title) is not None) is read


def test_a_column_of_days_comes_before_one_of_years() -> None:
    rows = [("2024", "nice", f"2024-03-0{day}") for day in range(1, 5)]
    found: Any = find_dates(TableData(header=("Year", "comment", "Date"), rows=rows), but=[1])

    assert found.column == "Date"


def test_a_month_as_a_spreadsheet_shows_it_is_of_that_year() -> None:
    assert dates("Nov-24", "Dec-24", "Jan-25", "Mar '25", title="n").days == [
        date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1), date(2025, 3, 1)
    ]  # fmt: skip


def test_days_of_a_month_without_a_year_are_no_years() -> None:
    assert dates("Mar-11", "Mar-12", "Mar-13", "Mar-14") is None


@pytest.mark.parametrize("more", ["", "000", "000000", ".250"])
def test_seconds_since_1970_are_dates_below_a_title_that_says_so(more: str) -> None:
    cells = [f"{1740787200 + 86400 * day}{more}" for day in range(4)]

    assert dates(*cells, title="createdAt").days == [date(2025, 3, day) for day in (1, 2, 3, 4)]
    assert dates(*cells, title="phone") is None


def test_the_epoch_is_no_other_date() -> None:
    cells = [f"{1740787200000 + day}" for day in range(4)]

    assert dates(*cells, title="Review Last Update Millis Since Epoch") is not None


def test_how_long_ago_it_was_is_counted_back_from_today() -> None:
    found = dates("an hour ago", "yesterday", "3 weeks ago", "2 months ago", title="n")

    assert (found.ago, found.days) == (
        True, [TODAY, date(2025, 3, 30), date(2025, 3, 10), date(2025, 1, 29)]
    )  # fmt: skip


def test_how_long_ago_it_was_may_be_short() -> None:
    assert dates("5h ago", "5d ago", "2w ago", "2mo ago", "1y ago", title="n").days == [
        TODAY, date(2025, 3, 26), date(2025, 3, 17), date(2025, 1, 29), date(2024, 3, 31)
    ]  # fmt: skip


def test_a_column_of_dates_that_nobody_can_read_is_named() -> None:
    given = table("Mar-11", "Mar-12", "Mar-13", "Mar-14", title="Posted on")

    assert find_unread(given, but=[1]) == "Posted on"


@pytest.mark.parametrize("title", ["Resolution time", "What do you like at work?", "Member since"])
def test_a_column_of_something_else_is_no_column_of_dates(title: str) -> None:
    assert find_unread(table("a", "b", "c", "d", title=title), but=[1]) == ""


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_cell_costs_no_time(shape: str) -> None:
    def work(text: str) -> object:
        return dates(text, text, text, text)

    assert growth(work, shape, size=10_000) < LINEAR
