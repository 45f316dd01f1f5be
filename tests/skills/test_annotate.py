"""The table given back: the same file, letter for letter, with columns on the right."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.errors import UserError
from skills.decode.annotate import annotate, annotate_text, columns_for
from skills.decode.results import disarmed
from skills.decode.tables import TableData, read_table, shape
from tests.skills.growth import LINEAR, SHAPES, growth

NAMES = ("sentiment", "score")


def annotated(path: Path) -> tuple[bytes, str]:
    table = read_table(path)
    return annotate(path, columns_for(table, NAMES, [("positive", 0.5)] * len(table.rows)))


def csv_of(tmp_path: Path, content: bytes) -> bytes:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    return annotated(path)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiter_encoding_quotes_and_line_ends_stay(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    lines = ['id|"text"|n', '1|"Café, ""schön"""|-5', "2|Gut|+49 30 1", ""]
    text = end.join(lines).replace("|", delimiter)
    wanted = [lines[0] + "|sentiment|score", *(f"{line}|positive|0.5" for line in lines[1:3]), ""]

    found = csv_of(tmp_path, text.encode(encoding)).decode(encoding)

    assert found == end.join(wanted).replace("|", delimiter)


def test_a_title_and_blank_lines_stay_where_they_were(tmp_path: Path) -> None:
    content = b"Report 2024\n\nid,text,score\n1,good,3\n\n2,bad,4\n3,fine,1\n"

    assert csv_of(tmp_path, content).splitlines()[:5] == [
        b"Report 2024", b"", b"id,text,score,sentiment,score 2", b"1,good,3,positive,0.5", b"",
    ]  # fmt: skip


def test_short_and_long_rows_are_aligned(tmp_path: Path) -> None:
    content = b"id,text\n1,good, really\n2\n3,x,,\n4,y\n"

    assert csv_of(tmp_path, content).splitlines()[1:4] == [
        b'1,"good, really",positive,0.5', b"2,,positive,0.5", b"3,x,positive,0.5",
    ]  # fmt: skip


def test_one_column_of_sentences_becomes_a_proper_table(tmp_path: Path) -> None:
    assert csv_of(tmp_path, b"comment\nGreat, thanks\nBad\n").splitlines() == [
        b"comment,sentiment,score", b'"Great, thanks",positive,0.5', b"Bad,positive,0.5",
    ]  # fmt: skip


def test_a_file_without_a_header_gets_none(tmp_path: Path) -> None:
    found = csv_of(tmp_path, b"1,great phone\n2,bad phone\n")

    assert found == b"1,great phone,positive,0.5\n2,bad phone,positive,0.5\n"


def test_a_formula_in_a_cell_is_quoted_and_a_number_is_not(tmp_path: Path) -> None:
    found = csv_of(tmp_path, b"id,text,n\n1,=1+1,-5\n2,=cmd|' /C calc'!A0,+3\n3,- dear,-\n")

    assert [line.rsplit(b",", 2)[0] for line in found.splitlines()[1:]] == [
        b"1,'=1+1,-5", b"2,'=cmd|' /C calc'!A0,+3", b"3,- dear,-",
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["-2+3+cmd|' /C calc'!A0", "+HYPERLINK(A1)", "@SUM(A1)", "\t=1"])
def test_what_a_spreadsheet_would_run_is_quoted(cell: str) -> None:
    assert disarmed(cell) == f"'{cell}"


def book(path: Path) -> Path:
    made = openpyxl.Workbook()
    made.active.title = "Empty"
    sheet = made.create_sheet("Answers")
    for row in (["id", "text", "day", "sum"], [1, "Good", date(2024, 5, 1), "=A2*2"], [], [2, "x"]):
        sheet.append(row)
    sheet["B4"].value, sheet["B4"].data_type = "=HYPERLINK", "s"
    made.create_sheet("Other").append([1, "=A1+1"])
    made.save(path)
    return path


def sheet_of(content: bytes, name: str) -> list[list[tuple[Any, str]]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[name]
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


def test_a_workbook_comes_back_as_one_with_all_its_sheets_and_rows(tmp_path: Path) -> None:
    content, suffix = annotated(book(tmp_path / "a.xlsx"))

    assert suffix == ".xlsx"
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["Empty", "Answers", "Other"]
    rows = sheet_of(content, "Answers")
    assert [cell for cell, _ in rows[0]] == ["id", "text", "day", "sum", *NAMES]
    assert [[cell for cell, _ in row[4:]] for row in rows[1:]] == [
        ["positive", 0.5], [None, None], ["positive", 0.5],
    ]  # fmt: skip


def test_in_a_workbook_formulas_stay_formulas_and_texts_stay_texts(tmp_path: Path) -> None:
    content, _ = annotated(book(tmp_path / "a.xlsx"))

    rows = sheet_of(content, "Answers")
    assert (rows[1][3], rows[3][1]) == (("=A2*2", "f"), ("=HYPERLINK", "s"))
    assert sheet_of(content, "Other") == [[(1, "n"), ("=A1+1", "f")]]


def test_what_cannot_be_written_back_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 and no archive")
    columns = columns_for(TableData(header=("a",), rows=[("1",)], places=(0,)), NAMES, [("x", 1.0)])

    with pytest.raises(UserError):
        annotate(path, columns)


def write_back(text: str) -> object:
    table = shape([["id", "text"], ["1", text]])
    return annotate_text(text, columns_for(table, NAMES, [("positive", 0.5)] * len(table.rows)))


@pytest.mark.parametrize("shape", SHAPES)
def test_eight_times_the_text_takes_about_eight_times_as_long(shape: str) -> None:
    assert growth(write_back, shape, size=25_000) < LINEAR
