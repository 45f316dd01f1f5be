"""Tables on PDF pages: tight columns, wrapped cells, tables below each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from skills.decode.document import Document
from skills.decode.documents import read_document
from tests.skills.papers import Placed, write_pdf
from tests.skills.said import texts
from tests.skills.sheets_of_paper import Sheet, write_sheets

LINE = "The plan is checked by the foreman, and whoever needs it finds it in both of the halls."


def rows(
    records: Sequence[Sequence[str]],
    *,
    columns: Sequence[float],
    top: float = 700,
    step: float = 14,
) -> list[Placed]:
    """Cells in columns that begin in these places; one that is empty is left out."""
    return [
        (x, top - step * number, cell)
        for number, record in enumerate(records)
        for x, cell in zip(columns, record, strict=True)
        if cell
    ]


def read(tmp_path: Path, *placed: Placed) -> Document:
    return read_document(write_pdf(tmp_path / "a.pdf", [placed]))


def test_columns_that_stand_close_are_kept_apart(tmp_path: Path) -> None:
    prices = [
        ("Item", "2024", "2025"), ("Parts", "1,200", "1,390"), ("Rent", "8,000", "9,310"),
        ("Tools", "2,900", "1,150"),
    ]  # fmt: skip
    found = read(tmp_path, *rows(prices, columns=(72, 110, 145)))

    assert texts(found)[0] == "Item: Parts; 2024: 1,200; 2025: 1,390"


def test_a_cell_of_two_lines_is_one_cell(tmp_path: Path) -> None:
    column = (72, 200, 330)
    placed = [
        *rows([("Machine", "Task", "Interval")], columns=column, top=700),
        *rows([("Press", "Check the hoses", "weekly")], columns=column, top=680),
        *rows([("", "and replace them", "")], columns=column, top=667),
        *rows([("Oven", "Clean the burners", "monthly")], columns=column, top=647),
        *rows([("Belt", "Oil", "daily")], columns=column, top=627),
    ]

    assert texts(read(tmp_path, *placed))[0] == (
        "Machine: Press; Task: Check the hoses and replace them; Interval: weekly"
    )


def test_tables_close_below_each_other_are_two(tmp_path: Path) -> None:
    first = [("Invoice date", "14 May"), ("Customer", "30188"), ("Due date", "13 June")]
    second = [("Net amount", "3,733"), ("VAT", "746"), ("Total amount due", "4,479")]
    placed = [*rows(first, columns=(72, 150)), *rows(second, columns=(72, 190), top=644)]
    found = read(tmp_path, *placed)

    assert [grid.rows[0] for grid in found.grids] == [first[0], second[0]]
    assert texts(found)[-1] == "Total amount due; 4,479"


def test_years_above_columns_are_their_names(tmp_path: Path) -> None:
    table = [("", "2024", "2025"), ("Profit", "9.1", "10.6"), ("Revenue", "189", "197")]
    found = read(tmp_path, *rows(table, columns=(72, 200, 300)))

    assert texts(found)[0] == "Profit; 2024: 9.1; 2025: 10.6"


def test_justified_prose_is_no_table(tmp_path: Path) -> None:
    words = LINE.split()
    placed = []
    for line in range(4):
        x = 72.0
        for place, word in enumerate([*words[5 * line :], *words[: 5 * line]]):
            placed.append((x, 700 - 14.0 * line, word))
            x += 5.3 * len(word) + (9 if (place + line) % 3 else 5)

    assert read(tmp_path, *placed).grids == ()


def test_a_heading_above_short_paragraphs_stays_by_itself(tmp_path: Path) -> None:
    sheet = Sheet()
    for heading in ("Circulation pump", "1 Safety"):
        sheet.heading(heading)
    for text in ("Only trained people may open it.", "Wear gloves.", "Switch it off first."):
        sheet.paragraph(text)
    path = write_sheets(tmp_path / "a.pdf", [sheet])

    assert texts(read_document(path))[:2] == ["Circulation pump", "1 Safety"]
