"""Documents: what is read, where it stands, and how each bad file is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from core.errors import UserError
from skills.decode.documents import read_document
from tests.skills.papers import assemble, column, write_pdf, write_word
from tests.skills.sheets_of_paper import Sheet, write_sheets


def refusal(path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(UserError) as caught:
        read_document(path)
    return str(caught.value)


def texts(path: Path) -> list[str]:
    return [passage.text for passage in read_document(path).passages]


def test_a_passage_of_a_pdf_names_its_page(tmp_path: Path) -> None:
    pages = [column(["The first page says this."]), column(["The second says that."])]

    found = read_document(write_pdf(tmp_path / "a.pdf", pages))

    assert [(each.text, each.source) for each in found.passages] == [
        ("The first page says this.", "page 1"),
        ("The second says that.", "page 2"),
    ]


def test_lines_of_a_paragraph_are_joined_and_broken_words_made_whole(tmp_path: Path) -> None:
    lines = ["The committee has an-", "nounced that the budget", "will grow next year."]

    found = texts(write_pdf(tmp_path / "a.pdf", [column(lines)]))

    assert found == ["The committee has announced that the budget will grow next year."]


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        [
            (72, 760, "Annual report of the company"),
            *column([f"Body of part {word}."]),
            (300, 30, n),
        ]
        for word, n in zip(("one", "two", "three", "four"), "1234", strict=True)
    ]

    found = texts(write_pdf(tmp_path / "a.pdf", pages))

    assert found == [f"Body of part {word}." for word in ("one", "two", "three", "four")]


def test_rows_of_a_table_at_the_edges_of_a_page_keep_their_numbers(tmp_path: Path) -> None:
    rows = [(f"Valve {n}", str(100 + n), str(7 * n)) for n in range(1, 151)]
    sheets = [Sheet() for _ in range(4)]
    for number, sheet in enumerate(sheets):
        sheet.y = 740
        sheet.table([("Article", "Stock", "Price"), *rows[46 * number : 46 * (number + 1)]])
        sheet.place(300, 30, str(number + 1))

    assert texts(write_sheets(tmp_path / "a.pdf", sheets)) == [
        f"Article: {article}; Stock: {stock}; Price: {price}" for article, stock, price in rows
    ]


def test_a_heading_at_the_top_of_each_page_is_no_running_head(tmp_path: Path) -> None:
    sheets = [Sheet() for _ in range(4)]
    for number, sheet in enumerate(sheets, start=1):
        sheet.heading(f"Chapter {number}")
        sheet.paragraph(f"The {number}th board met in May and decided to open a second office.")
        sheet.place(72, 30, f"Minutes of the board, page {number}")
    found = read_document(write_sheets(tmp_path / "a.pdf", sheets)).passages

    assert [each.text for each in found if each.heading] == [
        f"Chapter {number}" for number in (1, 2, 3, 4)
    ]
    assert not any("Minutes" in each.text for each in found)


def test_a_sum_at_the_foot_of_a_page_is_no_page_number(tmp_path: Path) -> None:
    found = texts(
        write_pdf(
            tmp_path / "a.pdf",
            [
                [
                    *column(["The sum is due in May:"]),
                    (72, 90, "950 EUR"),
                    (300, 60, "$ 95"),
                    (300, 30, "- 7 -"),
                ]
            ],
        )
    )

    assert found == ["The sum is due in May:", "950 EUR", "$ 95"]


def test_two_columns_written_line_by_line_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = column([f"left line {n} goes on" for n in range(8)], x=60)
    right = column([f"right line {n} goes on" for n in range(8)], x=330)
    mixed = [each for pair in zip(left, right, strict=True) for each in pair]

    found = " ".join(texts(write_pdf(tmp_path / "a.pdf", [mixed])))

    assert found.index("left line 7") < found.index("right line 0")


def test_a_sentence_cut_by_the_end_of_a_page_belongs_to_where_it_begins(tmp_path: Path) -> None:
    pages = [column(["The board met in May and it decided"]), column(["to open a second office."])]

    found = read_document(write_pdf(tmp_path / "a.pdf", pages)).passages

    assert [(each.text, each.source) for each in found] == [
        ("The board met in May and it decided to open a second office.", "page 1")
    ]


def test_a_locked_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(["Secret."])], locked=True)

    assert refusal(path) == "This PDF is protected by a password: please send one without it."


def test_a_scanned_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [[]], picture=True)

    assert refusal(path).startswith("There is no text in this PDF, only pictures of its pages")


def test_pages_without_text_are_said_in_a_note(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(["A page with enough words on it."]), []])

    assert read_document(path).notes == ("1 page is without text (pictures or blank).",)


def test_a_text_named_pdf_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text("This is only a text.")

    assert texts(path) == ["This is only a text."]


def test_a_pdf_named_txt_is_read_as_pdf(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.txt", [column(["This is really a PDF file."])])

    assert read_document(path).unit == "page"


def test_a_word_file_has_numbered_paragraphs_and_its_headings_are_known(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", ["First.", "", "Second."], heading="Plan")

    assert [(each.text, each.source, each.heading) for each in read_document(path).passages] == [
        ("Plan", "paragraph 1", True),
        ("First.", "paragraph 2", False),
        ("Second.", "paragraph 3", False),
    ]


def test_a_word_file_that_unpacks_to_far_more_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a/>" * 8_000_000)

    assert "unpacks to far more" in refusal(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty (0 bytes)"),
        (b"%PDF-1.4\nnothing that follows is a PDF", "damaged"),
        (b"PK\x03\x04 and no archive", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office format"),
        (b"{\\rtf1 hello}", "RTF"),
        (bytes(range(256)) * 8, "no readable text"),
        (b"   \n \n", "no text in this document"),
    ],
)
def test_each_bad_file_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)

    assert said in refusal(path)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("content.xml", "This is an OpenDocument file"),
        ("photo.jpg", "This is an archive"),
    ],
)
def test_another_zip_format_is_named(tmp_path: Path, part: str, said: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, b"x")

    assert refusal(path).startswith(said)


def test_markdown_loses_its_marks_and_its_code(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# Title\n\nSome **bold** and a [link](https://example.com).\n\n```\ncode()\n```\n- item\n"
    )

    assert texts(path) == ["Title", "Some bold and a link.", "item"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Das Café schließt früher.".encode(encoding))

    assert texts(path) == ["Das Café schließt früher."]


def test_no_hostile_document_stops_us(shared_data: Path) -> None:
    for path in sorted((shared_data / "hostile").glob("[op][fd]*/*")):
        try:
            read_document(path)
        except UserError as error:
            assert str(error)  # noqa: PT017  # either an answer or a sentence is right


def element(name: str, *children: Any, text: str = "", **attributes: str) -> Any:
    """A piece of WordprocessingML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    if text:
        made.text = text
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made


def run(text: str, *, tag: str = "t") -> Any:
    return element("r", element(tag, text=text))


def test_a_word_file_is_read_with_its_tracked_changes_accepted(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph("The price is EUR")._p
    paragraph.append(element("del", run(" 250,000", tag="delText")))
    paragraph.append(element("ins", run(" 310,000")))
    paragraph.append(element("moveFrom", run(" net", tag="t")))
    paragraph.append(run(" and is due at closing."))
    document.save(str(tmp_path / "a.docx"))

    assert texts(tmp_path / "a.docx") == ["The price is EUR 310,000 and is due at closing."]


def test_the_fields_of_a_word_form_are_read(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    notary = document.add_paragraph("The notary is ")._p
    notary.append(element("sdt", element("sdtContent", run("Dr. Paul Winter"))))
    notary.append(run(" of Bremen."))
    buyer = element("p", run("The buyer is Maria Jansen."))
    notary.addprevious(element("sdt", element("sdtContent", buyer)))
    document.save(str(tmp_path / "a.docx"))

    assert texts(tmp_path / "a.docx") == [
        "The buyer is Maria Jansen.",
        "The notary is Dr. Paul Winter of Bremen.",
    ]


def test_a_table_in_a_cell_and_a_box_of_text_are_read(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Land register"
    inner = table.rows[0].cells[1].add_table(rows=1, cols=2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "Folio", "Bremen 4711"
    within = element("p", run("Not later."))
    for _ in range(30):  # boxes in boxes
        within = element("p", element("r", element("pict", element("txbxContent", within))))
    box = element("pict", element("txbxContent", element("p", run("Only until May.")), within))
    document.add_paragraph("The offer stands.")._p.append(element("r", box))
    document.save(str(tmp_path / "a.docx"))

    assert texts(tmp_path / "a.docx") == [
        "Land register",
        "Folio",
        "Bremen 4711",
        "The offer stands.",
        "Only until May.",
        "Not later.",
    ]


def test_footnotes_of_a_word_file_are_read_under_their_numbers(tmp_path: Path) -> None:
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = docx.Document()
    document.add_paragraph("The rent is 900 euros.")
    note = element("footnote", element("p", run("Heating is not part of it.")), id="2")
    rule = element("footnote", element("p", run("-")), id="0", type="separator")
    blob = etree.tostring(element("footnotes", rule, note))
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(tmp_path / "a.docx"))
    found = read_document(tmp_path / "a.docx")

    assert (found.passages[-1].text, found.passages[-1].source) == (
        "Heating is not part of it.",
        "footnote 1",
    )
    assert found.total == 1


def write_form(path: Path, *, subtype: bytes, flags: int = 4) -> Path:
    """A page with two lines, and a name in a field beside the first."""
    drawn = b"BT /F 11 Tf 2 5 Td (Amelia Novak) Tj ET"
    page = b"BT /F 11 Tf 72 700 Td (Name:) Tj ET BT /F 11 Tf 72 660 Td (She asks for leave.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] "
        b"/Resources << /Font << /F 3 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
        % (len(drawn), drawn),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F 3 0 R >> >> /Annots [7 0 R] >>",
        b"<< /Type /Annot /Subtype /%s /FT /Tx /T (name) /V (Amelia Novak) /F %d "
        b"/Rect [150 695 350 715] /AP << /N 5 0 R >> >>" % (subtype, flags),
    ]
    path.write_bytes(assemble(objects, locked=False))
    return path


@pytest.mark.parametrize("subtype", [b"Widget", b"FreeText"])
def test_what_was_filled_in_is_read_beside_its_name(tmp_path: Path, subtype: bytes) -> None:
    found = texts(write_form(tmp_path / "a.pdf", subtype=subtype))

    assert " ".join(found) == "Name: Amelia Novak She asks for leave."


def test_a_hidden_field_is_not_read(tmp_path: Path) -> None:
    found = texts(write_form(tmp_path / "a.pdf", subtype=b"Widget", flags=2))

    assert " ".join(found) == "Name: She asks for leave."
