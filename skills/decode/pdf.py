"""PDF: pdfium's letters become lines with their place on the page; layout.py makes them passages.

pdfium and not pypdf: it is what Chrome opens untrusted PDFs with, ten times as fast, and its letter
boxes are what columns, headings and page furniture are told by (docs/decisions/0004).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.documents import DAMAGED, Document, within_limits
from skills.decode.layout import Line, Page, arrange

MOST_PAGES = 2_000
FIRST_PAGES, TIMES = 16, 4  # told after 16 pages, 64, 256: in all a third of the work once more
FEWEST_LETTERS = 20
HYPHEN = "\u2010"  # stands for a hyphen at a line's end, which layout.py resolves
LINE_HYPHENS = (0x02, 0xFFFE)  # how pdfium reports one
UNREADABLE = "\ufffd"
SCANNED = (
    "There is no text in this PDF, only pictures of its pages: "
    "run it through text recognition (OCR) first and send that."
)


def read_pdf(path: Path) -> Iterator[Document]:
    """The document of the first pages when there are so many, and again of more; last the whole."""
    pages: list[Page] = []
    document = _open(path)
    total = len(document)
    so_far = FIRST_PAGES
    for page in _read_pages(document):
        pages.append(page)
        if len(pages) == so_far < total:
            so_far *= TIMES
            if _count_letters(pages) >= FEWEST_LETTERS:
                yield _document(pages, total=total, whole=False)
    if _count_letters(pages) < FEWEST_LETTERS:
        raise UserError(
            SCANNED if _has_pictures(document) else "This PDF is blank: check the file."
        )
    yield _document(pages, total=total, whole=True)


def _document(pages: list[Page], *, total: int, whole: bool) -> Document:
    """What these pages say; while there are more to come, the last passage may go on there."""
    passages = within_limits(arrange(pages))
    read = sum(bool(page.lines) for page in pages)
    notes = []
    if total > len(pages):
        notes.append(f"Only the first {len(pages):,} of {total:,} pages were read.")
    if pictures := len(pages) - read:
        notes.append(f"{_pages(pictures)} without text (pictures or blank).")
    return Document(
        passages=passages if whole else passages[:-1],
        unit="page",
        read=read,
        total=total,
        notes=tuple(notes),
        whole=whole,
    )


def _count_letters(pages: list[Page]) -> int:
    return sum(len(line.text) for page in pages for line in page.lines)


def _pages(count: int) -> str:
    return "1 page is" if count == 1 else f"{count:,} pages are"


def _open(path: Path) -> Any:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise UserError(
                "This PDF is protected by a password: please send one without it."
            ) from None
        raise UserError(DAMAGED) from None


def _read_pages(document: Any) -> Iterator[Page]:
    """The pages, no more than the limit; a broken page counts as empty."""
    import pypdfium2

    for index in range(min(len(document), MOST_PAGES)):
        try:
            page = document[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield Page(number=index + 1, height=0.0, lines=[])
            continue
        lines = list(_lines(text_page))
        yield Page(number=index + 1, height=page.get_height(), lines=lines)
        text_page.close()
        page.close()


def _has_pictures(document: Any) -> bool:
    """Whether one of the first pages shows an image."""
    import pypdfium2.raw as raw

    return any(
        any(True for _ in document[index].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        for index in range(min(len(document), 3))
    )


def _lines(text_page: Any) -> Iterator[Line]:
    """Runs of letters between pdfium's line ends, cut at wide gaps (columns, table cells)."""
    letters: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]
    for letter, place in _letters(text_page):
        ends = letter == "\n"
        if letters and place and place[0] - box[2] > 1.5 * (box[3] - box[1]) > 0:
            ends = True
        if ends and letters:
            yield Line("".join(letters).strip(), *box)
            letters = []
        if letter == "\n":
            continue
        if place:
            known = box if letters and any(each.strip() for each in letters) else [*place]
            box = [
                min(known[0], place[0]), min(known[1], place[1]),
                max(known[2], place[2]), max(known[3], place[3]),
            ]  # fmt: skip
        if place or letters:
            letters.append(letter)
    if letters:
        yield Line("".join(letters).strip(), *box)


def _letters(text_page: Any) -> Iterator[tuple[str, tuple[float, float, float, float] | None]]:
    """Each letter with its box (left, bottom, right, top), None for spaces; "\\n" ends a line."""
    import pypdfium2.raw as raw

    rectangle = raw.FS_RECTF()
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in LINE_HYPHENS:
            yield HYPHEN, None
            yield "\n", None
            continue
        letter = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else UNREADABLE
        if letter == "\r":
            continue
        if letter == "\n" or letter.isspace():
            yield ("\n" if letter == "\n" else " "), None
        elif code >= 32 and raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rectangle)):
            yield letter, (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
