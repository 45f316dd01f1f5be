"""PDF: pdfium's letters become lines with their place on the page; layout.py makes them passages.

pdfium and not pypdf: it is what Chrome opens untrusted PDFs with, ten times as fast, and its letter
boxes are what columns, headings and page furniture are told by (docs/decisions/0004).
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Callable, Iterator
from operator import sub
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.documents import DAMAGED, Document
from skills.decode.layout import arrange
from skills.decode.lines import Line, Page

MOST_PAGES = 2_000
FIRST_PAGES, TIMES = 16, 4  # told after 16 pages, 64, 256: in all a third of the work once more
FEWEST_LETTERS = 20
# What scanners, faxes and registries write on the picture of a page, and how much that fills.
MOST_STAMPED, LEAST_PICTURED = 100, 0.6
LONGEST_LABEL = 12
HYPHEN = "\u2010"  # stands for a hyphen at a line's end, which layout.py resolves
LINE_HYPHENS = ("\x02", "\ufffe")  # how pdfium reports one
HIDDEN_HYPHEN = re.compile("\ufffe")  # in a whole text it reports every other hyphen so as well
PIECES = re.compile(r"[\x02\ufffe]|[^\S\r]|[^\s\x00-\x1f\ufffe]+")
UNREADABLE = "\ufffd"
SPREAD = 0.1  # of a word's height: far below what cuts a line
Box = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], Box]  # of a box's left, top, right and bottom


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
    if _count_letters(pages) < FEWEST_LETTERS and not any(page.pictured for page in pages):
        raise UserError("This PDF is blank: check the file.")
    yield _document(pages, total=total, whole=True)


def _document(pages: list[Page], *, total: int, whole: bool) -> Document:
    """What these pages say; while there are more to come, the last passage may go on there."""
    passages, grids = arrange(pages)
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
            page = document[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield Page(number=index + 1, height=0.0, lines=[])
            continue
        lines = list(_lines(text_page, upright=_upright(page)))
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


def _lines(text_page: Any, *, upright: Turn | None) -> Iterator[Line]:
    """Runs of letters between pdfium's line ends, cut at wide gaps (columns, table cells).

    It leaves some line ends out: before a page's number, say.
    """
    pieces: list[str] = []
    box: Box = (0.0, 0.0, 0.0, 0.0)
    for piece, place in _pieces(text_page, upright):
        gap = place[0] - box[2] if pieces and place else 0.0
        far = gap > 1.5 * (box[3] - box[1]) > 0 or bool(pieces and place and _is_below(box, place))
        if pieces and (piece == "\n" or far):
            yield Line("".join(pieces).strip(), *box)
            pieces = []
        if piece == "\n" or not (pieces or place):
            continue
        if place:
            inside = any(each.strip() for each in pieces)
            box = _around(box, place) if inside else place
        pieces.append(piece)
    if pieces:
        yield Line("".join(pieces).strip(), *box)


def _is_below(one: Box, other: Box) -> bool:
    """Whether more than a line lies between their heights."""
    height = max(one[3] - one[1], other[3] - other[1])
    return max(one[1] - other[3], other[1] - one[3]) > height


def _around(one: Box, other: Box) -> Box:
    """The smallest box that holds both."""
    return (
        min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
    )  # fmt: skip


def _pieces(text_page: Any, upright: Turn | None) -> Iterator[tuple[str, Box | None]]:
    """Words with their boxes; spaces without; "\\n" ends a line; letters of a spread word alone."""
    text = _text(text_page)
    boxes, known = _boxes(text_page, len(text))
    if upright:
        sides = (boxes[place : place + 4] for place in range(0, len(boxes), 4))
        boxes = memoryview(array("f", [side for each in sides for side in upright(*each)]))
    for found in PIECES.finditer(text):
        piece, start, end = found[0], found.start(), found.end()
        if piece in LINE_HYPHENS:
            yield HYPHEN, None
            yield "\n", None
        elif piece.isspace():
            yield ("\n" if piece == "\n" else " "), None
        elif all(known[start:end]) and (box := _tight_box(boxes[4 * start : 4 * end])):
            yield piece, box
        else:
            for letter, place in zip(piece, range(start, end), strict=True):
                if known[place]:
                    left, top, right, bottom = boxes[4 * place : 4 * place + 4]
                    yield letter, (left, bottom, right, top)


def _tight_box(boxes: memoryview[float]) -> Box | None:
    """The box of a word; None when a gap between its letters might part it."""
    lefts, tops, rights, bottoms = (boxes[side::4] for side in range(4))
    bottom, top = min(bottoms), max(tops)
    if len(lefts) > 1 and max(map(sub, lefts[1:], rights)) > SPREAD * (top - bottom):
        return None
    return min(lefts), bottom, max(rights), top


def _boxes(text_page: Any, count: int) -> tuple[memoryview[float], list[int]]:
    """Left, top, right and bottom of all letters in one row, and of which they are known.

    One call a letter is most of the work of reading, so nothing else is done in between.
    """
    import pypdfium2.raw as raw

    boxes = (raw.FS_RECTF * max(1, count))()
    look, first, size = raw.FPDFText_GetLooseCharBox, boxes[0], ctypes.sizeof(raw.FS_RECTF)
    known = [look(text_page, place, ctypes.byref(first, size * place)) for place in range(count)]
    return memoryview(boxes).cast("B").cast("f"), known


def _text(text_page: Any) -> str:
    """What the page says, a character for each of pdfium's letters."""
    import pypdfium2.raw as raw

    count = text_page.count_chars()
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(text) != count:  # it leaves out letters without a meaning
        return "".join(_letter(text_page, place) for place in range(count))
    return HIDDEN_HYPHEN.sub(lambda found: _letter(text_page, found.start()), text)


def _letter(text_page: Any, place: int) -> str:
    """One character."""
    import pypdfium2.raw as raw

    code = raw.FPDFText_GetUnicode(text_page, place)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else UNREADABLE
