"""Office files: the texts of office.py as the files that an office has, in ten formats."""

from __future__ import annotations

import email.message
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.office import Text, level_of, read_texts, rows_of
from tests.skills.sheets_of_paper import LEADING, Sheet, write_sheets

CELL_GAP, LETTER = 14.0, 5.3  # points between columns, and of a letter
SCAN_DOTS = 150 / 72


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A file, with its text."""

    path: Path
    text: Text


def write_papers(folder: Path) -> Iterator[Paper]:
    """Every text as its file; those that hold others come last."""
    texts = read_texts()
    known = {each.name: each for each in texts}
    for text in sorted(texts, key=lambda each: each.form in ("eml", "zip")):
        path = folder / text.file_name
        WRITERS[text.form](text, path, partial(_write_held, known, folder))
        yield Paper(path=path, text=text)


def _write_held(known: Mapping[str, Text], folder: Path, name: str) -> Path:
    """The file of another text, written before."""
    return folder / known[name].file_name


Held = Callable[[str], Path]


def _pdf(text: Text, path: Path, held: Held) -> None:
    sheets = []
    for number, page in enumerate(text.pages, 1):
        sheet = Sheet()
        for head in text.all("head"):
            sheet.place(72, 752, head, size=9)
        for block in page:
            _place(sheet, block)
        for foot in text.all("foot"):
            foot = foot.format(page=number, pages=len(text.pages))
            sheet.place(72, 34, foot, size=9)
        sheets.append(sheet)
    write_sheets(path, sheets)


def _place(sheet: Sheet, block: str) -> None:
    if level_of(block):
        sheet.heading(block.lstrip("# "))
    elif rows := rows_of(block):
        x = 72.0
        for column in zip(*rows, strict=True):  # as tight as programs set them
            for number, cell in enumerate(column):
                sheet.place(x, sheet.y - LEADING * number, cell)
            x += LETTER * max(map(len, column)) + CELL_GAP
        sheet.y -= LEADING * (len(rows) + 1)
    else:
        for line in block.splitlines():
            sheet.paragraph(line)


def _columns(text: Text, path: Path, held: Held) -> None:
    """Two columns below the title; a heading is a line of its own."""
    sheets = []
    for page in text.pages:
        sheet = Sheet()
        if level_of(page[0]) == 1:
            sheet.heading(page[0].lstrip("# "))
            page = page[1:]
        lines = [each.lstrip("# ") for each in page]
        half = (len(lines) + 1) // 2
        sheet.columns(lines[:half], lines[half:])
        sheets.append(sheet)
    write_sheets(path, sheets)


def _scan(text: Text, path: Path, held: Held) -> None:
    import pypdfium2

    _pdf(text, path, held)
    document = pypdfium2.PdfDocument(path)
    pictures = [page.render(scale=SCAN_DOTS).to_pil().convert("L") for page in document]
    document.close()
    pictures[0].save(path, save_all=True, append_images=pictures[1:])


def _docx(text: Text, path: Path, held: Held) -> None:
    import docx

    document = docx.Document()
    for block in (each for page in text.pages for each in page):
        if level := level_of(block):
            document.add_heading(block.lstrip("# "), level=level)
        elif rows := rows_of(block):
            table = document.add_table(len(rows), len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        else:
            document.add_paragraph(block)
    document.save(str(path))


def _pptx(text: Text, path: Path, held: Held) -> None:
    import pptx
    from pptx.util import Inches

    deck = pptx.Presentation()
    for title, *blocks in text.pages:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title.lstrip("# ")
        slide.placeholders[1].text = "\n".join(each for each in blocks if not rows_of(each))
        for rows in filter(None, map(rows_of, blocks)):
            box = (Inches(1), Inches(4), Inches(8), Inches(2))
            table = slide.shapes.add_table(len(rows), len(rows[0]), *box).table
            for number, cells in enumerate(rows):
                for column, words in enumerate(cells):
                    table.cell(number, column).text = words
    deck.save(str(path))


def _xlsx(text: Text, path: Path, held: Held) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, table in text.pages:
        sheet = book.create_sheet(title.lstrip("# "))
        for row in rows_of(table):
            sheet.append(
                [float(cell) if re.fullmatch(r"\d+\.?\d*", cell) else cell for cell in row]
            )
    book.save(path)


def _html(text: Text, path: Path, held: Held) -> None:
    body = []
    for block in (each for page in text.pages for each in page):
        tag = f"h{level_of(block)}" if level_of(block) else "p"
        body.append(f"<{tag}>{block.lstrip('# ')}</{tag}>")
    menu = "<nav><ul><li><a href='/'>Home</a><li><a href='/news'>News</a></ul></nav>"
    path.write_text(f"<!doctype html><html><body>{menu}{''.join(body)}</body></html>")


def _plain(text: Text, path: Path, held: Held) -> None:
    path.write_text("\n\n".join("\n\n".join(page) for page in text.pages) + "\n")


def _eml(text: Text, path: Path, held: Held) -> None:
    message = email.message.EmailMessage()
    for name in ("from", "to", "subject"):
        message[name.title()] = text.all(name)[0]
    message["Message-ID"] = "<4711@example.org>"
    message.set_content("\n\n".join(text.pages[0]))
    for name in text.all("attach"):
        file = held(name)
        message.add_attachment(
            file.read_bytes(), maintype="application", subtype="octet-stream", filename=file.name
        )
    path.write_bytes(message.as_bytes())


def _zip(text: Text, path: Path, held: Held) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in text.all("member"):
            folder, _, own = name.rpartition("/")
            file = held(own)
            archive.write(file, f"{folder}/{file.name}")


WRITERS: Mapping[str, Callable[[Text, Path, Held], None]] = {
    "pdf": _pdf, "columns": _columns, "scan": _scan, "docx": _docx, "pptx": _pptx, "xlsx": _xlsx,
    "html": _html, "md": _plain, "txt": _plain, "eml": _eml, "zip": _zip,
}  # fmt: skip
