"""PDF: pages with their lines (pieces.py), forms filled in; layout.py makes passages of them.

pdfium and not pypdf: it is what Chrome opens untrusted PDFs with, ten times as fast, and its letter
boxes are what columns, headings and page furniture are told by (docs/decisions/0004).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.document import DAMAGED, Document
from skills.decode.layout import arrange
from skills.decode.lines import Line, Page, in_rows
from skills.decode.outline import Bookmark, mark_chapters, read_outline
from skills.decode.pieces import Turn, read_lines

MOST_PAGES = 2_000
FIRST_PAGES, TIMES = 16, 4  # told after 16 pages, 64, 256: in all a third of the work once more
FEWEST_LETTERS = 20
# What scanners, faxes and registries write on the picture of a page, and how much that fills.
MOST_STAMPED, LEAST_PICTURED = 100, 0.6
LONGEST_LABEL = 12
MOST_FIELDS = 2_000  # of a page


def read_pdf(path: Path) -> Iterator[Document]:
    """The document of the first pages when there are so many, and again of more; last the whole."""
    pages: list[Page] = []
    document = _open(path)
    total, outline = len(document), read_outline(document)
    so_far = FIRST_PAGES
    for page in _read_pages(document):
        pages.append(page)
        if len(pages) == so_far < total:
            so_far *= TIMES
            if _count_letters(pages) >= FEWEST_LETTERS:
                yield _document(pages, outline, total=total, whole=False)
    if _count_letters(pages) < FEWEST_LETTERS and not any(page.pictured for page in pages):
        raise UserError("This PDF is blank: check the file.")
    yield _document(pages, outline, total=total, whole=True)


def _document(pages: list[Page], outline: list[Bookmark], *, total: int, whole: bool) -> Document:
    """What these pages say; while there are more to come, the last passage may go on there."""
    passages, grids = arrange(pages)
    passages = mark_chapters(passages, outline)
    read = sum(bool(page.lines) and not page.pictured for page in pages)
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
        grids=grids,
        scans=tuple(page.number for page in pages if page.pictured) if whole else (),
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
            page, filled = _with_fields(document, index)
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield Page(number=index + 1, height=0.0, lines=[])
            continue
        lines = list(read_lines(text_page, upright=_upright(page)))
        if filled:  # what was filled in comes last in the file, and belongs beside its name
            lines = [line for row in in_rows(lines) for line in _with_names(row)]
        label = _label(document, index)
        yield Page(
            number=index + 1,
            height=page.get_height(),
            lines=lines,
            label=label,
            pictured=_is_scanned(page, lines),
        )
        text_page.close()
        page.close()


def _with_fields(document: Any, index: int) -> tuple[Any, bool]:
    """A page with what is written in its form and typed over it, and whether there is any."""
    import pypdfium2.raw as raw

    page = document[index]
    written = False
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_FIELDS)):
        field = raw.FPDFPage_GetAnnot(page, place)
        written = written or raw.FPDFAnnot_GetSubtype(field) in (
            raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT
        )  # fmt: skip
        raw.FPDFPage_CloseAnnot(field)
    if written and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        return document[index], True
    return page, False


def _with_names(row: list[Line]) -> Iterator[Line]:
    """A row of a form, in which "Name:" and what stands there are one piece."""
    name: Line | None = None
    for line in row:
        if name:
            text = f"{name.text} {line.text}"
            line = Line(text, name.left, name.bottom, line.right, name.top)
        name = line if line.text.endswith(":") else None
        if not name:
            yield line
    if name:
        yield name


def _label(document: Any, index: int) -> str:
    """The number that the file itself gives a page, where that is another than its place."""
    label = " ".join(document.get_page_label(index).split())[:LONGEST_LABEL]
    return "" if label == str(index + 1) else label


def _is_scanned(page: Any, lines: list[Line]) -> bool:
    """Whether a page is an image: without letters, or with few over one that fills most of it."""
    import pypdfium2.raw as raw

    if sum(len(line.text) for line in lines) > MOST_STAMPED:
        return False
    images = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    least = LEAST_PICTURED * page.get_width() * page.get_height() if lines else 0.0
    return any(_area(image) >= least for image in images)


def _area(image: Any) -> float:
    import pypdfium2

    try:
        left, bottom, right, top = image.get_bounds()
    except pypdfium2.PdfiumError:
        return 0.0
    return float((right - left) * (top - bottom))


def _upright(page: Any) -> Turn | None:
    """What turns the boxes of a page that is shown turned, so that its lines run level."""
    rotation = page.get_rotation()
    if not rotation:
        return None
    height, width = page.get_height(), page.get_width()  # as it is shown
    turns: dict[int, Turn] = {
        90: lambda left, top, right, bottom: (bottom, height - left, top, height - right),
        180: lambda left, top, right, bottom: (
            width - right, height - bottom, width - left, height - top
        ),
        270: lambda left, top, right, bottom: (width - top, right, width - bottom, left),
    }  # fmt: skip
    return turns.get(rotation)
