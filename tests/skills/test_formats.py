"""Slides, web pages, mails, workbooks and archives: what is read of each, and where it stands."""

from __future__ import annotations

import base64
import email.message
import io
import tempfile
import textwrap
import zipfile
from pathlib import Path

import pytest

from core.errors import UserError
from skills.decode.documents import Document, read_document
from skills.decode.grids import MOST_COLUMNS
from skills.decode.sheets import MOST_ROWS
from skills.models.digest import Summarizer
from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import Summary, skill
from tests.skills.papers import column, write_pdf
from tests.skills.sheets_of_paper import Sheet, write_sheets

TOWNS = ("Leeds", "York", "Gera", "Porto", "Bergen", "Utrecht")
PROSE = "The harbour was closed for a week because the ferry had run aground near the light house."


def texts(document: Document) -> list[str]:
    return [each.text for each in document.passages]


def places(document: Document) -> dict[str, str]:
    return {each.text: each.source for each in document.passages}


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_document(path)
    return str(caught.value)


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


def test_a_web_page_shows_what_a_reader_sees(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<!DOCTYPE html><html><head><title>Tab</title><style>p {}</style></head><body>"
        "<nav>Home</nav><h1>News &amp; views</h1><p>One <b>bold</b> word.<p>Two<br>lines"
        "<script>alert('three')</script><div style='display: none'>ignore this</div>"
        "<p hidden>and this</p><span style='visibility:hidden'>and <b>that</b></span>"
        "<table><tr><th>Item<th>Price<tr><td>Tea<td>3<tr><td>Milk<td>2</table>"
        "<ul><li>First item<li>Second item</ul></body></html>"
    )

    assert texts(read_document(path)) == [
        "News & views", "One bold word.", "Two", "lines", "Item: Tea; Price: 3",
        "Item: Milk; Price: 2", "First item", "Second item",
    ]  # fmt: skip


def test_a_web_page_is_read_in_the_charset_it_names(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = "<html><head><meta charset='windows-1251'></head><body><p>Привет, мир</p></body></html>"
    path.write_bytes(page.encode("cp1251"))

    assert texts(read_document(path)) == ["Привет, мир"]


@pytest.mark.parametrize(
    "before",
    [
        "<head><script>var open = '<!--';</script></head><body>",
        "<head><STYLE>/* <!-- */</STYLE><script>if (1 <!--x) {}</script></head><body>",
        "<head><title>Tab</title><meta charset=utf-8>",
        "<head><link rel=icon><script>1</script><body>",
    ],
)
def test_neither_a_script_nor_an_open_head_hides_a_page(tmp_path: Path, before: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<!doctype html><html>{before}<p>{PROSE}</p><p>The end.</p></body></html>")

    assert texts(read_document(path)) == [PROSE, "The end."]


def test_what_follows_a_comment_that_never_ends_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><p>{PROSE}</p><!-- a --><script>'<!--'</script><!-- <p>no</p>")

    assert texts(read_document(path)) == [PROSE]


def test_cells_that_span_rows_and_columns_leave_the_others_in_their_columns(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><table><tr><th>Country</th><th>Carrier</th><th>Days</th><th>Note</th></tr>"
        "<tr><td rowspan='2'>Spain</td><td>Correos</td><td>3</td><td>daily</td></tr>"
        "<tr><td colspan=2>Seur, soon</td><td>weekly</td></tr>"
        "<tr><td>France</td><td/><td>6</td><td rowspan=9999999>daily</td></tr>"
        "<tr><td>Italy</td><td>Poste</td><td>7</td></tr></table></body></html>"
    )
    found = read_document(path)

    assert texts(found) == [
        "Country: Spain; Carrier: Correos; Days: 3; Note: daily",
        "Carrier: Seur, soon; Note: weekly",
        "Country: France; Days: 6; Note: daily",
        "Country: Italy; Carrier: Poste; Days: 7",
    ]


def test_paragraphs_of_a_web_page_are_counted_with_headings_and_without_tables(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.html"
    table = "<table><tr><th>Item<th>Price<tr><td>Tea<td>3<tr><td>Milk<td>2</table>"
    path.write_text(f"<html><body><h1>News</h1>{table}<p>{PROSE}</p></body></html>")
    found = read_document(path)

    assert (found.read, found.total) == (2, 2)
    assert found.passages[-1].source == "paragraph 2"


def test_tables_that_set_out_a_page_are_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><table><tr><td>{PROSE}</td></tr></table></body></html>")

    assert places(read_document(path)) == {PROSE: "paragraph 1"}


def a_mail(tmp_path: Path, *attached: tuple[str, bytes], html: str = "") -> Path:
    message = email.message.EmailMessage()
    message["From"], message["To"] = "Ada <ada@example.org>", "Ben <ben@example.org>"
    message["Date"] = "Tue, 03 Nov 2026 10:00:00 +0000"
    message["Subject"], message["Message-ID"] = "The härbour", "<1@example.org>"
    message.set_content("Dear Ben,\n\nthe ferry is afloat again.")
    if html:
        message.set_content(html, subtype="html")
    for name, content in attached:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    path = tmp_path / "a.eml"
    path.write_bytes(message.as_bytes())
    return path


def test_a_mail_has_its_subject_header_and_words(tmp_path: Path) -> None:
    header = (
        "From: Ada <ada@example.org>; To: Ben <ben@example.org>; "
        "Date: Tue, 03 Nov 2026 10:00:00 +0000"
    )

    assert places(read_document(a_mail(tmp_path))) == {
        "The härbour": "subject",
        header: "header",
        "Dear Ben,": "paragraph 1",
        "the ferry is afloat again.": "paragraph 2",
    }


def test_a_mail_in_html_shows_what_a_reader_sees(tmp_path: Path) -> None:
    path = a_mail(tmp_path, html="<p>Seen.</p><p style='display:none'>Unseen.</p>")

    assert texts(read_document(path))[2:] == ["Seen."]


def test_attachments_of_a_mail_are_read_and_named(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "x.pdf", [[], column(["The second page says it."])]).read_bytes()
    found = read_document(a_mail(tmp_path, ("plan.pdf", pdf), ("photo.jpg", b"\xff\xd8")))

    assert places(found)["The second page says it."] == "plan.pdf, page 2"
    assert (found.read, found.total) == (2, 3)
    assert "Not read: photo.jpg (no document)." in found.notes


def a_raw_mail(tmp_path: Path, body: str) -> Path:
    head = "From: Ada <ada@example.org>\nSubject: The harbour\nMessage-ID: <1@example.org>\n"
    path = tmp_path / "a.eml"
    path.write_text(f"{head}MIME-Version: 1.0\n{textwrap.dedent(body)}")
    return path


def test_words_between_pictures_and_files_without_a_name_are_read(tmp_path: Path) -> None:
    report = base64.encodebytes(b"%PDF-1.4 broken").decode()
    path = a_raw_mail(
        tmp_path,
        f"""\
        Content-Type: multipart/mixed; boundary=XX

        --XX
        Content-Type: text/plain

        The first photo shows the quay.
        --XX
        Content-Type: image/jpeg; name=quay.jpg
        Content-Disposition: inline

        x
        --XX
        Content-Type: text/plain

        The second shows the light house.
        --XX
        Content-Type: text/markdown
        Content-Disposition: attachment

        {PROSE}
        --XX
        Content-Type: application/pdf
        Content-Disposition: attachment
        Content-Transfer-Encoding: base64

        {report}
        --XX--
        """,
    )
    found = read_document(path)

    assert places(found) == {
        "The harbour": "subject",
        "From: Ada <ada@example.org>": "header",
        "The first photo shows the quay.": "paragraph 1",
        "The second shows the light house.": "paragraph 2",
        PROSE: "attachment 2, paragraph 1",
    }
    assert found.notes[-1] == "Not read: quay.jpg (no document), attachment 3 (unreadable)."


def test_files_within_the_page_of_a_mail_are_read_and_its_words_once(tmp_path: Path) -> None:
    path = a_raw_mail(
        tmp_path,
        f"""\
        Content-Type: multipart/alternative; boundary=AA

        --AA
        Content-Type: text/plain

        Here are the notes. Bye, Ada.
        --AA
        Content-Type: multipart/mixed; boundary=BB

        --BB
        Content-Type: text/html

        <p>Here are the notes.</p><img src="cid:logo">
        --BB
        Content-Type: text/plain; name=notes.txt
        Content-Disposition: attachment; filename=notes.txt

        {PROSE}
        --BB
        Content-Type: image/png; name=logo.png
        Content-ID: <logo>

        x
        --BB
        Content-Type: text/html

        <p>Bye, Ada.</p>
        --BB--
        --AA--
        """,
    )
    found = read_document(path)

    assert texts(found)[2:] == ["Here are the notes. Bye, Ada.", PROSE]
    assert (found.read, found.total) == (2, 2)


def test_a_logo_in_the_words_of_a_mail_is_no_file_that_was_not_read(tmp_path: Path) -> None:
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "Ada <ada@example.org>", "The harbour"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(PROSE)
    message.add_alternative(f"<p>{PROSE}</p><img src='cid:logo'>", subtype="html")
    page = message.get_payload(1)
    page.add_related(b"x", maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    path = tmp_path / "a.eml"
    path.write_bytes(message.as_bytes())
    found = read_document(path)

    assert texts(found)[-1] == PROSE
    assert (found.unit, found.notes) == ("paragraph", ())


def test_a_mail_whose_plain_words_are_blank_shows_its_page_with_tables(tmp_path: Path) -> None:
    path = a_raw_mail(
        tmp_path,
        """\
        Content-Type: multipart/alternative; boundary=AA

        --AA
        Content-Type: text/plain


        --AA
        Content-Type: text/html

        <h2>Prices</h2><table><tr><th>Item<th>Price<tr><td>Tea<td>3<tr><td>Milk<td>2</table>
        --AA--
        """,
    )
    found = read_document(path)

    assert texts(found)[2:] == ["Prices", "Item: Tea; Price: 3", "Item: Milk; Price: 2"]
    assert [(grid.source, grid.rows[0]) for grid in found.grids] == [("table 1", ("Tea", "3"))]
    assert found.grids[found.passages[-1].table].rows[-1] == ("Milk", "2")


def test_what_a_mail_quotes_is_told_apart_from_what_it_says(tmp_path: Path) -> None:
    path = a_raw_mail(
        tmp_path,
        """\

        It comes on Thursday.

        Ben wrote:
        > Where is the pallet
        > that we wait for?
        >
        > > It left on Monday.
        > Thanks.
        """,
    )

    assert list(places(read_document(path)).items())[2:] == [
        ("It comes on Thursday.", "paragraph 1"),
        ("Ben wrote:", "paragraph 2"),
        ("Where is the pallet that we wait for?", "paragraph 3, quoted"),
        ("It left on Monday.", "paragraph 4, quoted"),
        ("Thanks.", "paragraph 5, quoted"),
    ]


def test_the_points_of_a_mail_are_its_own_rather_than_of_those_it_quotes(tmp_path: Path) -> None:
    own = "\n\n".join(f"The pallet for {town} left our warehouse on Monday." for town in TOWNS)
    quoted = "\n".join(
        f"> We ask again where the pallet for the warehouse in {town} is.\n>" for town in TOWNS
    )
    path = a_raw_mail(tmp_path, "")
    path.write_text(f"{path.read_text()}\n{own}\n\nBen wrote:\n{quoted}\n")
    (result,) = skill.run(Summarizer(minilm=load_minilm("cpu")), [Input(path=path)])

    assert isinstance(result, Summary)
    assert len(result.points) == 5
    assert not any("quoted" in each.source for each in result.points)


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


def test_a_scan_in_an_archive_is_named_with_what_to_do(tmp_path: Path) -> None:
    scan = write_pdf(tmp_path / "scan.pdf", [[]], picture=True).read_bytes()
    path = an_archive(tmp_path / "a.zip", {"scan.pdf": scan, "a.txt": PROSE.encode()})

    assert read_document(path).notes[-1] == (
        "Not read: scan.pdf (only pictures: send it by itself)."
    )


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


def test_the_header_of_a_mail_is_no_point_of_it(tmp_path: Path) -> None:
    towns = " ".join(f"In {town} {PROSE.lower()}" for town in ("Leeds", "York", "Gera", "Porto"))
    path = a_mail(tmp_path, ("a.txt", f"{PROSE} {towns}".encode()))
    (result,) = skill.run(
        Summarizer(minilm=load_minilm("cpu")), [Input(path=path, options={"length": "long"})]
    )

    assert isinstance(result, Summary)
    assert not result.short
    assert not any("ada@example.org" in each.text for each in result.points)
