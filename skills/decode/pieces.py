"""Pieces: pdfium's letters become words with their boxes, and lines where it ends them.

Lines are cut at wide gaps, so that the cells of a table and the columns of a page stay apart.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Callable, Iterator
from operator import sub
from typing import Any

from skills.decode.lines import GAP, Gap, Line

HYPHEN = "\u2010"  # stands for a hyphen at a line's end, which layout.py resolves
LINE_HYPHENS = ("\x02", "\ufffe")  # how pdfium reports one
HIDDEN_HYPHEN = re.compile("\ufffe")  # in a whole text it reports every other hyphen so as well
PIECES = re.compile(r"[\x02\ufffe]|[^\S\r]|[^\s\x00-\x1f\ufffe]+")
UNREADABLE = "\ufffd"
SPREAD = 0.1  # of a word's height: far below what cuts a line
Box = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], Box]  # of a box's left, top, right and bottom


def read_lines(text_page: Any, *, upright: Turn | None) -> Iterator[Line]:
    """Runs of letters between pdfium's line ends, cut at wide gaps (columns, table cells).

    It leaves some line ends out: before a page's number, say.
    """
    pieces: list[str] = []
    gaps: list[Gap] = []
    box: Box = (0.0, 0.0, 0.0, 0.0)
    for piece, place in _pieces(text_page, upright):
        gap = place[0] - box[2] if pieces and place else 0.0
        far = gap > 1.5 * (box[3] - box[1]) > 0 or bool(pieces and place and _is_below(box, place))
        if pieces and (piece == "\n" or far):
            yield Line("".join(pieces).strip(), *box, tuple(gaps))
            pieces, gaps = [], []
        if piece == "\n" or not (pieces or place):
            continue
        if pieces and place and gap > GAP * (box[3] - box[1]):
            gaps.append((sum(map(len, pieces)), box[2], place[0]))
        if place:
            inside = any(each.strip() for each in pieces)
            box = _around(box, place) if inside else place
        pieces.append(piece)
    if pieces:
        yield Line("".join(pieces).strip(), *box, tuple(gaps))


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
