"""Tables: what people export is read, and what is no table is refused in a sentence."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from skills.decode.cells import split_cells
from skills.decode.tables import TableData, read_table, shape


def read(tmp_path: Path, content: bytes, *, name: str = "a.csv") -> TableData:
    path = tmp_path / name
    path.write_bytes(content)
    return read_table(path)


def refusal(tmp_path: Path, content: bytes, *, name: str = "a.csv") -> str:
    with pytest.raises(UserError) as caught:
        read(tmp_path, content, name=name)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_delimiter_is_read(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    lines = [f"id{delimiter}text", f"1{delimiter}Café, schön", f"2{delimiter}Gut"]
    if delimiter == ",":
        lines[1] = '1,"Café, schön"'

    found = read(tmp_path, "\n".join(lines).encode(encoding))

    assert (found.header, found.rows) == (("id", "text"), [("1", "Café, schön"), ("2", "Gut")])


def test_a_quoted_cell_keeps_its_newline(tmp_path: Path) -> None:
    assert read(tmp_path, b'id,text\n1,"two\nlines"\n').rows == [("1", "two\nlines")]


def test_an_unquoted_comma_in_the_last_column_stays_in_its_cell(tmp_path: Path) -> None:
    assert read(tmp_path, b"id,text\n1,good, really\n2,bad\n").rows[0] == ("1", "good, really")


def test_short_rows_are_filled_up(tmp_path: Path) -> None:
    assert read(tmp_path, b"id,text,score\n1,good,5\n2\n3,bad,1\n").rows[1] == ("2", "", "")


def test_one_column_of_sentences_keeps_its_commas(tmp_path: Path) -> None:
    assert read(tmp_path, b"comment\nGreat, thanks\nBad\n").rows == [("Great, thanks",), ("Bad",)]


@pytest.mark.parametrize("first", ["", "Comments\n"])
def test_a_list_of_sentences_keeps_them_whole_though_most_have_a_comma(
    tmp_path: Path, first: str
) -> None:
    list_of = first + "Great help, thank you.\nToo slow, sadly.\nIt crashes.\n" * 4
    found = read(tmp_path, list_of.encode())

    assert found.rows[:3] == [("Great help, thank you.",), ("Too slow, sadly.",), ("It crashes.",)]


def test_a_space_behind_each_comma_does_not_make_a_table_a_list(tmp_path: Path) -> None:
    found = read(tmp_path, b"id, text\n1, good\n2, bad\n3, fine\n")

    assert found.rows == [("1", "good"), ("2", "bad"), ("3", "fine")]


def test_a_first_row_of_values_is_not_taken_for_names(tmp_path: Path) -> None:
    found = read(tmp_path, b"1,great phone\n2,bad phone\n")

    assert (found.header, len(found.rows), found.named) == (("column 1", "column 2"), 2, False)


def test_a_title_above_the_table_is_skipped(tmp_path: Path) -> None:
    found = read(tmp_path, b"Report 2024\n\nid,text,score\n1,good,3\n2,bad,4\n")

    assert found.header == ("id", "text", "score")


def test_facts_about_an_export_above_the_table_are_skipped(tmp_path: Path) -> None:
    facts = "Feedback export\nGenerated,2025-11-01\nBranch,all\n\n"
    rows = "".join(f"{n},Leeds,Quite good,{n}\n" for n in range(1, 6))
    found = read(tmp_path, f"{facts}No,Branch,Verbatim,Grade\n{rows}".encode())

    assert (found.header, len(found.rows), found.places[0]) == (
        ("No", "Branch", "Verbatim", "Grade"), 5, 5
    )  # fmt: skip


def test_two_names_above_rows_with_commas_in_prose_are_kept(tmp_path: Path) -> None:
    rows = "Ann,good product,fast,cheap,nice\nBob,slow,dear,late,loud\n" * 3
    found = read(tmp_path, f"name,comment\n{rows}".encode())

    assert (found.header[:2], len(found.rows)) == (("name", "comment"), 6)


def test_a_quote_that_never_closes_swallows_nothing(tmp_path: Path) -> None:
    content = b'id,text\n1,"6 inch screen\n' + b"2,fine\n" * 500

    assert len(read(tmp_path, content).rows) == 501


def test_the_line_that_names_the_delimiter_for_excel_is_obeyed(tmp_path: Path) -> None:
    assert read(tmp_path, b"sep=|\nid|text\n1|x\n").header == ("id", "text")


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Answers")
    sheet.append(["id", "text", "day", "ok"])
    sheet.append([1.0, "Good", date(2024, 5, 1), True])
    book.save(path)
    return path


def test_a_workbook_is_read_whatever_its_name(tmp_path: Path) -> None:
    found = read_table(workbook(tmp_path / "a.csv"))

    assert (found.header, found.rows) == (
        ("id", "text", "day", "ok"),
        [("1", "Good", "2024-05-01", "true")],
    )


def test_a_workbook_that_unpacks_to_far_more_is_refused_unopened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>" * 8_000_000)

    assert "unpacks to far more" in refusal(
        tmp_path, (tmp_path / "bomb.xlsx").read_bytes(), name="b.xlsx"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty (0 bytes)"),
        (b" \n \n", "no rows"),
        (b"text\n", "header but no rows"),
        (bytes(range(256)) * 8, "no readable table"),
        (b"%PDF-1.4", "This is a PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password or in the old .xls format"),
        (b"PK\x03\x04 and no archive", "damaged"),
        (b"a,b\n" + b"1," * 501 + b"2\n", "at most 500 columns"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, said: str
) -> None:
    assert said in refusal(tmp_path, content)


def test_rows_past_the_limit_are_left_out_and_counted(tmp_path: Path) -> None:
    found = read(tmp_path, b"a,b\n" + b"1,2\n" * 50_011)

    assert (len(found.rows), found.beyond) == (50_000, 11)


cells = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), exclude_characters='"'),
    min_size=1,
    max_size=12,
)


@given(st.lists(st.tuples(cells, cells, cells), min_size=3, max_size=20))
def test_a_quoted_table_comes_back_as_it_was_written(rows: list[tuple[str, ...]]) -> None:
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([("id", "text", "score"), *rows])

    assert shape(split_cells(file.getvalue())).rows == rows


@given(st.text(max_size=400))
def test_any_text_gives_an_even_table_or_a_refusal(text: str) -> None:
    try:
        table = shape(split_cells(text))
    except UserError:
        return
    assert {len(row) for row in table.rows} == {len(table.header)}
