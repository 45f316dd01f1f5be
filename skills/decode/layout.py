"""Lines on pages become passages: columns in order, page furniture out, broken words joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from skills.decode.documents import Passage

HYPHEN = "\u2010"
BULLET = re.compile(r"^(?:[•▪◦●○■□‣∙·–—*\-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
PAGE_NUMBER = re.compile(
    r"[\W_]*(?:page|seite|página|p\.)?\s*(?:\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
EDGE = 0.16  # the share of a page's height in which furniture stands, at its top and bottom
ENDS = (".", "!", "?", ":", ";", "…", '"', "”", "’", ")", "。")


@dataclass(frozen=True, slots=True)
class Line:
    """Text with its box in points, y upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page; `lines` in the order in which the file has them."""

    number: int
    height: float
    lines: list[Line]


def arrange(pages: Sequence[Page]) -> list[Passage]:
    """The passages of all pages; one that runs over a page's end belongs to where it begins."""
    repeated = _repeated(pages)
    blocks: list[tuple[int, list[Line]]] = []
    for page in pages:
        lines = [line for line in page.lines if not _is_furniture(line, page, repeated)]
        blocks += [(page.number, block) for block in _blocks(_order(_join_pieces(lines)))]
    words = set(re.findall(r"[\w-]+", " ".join(line.text for _, block in blocks for line in block)))
    usual = _usual_height(line for _, block in blocks for line in block)
    passages: list[Passage] = []
    for number, block in blocks:
        text = _join_words([line.text for line in block], words)
        heading = block[0].height > 1.15 * usual and len(text.split()) <= 20
        if passages and not heading and _runs_on(passages[-1], text):
            passages[-1] = replace(passages[-1], text=_join_words([passages[-1].text, text], words))
        elif text:
            passages.append(Passage(text=text, source=f"page {number}", heading=heading))
    return [replace(each, text=each.text.replace(HYPHEN, "-")) for each in passages]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.lower()), round(line.bottom / 8)


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Lines that stand at one place near the edge of three pages or more, numbers aside."""
    counts = Counter(
        key for page in pages for key in {_key(line) for line in page.lines if _at_edge(line, page)}
    )
    return {key for key, count in counts.items() if count >= 3}


def _at_edge(line: Line, page: Page) -> bool:
    return page.height > 0 and not EDGE < line.bottom / page.height < 1 - EDGE


def _is_furniture(line: Line, page: Page, repeated: set[tuple[str, int]]) -> bool:
    """Running heads, page numbers, and text set on end (a stamp on the margin)."""
    if len(line.text) > 3 and line.height > 4 * (line.right - line.left):
        return True
    if not _at_edge(line, page):
        return False
    return _key(line) in repeated or bool(PAGE_NUMBER.fullmatch(line.text))


def _join_pieces(lines: Iterable[Line]) -> list[Line]:
    """Pieces of one line (a superscript, a word in another font) become that line again."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is None or not line.text or not _continues(last, line):
            joined += [line] if line.text else []
            continue
        space = "" if line.left - last.right < 0.15 * last.height else " "
        tall = max(last, line, key=lambda each: len(each.text))
        joined[-1] = Line(
            last.text + space + line.text, last.left, tall.bottom, line.right, tall.top
        )
    return joined


def _continues(last: Line, line: Line) -> bool:
    """Whether `line` stands right of `last` on its height."""
    overlap = min(last.top, line.top) - max(last.bottom, line.bottom)
    near = -0.5 * last.height < line.left - last.right < 1.5 * last.height
    return near and overlap > 0.4 * min(last.height, line.height)


def _order(lines: list[Line]) -> list[Line]:
    """Reading order: the file's own, unless it jumps between two columns line by line."""
    if len(lines) < 8:
        return lines
    middle = (min(line.left for line in lines) + max(line.right for line in lines)) / 2
    sides = [_side(line, middle) for line in lines]
    narrow = [side for side in sides if side]
    switches = sum(one != other for one, other in pairwise(narrow))
    if min(narrow.count(-1), narrow.count(1)) < 4 or switches < 0.3 * len(narrow):
        return lines
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda each: -each.top):
        if _side(line, middle) == 0:
            ordered += [*_columns(band, middle), line]
            band = []
        else:
            band.append(line)
    return ordered + _columns(band, middle)


def _side(line: Line, middle: float) -> int:
    """-1 left of the gutter, 1 right of it, 0 across."""
    if line.right <= middle + 3:
        return -1
    return 1 if line.left >= middle - 3 else 0


def _columns(band: list[Line], middle: float) -> list[Line]:
    return [line for side in (-1, 1) for line in band if _side(line, middle) == side]


def _blocks(lines: list[Line]) -> list[list[Line]]:
    """Paragraphs: parted by gaps, by size, by bullets, by a short last line, by an indent."""
    drops = [one.bottom - other.bottom for one, other in pairwise(lines)]
    usual = median([drop for drop in drops if drop > 1] or [0])
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or _parts(blocks[-1], line, usual=usual):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _parts(block: list[Line], line: Line, *, usual: float) -> bool:
    """Whether a new paragraph begins with `line`."""
    last = block[-1]
    drop = last.bottom - line.bottom
    if abs(last.height - line.height) > 0.15 * max(last.height, line.height):
        return True
    if BULLET.match(line.text) or not -0.5 * last.height < drop < max(
        1.4 * usual, 1.3 * last.height
    ):
        # A column's end is no paragraph's end when the sentence goes on.
        return BULLET.match(line.text) is not None or not (
            drop < 0 and not last.text.endswith(ENDS) and line.text[:1].islower()
        )
    if not last.text.endswith(ENDS):
        return False
    widest = max(each.right for each in block)
    indented = line.left - min(each.left for each in block[-2:]) > 0.8 * line.height
    return indented or (len(block) > 1 and last.right < widest - 0.2 * (widest - last.left))


def _usual_height(lines: Iterable[Line]) -> float:
    """The height in which most letters are set."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.height, 1)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _runs_on(last: Passage, text: str) -> bool:
    """Whether a paragraph is the rest of the one before it, cut by a page's or a column's end."""
    return not last.heading and not last.text.endswith(ENDS) and text[:1].islower()


def _join_words(lines: Iterable[str], words: set[str]) -> str:
    """Lines as one text; a word broken at a line's end is whole again, its hyphen gone or kept."""
    text = ""
    for line in lines:
        if text.endswith((HYPHEN, "-", "\u00ad")) and line[:1].isalpha() and text[-2:-1].isalpha():
            head = re.split(r"[^\w-]", text[:-1])[-1]
            tail = re.match(r"[\w-]*", line)[0]  # type: ignore[index]  # matches anything
            hyphen = "-" if _keeps_hyphen(head, tail, words) else ""
            text = text[:-1] + hyphen + line
        else:
            text = f"{text} {line}" if text else line
    return " ".join(text.split())


def _keeps_hyphen(head: str, tail: str, words: set[str]) -> bool:
    """A compound ("well-known"): seen elsewhere so, or its second half begins like a name."""
    return tail[:1].isupper() or (f"{head}-{tail}" in words and head + tail not in words)
