"""Tables as other programs export them: forms, surveys, review sites, help desks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from skills.comments.judged_table import JudgedTable
from skills.comments.judgement import judge
from skills.decode.annotate import annotate, columns_for
from skills.decode.bare import bare
from skills.decode.columns import find_text_column
from skills.decode.tables import TableData, read_table
from skills.models.sentiment_model import SentimentModel
from skills.sentiment import skill
from skills.skill import Input


@pytest.fixture(scope="module")
def model() -> SentimentModel:
    return skill.load("cpu")


def read(folder: Path, text: str) -> TableData:
    path = folder / "a.csv"
    path.write_text(text)
    return read_table(path)


def book(path: Path, *sheets: list[list[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def judged(model: SentimentModel, path: Path) -> JudgedTable:
    [found] = skill.run(model, [Input(path=path, name=path.name)])
    assert isinstance(found, JudgedTable)
    return found


LIKED = "What did you like or dislike about your stay with us?"
ANSWERS = ("The room was lovely", "Breakfast was cold and late", "I loved the view of the sea") * 4


def test_a_forms_questions_are_the_names_of_its_columns(tmp_path: Path) -> None:
    lines = [f"11/{day}/2024 9:00:00,{text}" for day, text in enumerate(ANSWERS, start=1)]
    table = read(tmp_path, f"Timestamp,{LIKED}\n" + "\n".join(lines))

    assert (table.header, len(table.rows)) == (("Timestamp", LIKED), 12)


def test_a_question_alone_above_its_answers_is_their_name(tmp_path: Path) -> None:
    table = read(tmp_path, f"{LIKED}\n" + "\n".join(ANSWERS))

    assert (table.header, len(table.rows)) == ((LIKED,), 12)


def test_questions_among_questions_are_comments(tmp_path: Path) -> None:
    table = read(tmp_path, "How do I change my PIN?\n" * 3 + "I like the new app a lot\n" * 9)

    assert (table.named, len(table.rows)) == (False, 12)


SURVEY = [
    "Respondent,Date,What did you like most about us?,What can we do better?",
    ",,Open-Ended Response,Open-Ended Response",
    *(
        f"{n},2024-05-{n + 10},{text},Nothing at all comes to mind"
        for n, text in enumerate(ANSWERS)
    ),
]


def test_a_surveys_second_line_of_names_is_no_comment(tmp_path: Path) -> None:
    table = read(tmp_path, "\n".join(SURVEY))

    assert (table.header[2], len(table.rows)) == ("What did you like most about us?", 12)


GROUPED: list[list[Any]] = [
    ["Staff survey 2024"],
    [],
    ["Person", None, "Answers", None],
    ["ID", "Team", "What do you like?", "Score"],
    *([number, "Sales", text, 5] for number, text in enumerate(ANSWERS)),
]


def test_names_below_merged_cells_are_the_names(tmp_path: Path) -> None:
    table = read_table(book(tmp_path / "a.xlsx", GROUPED))

    assert (table.header, len(table.rows)) == (("ID", "Team", "What do you like?", "Score"), 12)


def test_the_new_columns_are_named_where_the_others_are(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", GROUPED)
    table = read_table(path)
    content, _ = annotate(path, columns_for(table, ["sentiment"], [("positive",)] * 12))
    (tmp_path / "b.xlsx").write_bytes(content)

    rows = list(openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0].values)
    assert [row[-1] for row in rows[3:6]] == ["sentiment", "positive", "positive"]


def test_a_first_row_with_a_gap_is_no_second_line_of_names(tmp_path: Path) -> None:
    table = read(tmp_path, "id,stars,text\n1,,Good value\n2,5,Great\n3,4,Fine\n4,1,Bad\n5,2,Poor\n")

    assert len(table.rows) == 5


def test_a_row_is_quoted_by_its_number_in_the_spreadsheet(
    tmp_path: Path, model: SentimentModel
) -> None:
    found = judged(model, book(tmp_path / "a.xlsx", GROUPED))

    assert [row.number for row in found.rows] == list(range(5, 17))


NOTES: list[list[Any]] = [["This book holds the reviews."], ["See the second sheet."]]
REVIEWS: list[list[Any]] = [["id", "review"], *([n, text] for n, text in enumerate(ANSWERS))]


def test_a_page_of_notes_in_front_is_not_taken_for_the_table(tmp_path: Path) -> None:
    assert len(read_table(book(tmp_path / "a.xlsx", NOTES, REVIEWS)).rows) == 12


def test_a_hidden_sheet_in_front_is_not_read(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["List", "of", "choices"]] * 9, REVIEWS)
    made = openpyxl.load_workbook(path)
    made.worksheets[0].sheet_state = "hidden"
    made.active = 1
    made.save(path)

    assert read_table(path).header == ("id", "review")


def test_the_sheet_that_was_read_gets_the_columns_and_the_others_stay(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", NOTES, REVIEWS)
    content, _ = annotate(path, columns_for(read_table(path), ["sentiment"], [("neutral",)] * 12))
    (tmp_path / "b.xlsx").write_bytes(content)

    notes, reviews = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets
    assert [row[0] for row in notes.values] == [row[0] for row in NOTES]
    assert [row[2] for row in reviews.values] == ["sentiment", *["neutral"] * 12]


PROS = [
    "id,pros,cons",
    *(f"{n},{text} on day {n},The pay is low for job {n}" for n, text in enumerate(ANSWERS)),
]


def test_of_several_columns_with_text_the_others_are_named(
    tmp_path: Path, model: SentimentModel
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(PROS).replace("pros,cons", "job,company"))

    found = judged(model, path)

    assert found.others in (("job",), ("company",))
    assert any("holds text, too, and was not read" in note for note in skill.render(found).notes)


def test_what_kind_of_feedback_it_is_is_not_the_feedback(tmp_path: Path) -> None:
    rows = [f"Feature request,{text}" for text in ANSWERS]
    table = read(tmp_path, "\n".join(["Feedback Type,Details", *rows]))

    assert table.header[find_text_column(table)] == "Details"


def test_english_about_foreign_dishes_is_english(model: SentimentModel) -> None:
    assert model.understands("The crème brûlée was awful")


def test_ids_of_letters_and_figures_are_no_text(tmp_path: Path, model: SentimentModel) -> None:
    path = tmp_path / "a.csv"
    rows = [f"a{n}f-bc{n}d-9e{n}a,{text}" for n, text in enumerate(ANSWERS)]
    path.write_text("\n".join(["Review Id,Review Content", *rows]))

    assert judged(model, path).others == ()


def test_a_column_that_was_asked_for_is_not_doubted(tmp_path: Path, model: SentimentModel) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(PROS))
    [found] = skill.run(model, [Input(path=path, name="a.csv", options={"column": "cons"})])

    assert isinstance(found, JudgedTable)
    assert (found.column, found.others) == ("cons", ())


@pytest.mark.parametrize(
    ("cell", "said"),
    [("It&#39;s <b>fine</b><br>Thanks &amp; bye", "It's fine\nThanks & bye"),
     ("<p>Good</p>", "Good"), ("I <3 it", "I <3 it"), ("a < b > c", "a < b > c"),
     ("R&D", "R&D"), ("<a href='x'>here</a>", "here"), ("<U123> wrote", "<U123> wrote")],
)  # fmt: skip
def test_html_that_an_export_left_is_not_read_aloud(cell: str, said: str) -> None:
    assert bare(cell) == said


def test_what_gets_people_past_a_field_is_no_comment(tmp_path: Path, model: SentimentModel) -> None:
    path = tmp_path / "a.csv"
    path.write_text("comment\nI love it\nNothing.\nN/A\nNothing works any more\nnone\n")

    found = judged(model, path)

    assert [row.skipped for row in found.rows] == ["", "no answer", "no answer", "", "no answer"]


@pytest.mark.parametrize(
    ("text", "label"),
    [("1 star", "negative"), ("0/10", "negative"), ("One star from me", "negative"),
     ("10/10", "positive"), ("5 stars", "positive")],
)  # fmt: skip
def test_a_grade_alone_is_a_judgement(text: str, label: str, model: SentimentModel) -> None:
    [found] = judge(model, [text])

    assert getattr(found, "label", found) == label


def test_the_comment_column_is_found_among_urls_ids_and_replies(tmp_path: Path) -> None:
    header = "Review Id,Stars,Review Title,Review Content,Review URL,Company Reply Text"
    reply = "Dear customer; thank you so much for your review; we hope to see you again soon"
    rows = [f"{n}a,5,Good,{text},https://x.y/{n},{reply}" for n, text in enumerate(ANSWERS)]
    table = read(tmp_path, "\n".join([header, *rows]))

    assert table.header[find_text_column(table)] == "Review Content"


@pytest.mark.parametrize("name", ["Agent reply", "Internal comments", "Response from the owner"])
def test_what_we_answered_is_not_what_customers_said(tmp_path: Path, name: str) -> None:
    reply = "Dear customer; thank you for your message; we have told the team in charge"
    rows = [f"{reply} {n},{text}" for n, text in enumerate(ANSWERS)]
    table = read(tmp_path, "\n".join([f"{name},What they said", *rows]))

    assert table.header[find_text_column(table)] == "What they said"


def test_a_code_of_words_without_a_space_is_no_sentence(tmp_path: Path) -> None:
    rows = [f"ORDER-OF-THE-CENTRAL-WAREHOUSE-{n},{text} {n}" for n, text in enumerate(ANSWERS)]
    table = read(tmp_path, "\n".join(["Reference,What they said", *rows]))

    assert table.header[find_text_column(table)] == "What they said"


def test_a_long_name_that_comes_again_in_every_row_is_no_comment(tmp_path: Path) -> None:
    product = "Acme blender of stainless steel with two cups and a recipe book"
    rows = [f"{n},{product},{text} {n}" for n, text in enumerate(ANSWERS)]
    table = read(tmp_path, "\n".join(["No,Bought item,What they said", *rows]))

    assert table.header[find_text_column(table)] == "What they said"
