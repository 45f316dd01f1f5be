"""Forms that ask for good and bad in two columns; and the stars beside comments."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from core.reply import Reply
from skills.comments.judged_table import JudgedTable
from skills.comments.phrases import Phrases, tokens_of
from skills.decode.columns import find_asked, find_sides
from skills.decode.ratings import find_ratings
from skills.decode.tables import TableData
from skills.sentiment import skill
from skills.skill import Input

GOOD = ["The pool", "Friendly staff", "Breakfast", "I loved the view", "Location", "The garden"]
BAD = ["Parking", "Thin walls and a bad bed", "Parking", "The lift was broken", "Parking", "n/a"]
ANSWERS = [*zip(GOOD, BAD, strict=True)]


def table(good: str, bad: str, *, more: str = "id") -> TableData:
    rows = [(f"{n}", *pair) for n, pair in enumerate(ANSWERS)]
    return TableData(header=(more, good, bad), rows=rows)


@pytest.mark.parametrize(
    ("good", "bad"),
    [("What did you like?", "What did you dislike?"), ("Pros", "Cons"),
     ("What did we do well?", "What could we do better?"), ("Strengths", "Weaknesses"),
     ("What did you like most?", "What did you like least?"), ("best_thing", "worst_thing")],
)  # fmt: skip
def test_both_questions_are_read(good: str, bad: str) -> None:
    assert find_asked(table(good, bad)) == {1: 1, 2: -1}


@pytest.mark.parametrize(
    ("good", "bad"),
    [("What did you like or dislike?", "Anything else?"), ("Comment", "Answer of the staff"),
     ("Good or bad?", "Pros and cons")],
)  # fmt: skip
def test_other_questions_are_not_read_together(good: str, bad: str) -> None:
    assert find_sides(table(good, bad)) == {}


def test_a_column_that_is_wanted_is_read_alone() -> None:
    assert find_asked(table("Pros", "Cons"), wanted="cons") == {2: -1}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> JudgedTable:
    path: Path = tmp_path_factory.mktemp("sides") / "form.csv"
    lines = [f"2024-0{1 + n // 2}-11,{good},{bad}" for n, (good, bad) in enumerate(ANSWERS * 2)]
    path.write_text("\n".join(["Date,What did you like?,What did you dislike?", *lines]))
    [found] = skill.run(skill.load("cpu"), [Input(path=path, name=path.name)])
    assert isinstance(found, JudgedTable)
    return found


@pytest.fixture(scope="module")
def reply(judged: JudgedTable) -> Reply:
    return skill.render(judged)


def test_a_bare_word_takes_the_side_that_was_asked_for(judged: JudgedTable) -> None:
    assert judged.counts == {"positive": 12, "neutral": 0, "negative": 10}


def test_a_thing_named_below_what_is_bad_is_disliked(judged: JudgedTable) -> None:
    assert judged.study is not None
    parking = next(each for each in judged.study.aspects if each.name == "parking")

    assert (parking.comments, parking.disliked) == (6, 6)


def test_each_question_has_its_own_shares(reply: Reply) -> None:
    [section] = [each for each in reply.sections if each.title == "By question"]

    assert [each.text for each in section.points] == [
        "“What did you like?”: 12 answers, 100 % positive, 0 % negative.",
        "“What did you dislike?”: 10 answers, 0 % positive, 100 % negative.",
    ]


def test_an_answer_to_two_questions_begins_with_what_stands_out(reply: Reply) -> None:
    assert reply.text == (
        "22 answers to “What did you like?” and “What did you dislike?”. Most disliked: parking."
    )


def test_how_many_answered_which_question_is_no_chart(reply: Reply) -> None:
    assert (reply.chart, reply.charts) == (None, ())
    assert any(note.startswith("No trend: it would say") for note in reply.notes)


def test_the_file_has_a_label_for_each_answer(reply: Reply) -> None:
    [file] = reply.files
    [header, first, *_] = csv.reader(io.StringIO(file.content.decode()))

    assert header[3::3] == ["sentiment: What did you like?", "sentiment: What did you dislike?"]
    assert first[3::3] == ["positive", "negative"]


def test_both_answers_are_of_their_rows_date(judged: JudgedTable) -> None:
    assert judged.study is not None
    assert judged.study.trend is not None
    assert [each.comments for each in judged.study.trend.periods] == [4, 4, 3, 4, 4, 3]


STARS = [("I love it", "5"), ("I hate it, it is awful", "1")] * 4


@pytest.mark.parametrize(
    "cells", [("5", "1"), ("5/5", "1/5"), ("★★★★★", "★☆☆☆☆"), ("5 stars", "1.0")]
)
def test_stars_are_read_however_they_are_written(cells: tuple[str, str]) -> None:
    rows = [("I love it", cell) for cell in cells] * 4
    found = find_ratings(TableData(header=("comment", "Star Rating"), rows=rows))

    assert getattr(found, "stars", None) == [5, 1] * 4


def test_figures_that_are_no_stars_are_none() -> None:
    rows = [("I love it", f"{number}") for number in range(12)]

    assert find_ratings(TableData(header=("comment", "Rating"), rows=rows)) is None


def test_where_stars_and_words_disagree_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [
        f"{text}{stars}" for text, stars in [*((f"{a},", b) for a, b in STARS), ("I love it,", "1")]
    ]
    path.write_text(
        "\n".join(["comment,stars", *(line.replace("it, it", "it; it") for line in lines)])
    )
    [found] = skill.run(skill.load("cpu"), [Input(path=path, name="a.csv")])

    assert (
        "Beside “stars”: 5 have 1 or 2 stars, and 1 of them reads as positive (row 10); 4 have 4 "
        "or 5, and none of them reads as negative."
    ) in skill.render(found).notes


def test_a_word_that_is_a_whole_answer_is_a_thing() -> None:
    comments = ["Breakfast", "Breakfast ends early", "breakfast."]
    phrases = Phrases(comments, naming=[0, 1, 2])

    assert [phrases.of(tokens_of(each)) for each in comments] == [{"breakfast"}] * 3
