"""Comments in bulk through the door: a CSV, a workbook, a pasted list; charts and the file back."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from urllib.request import Request, urlopen

import openpyxl

from bench.comments import make_comments
from local.installation import DEFAULT_BOT_TOKEN
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


def content(file: Json) -> bytes:
    token = {"Authorization": f"Bearer {DEFAULT_BOT_TOKEN}"}
    with urlopen(Request(file["url_private"], headers=token)) as answer:
        return bytes(answer.read())


def workbook(path: Path) -> None:
    """Write 60 comments of two months, every other one bad."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("id", "date", "comment"))
    for number in range(60):
        words = "It is terrible" if number % 2 else "I love it"
        sheet.append((number, datetime(2024, 5, 1) + timedelta(days=number), words))
    book.save(path)


def test_a_csv_is_answered_with_counts_charts_likes_and_the_file_back(office: Office) -> None:
    path = office.folder / "orders.csv"
    make_comments(path, rows=400)

    said, charts, file = shown(office, office.ada.upload("support", [path]))

    assert "400 comments" in said
    assert "Disliked most" in said
    assert [each["chart"]["type"] for each in charts] == ["pie", "line"]
    assert file["name"] == "orders with sentiment.csv"


def test_a_workbook_with_dates_is_answered_alike(office: Office) -> None:
    path = office.folder / "answers.xlsx"
    workbook(path)

    said, charts, file = shown(office, office.ada.upload("support", [path]))

    assert "60 comments: 50 % positive, 0 % neutral, 50 % negative" in said
    assert [each["chart"]["type"] for each in charts] == ["pie", "line"]
    assert file["name"] == "answers with sentiment.xlsx"


def test_the_workbook_that_comes_back_has_all_rows_with_their_sentiment(office: Office) -> None:
    path = office.folder / "replies.xlsx"
    workbook(path)

    _, _, file = shown(office, office.ada.upload("support", [path]))

    header, *rows = openpyxl.load_workbook(BytesIO(content(file))).active.values
    assert header == ("id", "date", "comment", "sentiment", "score")
    assert [(row[0], row[3], row[4] > 0) for row in rows] == [
        (number, "negative" if number % 2 else "positive", number % 2 == 0) for number in range(60)
    ]


def test_the_csv_that_comes_back_has_all_rows_as_they_were(office: Office) -> None:
    path = office.folder / "months.csv"
    make_comments(path, rows=60)

    _, _, file = shown(office, office.ada.upload("support", [path]))

    sent = list(csv.reader(StringIO(path.read_text(encoding="utf-8"))))
    header, *rows = csv.reader(StringIO(content(file).decode("utf-8-sig")))
    assert header == [*sent[0], "sentiment", "score"]
    assert [row[:3] for row in rows] == sent[1:]


def test_a_pasted_list_is_several_comments(office: Office) -> None:
    lines = ["I love it", "It is awful", "I hate it", "So good", "It is great", "It is terrible"]

    said = office.slash("/sentiment", "\n".join(lines))

    assert "6 comments: 50 % positive, 0 % neutral, 50 % negative" in said
    assert "Read as a list of 6 comments" in said


def test_where_slack_refuses_charts_they_come_as_pictures_beside_the_file(office: Office) -> None:
    office.workspace.faults(reject_blocks=["table", "data_table", "data_visualization"])
    path = office.folder / "reviews.csv"
    make_comments(path, rows=400)

    message = office.ada.upload("support", [path])
    said, charts, file = shown(office, message)

    replies = office.workspace.thread(message["channel"], message["ts"])[1:]
    pictures = [each for reply in replies for each in reply.get("files") or []][1:]
    assert charts == []
    assert "Disliked most" in said
    assert file["name"] == "reviews with sentiment.csv"
    assert [each["name"] for each in pictures] == [
        "comments by sentiment.png", "negative comments by month.png"
    ]  # fmt: skip
    assert all(each["alt_txt"] and content(each)[:4] == b"\x89PNG" for each in pictures)
