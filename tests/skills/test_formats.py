"""Slides, workbooks, delimited text and archives: what is read of each, and where it stands."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest

from core.errors import UserError
from skills.decode.documents import read_document
from skills.decode.grids import MOST_COLUMNS
from skills.decode.sheets import MOST_ROWS
from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import skill
from skills.texts.digest import Summarizer
from skills.texts.summary import Summary
from tests.skills.papers import column, write_pdf
from tests.skills.said import places, refusal, texts
from tests.skills.sheets_of_paper import Sheet, write_sheets

PROSE = "The harbour was closed for a week because the ferry had run aground near the light house."


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """Three slides: words and notes, a table, nothing."""
    import pptx
    from pptx.util import Inches

    made = pptx.Presentation()
    first = made.slides.add_slide(made.slide_layouts[1])
    first.shapes.title.text = "Sales"
    first.placeholders[1].text = "Sales rose by a tenth.\nMost of it was tea."
    first.notes_slide.notes_text_frame.text = "Thank the team."
    second = made.slides.add_slide(made.slide_layouts[5])
    second.shapes.title.text = "Prices"
    frame = second.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(4), Inches(2))
    for row, cells in enumerate((("Item", "Price"), ("Tea", "3"), ("Milk", "2"))):
        for place, cell in enumerate(cells):
            frame.table.cell(row, place).text = cell
    made.slides.add_slide(made.slide_layouts[6])
    path = tmp_path / "deck.pptx"
    made.save(str(path))
    return path


def test_slides_have_titles_words_tables_and_notes_under_their_number(deck: Path) -> None:
    found = read_document(deck)

    assert [(each.text, each.source, each.heading) for each in found.passages] == [
        ("Sales", "slide 1", True),
        ("Sales rose by a tenth.", "slide 1", False),
        ("Most of it was tea.", "slide 1", False),
        ("Thank the team.", "slide 1, notes", False),
        ("Prices", "slide 2", True),
        ("Item: Tea; Price: 3", "slide 2, table, row 1", False),
        ("Item: Milk; Price: 2", "slide 2, table, row 2", False),
    ]
    assert (found.unit, found.read, found.total) == ("slide", 2, 3)
    assert found.notes == ("1 slide is without text (pictures or blank).",)


def test_a_chart_on_a_slide_is_read_as_its_table(tmp_path: Path) -> None:
    import pptx
    from pptx.chart.data import CategoryChartData, XyChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    made = pptx.Presentation()
    bars, cloud = CategoryChartData(), XyChartData()
    bars.categories = ["Europe", "Asia"]
    bars.add_series("Revenue", (2.2, 1.1))
    bars.add_series("Costs", (2, None))
    cloud.add_series("Dots").add_data_point(1, 2)
    kinds = ((XL_CHART_TYPE.COLUMN_CLUSTERED, bars), (XL_CHART_TYPE.XY_SCATTER, cloud))
    for kind, data in kinds:
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = "Regions"
        slide.shapes.add_chart(kind, Inches(1), Inches(2), Inches(4), Inches(3), data)
    made.save(str(tmp_path / "a.pptx"))
    found = read_document(tmp_path / "a.pptx")

    assert texts(found)[1:3] == ["Europe; Revenue: 2.2; Costs: 2", "Asia; Revenue: 1.1"]
    assert found.passages[1].source == "slide 1, chart, row 1"
    assert found.notes == ("1 diagram was not read (slide 2).",)


def test_a_broken_presentation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ppt/presentation.xml", b"x")

    assert "looks damaged" in refusal(path)


def test_a_workbook_is_read_sheet_by_sheet_with_row_numbers(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Stock"
    for row in (("Item", "Price"), ("Tea", 3), ("Milk", 2.5)):
        book.active.append(row)
    book.create_sheet("Empty")
    book.create_sheet("Notes").append(["Milk is bought on Mondays."])
    book.save(tmp_path / "a.xlsx")
    found = read_document(tmp_path / "a.xlsx")

    assert [(each.text, each.source) for each in found.passages] == [
        ("Stock", "sheet Stock"),
        ("Item: Tea; Price: 3", "sheet Stock, row 2"),
        ("Item: Milk; Price: 2.5", "sheet Stock, row 3"),
        ("Notes", "sheet Notes"),
        ("Milk is bought on Mondays.", "sheet Notes, row 1"),
    ]
    assert (found.unit, found.read, found.total) == ("sheet", 2, 3)
    assert found.notes == ("1 sheet is empty.",)


def test_formulas_whose_results_were_not_stored_are_counted(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("Item", "Price"), ("Tea", 3), ("Milk", 2), ("Sum", "=B2+B3"), ("Tax", "=B4/5")):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")

    assert read_document(tmp_path / "a.xlsx").notes == (
        "2 formulas have no result in the file: open it in Excel and save it.",
    )


@pytest.mark.parametrize("stored", ["><f>B2+B3</f><v>5</v>", ' t="str"><f>T(B9)</f><v></v>'])
def test_formulas_whose_results_were_stored_are_no_matter(tmp_path: Path, stored: str) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("Item", "Price"), ("Tea", 3), ("Milk", 2), ("Sum", "=B2+B3")):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as source,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target,
    ):
        for name in source.namelist():
            old, new = (b"><f>B2+B3</f><v></v>", b"><f>B2+B3</f><v/>")
            part = source.read(name).replace(new, old).replace(b"<v />", b"<v></v>")
            target.writestr(name, part.replace(old, stored.encode()))

    assert read_document(tmp_path / "b.xlsx").notes == ()


def test_columns_and_rows_beyond_the_limits_are_said_to_be_left_out(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    wide, long = book.create_sheet("Wide"), book.create_sheet("Long")
    for number in range(3):
        wide.append([f"cell {number} {place}" for place in range(MOST_COLUMNS + 5)])
    for number in range(MOST_ROWS + 1):
        long.append([number, "x"])
    book.save(tmp_path / "a.xlsx")

    assert read_document(tmp_path / "a.xlsx").notes == (
        f"Only the first {MOST_COLUMNS} columns of sheet Wide were read.",
        f"Only the first {MOST_ROWS:,} rows of sheet Long were read.",
    )


def an_archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_an_archive_is_its_documents_under_their_names(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "x.pdf", [[], column(["The second page says it."])]).read_bytes()
    path = an_archive(
        tmp_path / "a.zip",
        {
            "papers/plan.pdf": pdf,
            "notes.txt": b"A note on the plan.",
            "photo.jpg": b"\xff\xd8",
            "inner.zip": b"PK\x03\x04",
            "broken.docx": b"PK\x03\x04broken",
            "__MACOSX/._notes.txt": b"litter",
        },
    )
    found = read_document(path)

    assert places(found) == {
        "The second page says it.": "plan.pdf, page 2",
        "A note on the plan.": "notes.txt, paragraph 1",
    }
    assert found.notes[-1] == (
        "Not read: photo.jpg (no document), inner.zip (no document), broken.docx (unreadable)."
    )
    assert (found.read, found.total) == (2, 5)


def test_pictures_without_words_in_an_archive_are_named(tmp_path: Path) -> None:
    scan = write_pdf(tmp_path / "scan.pdf", [[]], picture=True).read_bytes()
    path = an_archive(tmp_path / "a.zip", {"scan.pdf": scan, "a.txt": PROSE.encode()})

    found = read_document(path)

    assert found.notes[-1] == (
        "Not read: scan.pdf (only pictures, on which I could read no words)."
    )
    assert (found.read, found.total) == (1, 2)


def test_members_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    path = an_archive(
        tmp_path / "a.zip", {"may/n.txt": b"May words.", "june/n.txt": b"June words."}
    )

    assert set(places(read_document(path)).values()) == {
        "may › n.txt, paragraph 1", "june › n.txt, paragraph 1",
    }  # fmt: skip


def test_a_member_is_never_written_where_its_name_leads(tmp_path: Path) -> None:
    path = an_archive(tmp_path / "a.zip", {"../../escaped.txt": b"Words that climb."})

    assert places(read_document(path)) == {"Words that climb.": "escaped.txt, paragraph 1"}
    assert not list(tmp_path.rglob("escaped.txt"))
    assert not (Path(tempfile.gettempdir()) / "escaped.txt").exists()


@pytest.mark.parametrize("files", [{}, {"photo.jpg": b"\xff\xd8"}, {"a.zip": b"PK\x03\x04"}])
def test_an_archive_without_documents_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    path = an_archive(tmp_path / "a.zip", files)

    assert refusal(path).startswith("This is an archive without a document")


def test_an_archive_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = an_archive(tmp_path / "a.zip", {"a.txt": b" " * 60_000_000})

    assert "unpacks to far more" in refusal(path)


def test_each_file_of_an_archive_has_points_of_its_own(tmp_path: Path) -> None:
    said = {
        name: " ".join(
            f"In {year} the {name} was repaired for {year - 1900} euros by the town council."
            for year in range(1990, 2000)
        )
        for name in ("bridge", "tower", "mill")
    }
    path = an_archive(
        tmp_path / "a.zip", {f"{name}.txt": text.encode() for name, text in said.items()}
    )
    model = Summarizer(minilm=load_minilm("cpu"))
    (found,) = skill.run(model, [Input(path=path, name="a.zip", options={"length": "short"})])

    assert isinstance(found, Summary)
    assert [each.source for each in found.points] == [
        f"{name}.txt, paragraph 1" for name in ("bridge", "tower", "mill")
    ]
    assert found.coverage == "3 of 3 documents"


def test_a_table_of_a_pdf_is_kept_as_rows(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.heading("Prices")
    sheet.paragraph("These are the prices that hold from the first of May until further notice.")
    sheet.table(
        [["Item", "Price", "Unit"], ["Green tea", "3.20", "box"], ["Milk", "1.10", "litre"]]
    )
    sheet.paragraph("All prices are in euros and hold for members of the club only.")
    found = read_document(write_sheets(tmp_path / "a.pdf", [sheet]))

    assert texts(found) == [
        "Prices",
        "These are the prices that hold from the first of May until further notice.",
        "Item: Green tea; Price: 3.20; Unit: box",
        "Item: Milk; Price: 1.10; Unit: litre",
        "All prices are in euros and hold for members of the club only.",
    ]
    assert found.grids[0].source == "page 1, table"


def test_things_and_their_values_are_not_read_as_a_head_and_rows(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table([("Invoice number", "2026-0417"), ("Invoice date", "12 May"), ("Due", "11 June")])
    found = read_document(write_sheets(tmp_path / "a.pdf", [sheet]))

    assert texts(found) == ["Invoice number; 2026-0417", "Invoice date; 12 May", "Due; 11 June"]


def test_a_year_may_head_a_column(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table([("Item", "In 2026"), ("Revenue", "12"), ("Costs", "11")])
    found = read_document(write_sheets(tmp_path / "a.pdf", [sheet]))

    assert texts(found) == ["Item: Revenue; In 2026: 12", "Item: Costs; In 2026: 11"]


def test_a_table_of_a_word_file_is_kept_as_rows(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Prices hold from May.")
    table = document.add_table(rows=3, cols=2)
    for row, cells in enumerate((("Item", "Price"), ("Tea", "3"), ("Milk", "2"))):
        for place, cell in enumerate(cells):
            table.cell(row, place).text = cell
    document.save(str(tmp_path / "a.docx"))

    assert places(read_document(tmp_path / "a.docx")) == {
        "Prices hold from May.": "paragraph 1",
        "Item: Tea; Price: 3": "table 1, row 1",
        "Item: Milk; Price: 2": "table 1, row 2",
    }


@pytest.mark.parametrize("turned", [90, 270])
def test_a_turned_page_is_read_as_it_is_seen(tmp_path: Path, turned: int) -> None:
    sheet = Sheet(turned=turned)
    sheet.paragraph(f"The first line of a page that a viewer turns. {PROSE}")
    sheet.paragraph("Then there is another paragraph below it.")
    found = read_document(write_sheets(tmp_path / "a.pdf", [sheet]))

    assert texts(found) == [
        f"The first line of a page that a viewer turns. {PROSE}",
        "Then there is another paragraph below it.",
    ]


def test_a_page_has_its_place_and_the_number_that_the_file_gives_it(tmp_path: Path) -> None:
    sheets = [Sheet() for _ in range(3)]
    for name, sheet in zip(("first", "second", "third"), sheets, strict=True):
        sheet.paragraph(f"Enough words are on this page, which is the {name} of them.")
    found = read_document(write_sheets(tmp_path / "a.pdf", sheets, roman=2))

    assert [each.source for each in found.passages] == ["page 1 (i)", "page 2 (ii)", "page 3 (1)"]


def test_headings_of_one_size_with_the_words_are_known_by_their_place(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.paragraph("Terms of payment")
    sheet.paragraph(PROSE)
    found = read_document(write_sheets(tmp_path / "a.pdf", [sheet]))

    assert [each.heading for each in found.passages] == [True, False]


def test_no_real_document_stops_us(shared_data: Path) -> None:
    for path in sorted((shared_data / "documents" / "files").iterdir()):
        try:
            found = read_document(path)
        except UserError as error:
            assert str(error)  # noqa: PT017  # either an answer or a sentence is right
            continue
        assert all(each.source for each in found.passages)


def test_entities_of_a_presentation_are_not_opened(tmp_path: Path, deck: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    with zipfile.ZipFile(deck) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    slide = parts["ppt/slides/slide1.xml"].decode()
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    start = slide.index("?>") + 2
    slide = slide[:start] + entity + slide[start:].replace("Most of it was tea.", "&s;")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (parts | {"ppt/slides/slide1.xml": slide.encode()}).items():
            archive.writestr(name, content)
    path = tmp_path / "outside.pptx"
    path.write_bytes(packed.getvalue())
    try:
        said = " ".join(texts(read_document(path)))
    except UserError as error:
        said = str(error)

    assert "secret words" not in said


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_delimited_text_is_read_as_rows(tmp_path: Path, between: str) -> None:
    path = tmp_path / "costs.csv"
    rows = (("Month", "Cost", "Note"), ("January", "1200", ""), ("March", "980", '"paid, late"'))
    path.write_text("\n".join(between.join(row) for row in rows))
    found = read_document(path)

    assert [(each.text, each.source) for each in found.passages] == [
        ("Month: January; Cost: 1200", "table, row 1"),
        ("Month: March; Cost: 980; Note: paid, late", "table, row 2"),
    ]
    assert (found.unit, found.total) == ("row", 2)


@pytest.mark.parametrize(
    "text",
    [
        "Leeds, England\nYork, England\nParis, France\n",
        "We met in Leeds, as ever.\nIt was warm, for once.\nAll came, and stayed.\n",
        "One line, two parts.\n",
        "a,b\n\nThe rest of it is a text.\n\nIt has no cells.",
    ],
)
def test_commas_in_sentences_make_no_rows(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)

    assert read_document(path).unit == "paragraph"
