"""What stands in a column of comments and is none: totals, and words to get past a field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from skills.comments.judged_table import JudgedTable
from skills.comments.no_answer import is_no_answer
from skills.decode.dates import find_dates
from skills.decode.tables import TableData
from skills.decode.totals import find_totals
from skills.sentiment import skill
from skills.skill import Input
from tests.skills.growth import LINEAR, SHAPES, growth

ROWS = [
    (text, "2024 Q1", "5") for text in ("I like it", "Average", "Too loud", "Total rubbish")
] * 3


def totals(*closing: tuple[str, str, str]) -> int:
    rows = [*ROWS, *closing]
    return len(find_totals(TableData(header=("comment", "quarter", "stars"), rows=rows)))


@pytest.mark.parametrize(
    "row",
    [("Total", "", "60"), ("Grand total (12 reviews)", "", "60"), ("Average rating: 3.8", "", ""),
     ("Summe", "", "60"), ("Durchschnitt", "", "3,8"), ("", "Average", "3.8"), ("n = 12", "", ""),
     ("Source: export of 3 May 2024", "", "")],
)  # fmt: skip
def test_a_row_that_adds_up_the_others_is_a_total(row: tuple[str, str, str]) -> None:
    assert totals(row) == 1


@pytest.mark.parametrize(
    "row",
    [("Average", "2024 Q1", "3"), ("Total waste of money", "", "1"), ("Mean staff", "", ""),
     ("Source of joy", "2024 Q1", "5")],
)  # fmt: skip
def test_a_comment_at_the_end_is_no_total(row: tuple[str, str, str]) -> None:
    assert totals(row) == 0


def test_several_rows_at_the_end_are_totals() -> None:
    assert totals(("Total", "", "60"), ("Average", "", "5"), ("Source: our shop", "", "")) == 3


def test_a_total_between_comments_is_left_alone() -> None:
    assert totals(("Total", "", "60"), ("I like it", "2024 Q2", "5")) == 0


def test_totals_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("comment,stars\n" + "I love it,5\n" * 5 + "Total,25\nAverage,4.9\n")
    [found] = skill.run(skill.load("cpu"), [Input(path=path, name="a.csv")])

    assert isinstance(found, JudgedTable)
    assert (found.counts["positive"], found.skipped) == (5, 2)
    assert "2 rows left out: 2 totals." in skill.render(found).notes


def test_a_total_below_few_dates_does_not_hide_them() -> None:
    rows = [(f"2024-0{month}-03", "I like it") for month in range(1, 6)]
    table = TableData(header=("date", "comment"), rows=[*rows, ("Total", "")])
    found = find_dates(table)

    assert found is not None
    assert (found.days[0], found.days[-1]) == (date(2024, 1, 3), None)


def test_a_total_below_two_answers_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    answers = "".join(f"{n},I love the room {n},The food was bad on day {n}\n" for n in range(1, 9))
    path.write_text(f"id,What did you like?,What should we change?\n{answers}Total,,\n")
    [found] = skill.run(skill.load("cpu"), [Input(path=path, name="a.csv")])

    assert isinstance(found, JudgedTable)
    assert len(found.columns) == 2
    assert "1 row left out: 1 total." in skill.render(found).notes


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        "n.a.",
        "None that I can think of",
        "nothing to report",
        "Not really",
        "same as above",
        "No comments at this time",
        "Can't think of anything",
        "[blank]",
        "#N/A",
        "k.A.",
        "keine",
        "x",
    ],
)
def test_words_to_get_past_a_field_are_no_answer(text: str) -> None:
    assert is_no_answer(text)


@pytest.mark.parametrize(
    "text",
    ["Nothing works any more", "Not good", "No wifi", "No complaints", "No answer to my mail",
     "nothing but praise", "tested", "No response"],
)  # fmt: skip
def test_short_comments_are_answers(text: str) -> None:
    assert not is_no_answer(text)


@pytest.mark.parametrize("text", ["No complaints", "no issues so far", "Nothing to complain about"])
def test_no_complaints_is_no_answer_only_where_complaints_were_asked_for(text: str) -> None:
    assert (is_no_answer(text), is_no_answer(text, of_faults=True)) == (False, True)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_cell_costs_no_time(shape: str) -> None:
    def work(text: str) -> object:
        return is_no_answer(text), totals((text, "", ""))

    assert growth(work, shape, size=10_000) < LINEAR
