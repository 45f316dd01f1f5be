"""Comments in bulk through the door: a CSV, a workbook, a pasted list; charts and the file back."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from bench.comments import make_comments
from local.shapes import Json
from tests.door.conftest import Office


def shown(office: Office, message: Json) -> tuple[str, list[Json], Json]:
    """The answer in words, its charts, and the file below it."""
    said = office.answer(message)

    def attached() -> Json | None:
        replies = office.workspace.thread(message["channel"], message["ts"])[1:]
        return next((each for reply in replies for each in reply.get("files") or []), None)

    file = office.workspace.wait_for(attached, 30.0)
    assert file is not None
    replies = office.workspace.thread(message["channel"], message["ts"])[1:]
    blocks = [block for reply in replies for block in reply.get("blocks") or []]
    return said, [each for each in blocks if each["type"] == "data_visualization"], file


def test_a_csv_is_answered_with_counts_charts_likes_and_the_file_back(office: Office) -> None:
    path = office.folder / "orders.csv"
    make_comments(path, rows=400)

    said, charts, file = shown(office, office.ada.upload("support", [path]))

    assert "400 comments" in said
    assert "Disliked most" in said
    assert [each["chart"]["type"] for each in charts] == ["pie", "line"]
    assert file["name"] == "orders with sentiment.csv"


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["id", "comment"], [1, "I love it"], [2, "=1+1 is awful"], [3, "It is terrible"]):
        sheet.append(row)
    sheet["B3"].data_type = "s"
    book.save(path)
    return path


def test_a_workbook_comes_back_as_a_workbook(office: Office) -> None:
    path = workbook(office.folder / "answers.xlsx")

    said, charts, file = shown(office, office.ada.upload("support", [path]))

    assert "3 comments" in said
    assert [each["chart"]["type"] for each in charts] == ["pie"]
    assert file["name"] == "answers with sentiment.xlsx"


def test_a_pasted_list_is_several_comments(office: Office) -> None:
    said = office.slash("/sentiment", "- I love it\n- It is awful\n- I hate it")

    assert "3 comments: 33 % positive" in said
    assert "Read as a list of 3 comments" in said
