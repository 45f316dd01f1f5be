"""Lines on pages become passages: columns in order, broken words joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from skills.decode.document import Passage, collect
from skills.decode.furniture import LARGE, without_furniture
from skills.decode.grids import Grid
from skills.decode.headings import mark_headings
from skills.decode.lines import Line, Page, find_grids, gaps_of, usual_height

HYPHEN = "\u2010"
BULLET = re.compile(r"^(?:[•▪◦●○■□‣∙·–—*\-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
FEW_DROPS, STEP = 4, 1.35  # from line to line, in heights of a line
ENDS = (".", "!", "?", ":", ";", "…", '"', "”", "’", ")", "。")


def arrange(pages: Sequence[Page]) -> tuple[list[Passage], tuple[Grid, ...]]:
    """The passages of all pages, and their tables.

    A passage that runs over a page's end begins where it begins, and knows where it turns.
    """
    kept = without_furniture(pages)
    blocks: list[tuple[str, list[Line] | Grid]] = []
    for page, lines in zip(pages, kept, strict=True):
        blocks += [(page.source, block) for block in _with_grids(_join_pieces(lines), page.source)]
    prose = [block for _, block in blocks if isinstance(block, list)]
    words = set(re.findall(r"[\w-]+", " ".join(line.text for block in prose for line in block)))
    usual = usual_height(line for lines in kept for line in lines)
    passages, grids = collect(_passages(blocks, words, usual=usual))
    whole = [replace(each, text=each.text.replace(HYPHEN, "-")) for each in passages]
    return mark_headings(whole), grids


def _with_grids(lines: list[Line], source: str) -> Iterator[list[Line] | Grid]:
    """The paragraphs of a page in order, each table before what stands below it."""
    grids, rest = find_grids(lines, source=f"{source}, table")
    for block in _blocks(_order(rest)):
        while grids and block[0].top <= grids[0].bottom:
            yield grids.pop(0).grid
        yield block
    yield from (each.grid for each in grids)


def _passages(
    blocks: Sequence[tuple[str, list[Line] | Grid]], words: set[str], *, usual: float
) -> Iterator[Passage | Grid]:
    """Each paragraph once it has ended: it may run over the end of a column or a page."""
    sizes = sorted(
        {
            round(block[0].height)
            for _, block in blocks
            if isinstance(block, list) and _is_large(block, usual=usual)
        },
        reverse=True,
    )
    last: Passage | None = None
    for source, block in blocks:
        if isinstance(block, Grid):
            if last:
                yield last
            last = None
            yield block
            continue
        text = _join_words([line.text for line in block], words)
        level = sizes.index(round(block[0].height)) + 1 if _is_large(block, usual=usual) else 0
        if last and not level and _runs_on(last, text):
            last = _joined(last, text, words, source=source)
        elif text:
            if last:
                yield last
            last = Passage(text=text, source=source, heading=bool(level), level=level)
    if last:
        yield last


def _is_large(block: list[Line], *, usual: float) -> bool:
    """Whether it is set as headings are."""
    words = sum(len(line.text.split()) for line in block)
    return block[0].height > LARGE * usual and words <= 20


def _joined(last: Passage, text: str, words: set[str], *, source: str) -> Passage:
    """A passage with what it goes on with, and where that stands when it is another page."""
    whole = _join_words([last.text, text], words)
    here = last.turns[-1][1] if last.turns else last.source
    turns = last.turns if here == source else (*last.turns, (len(whole) - len(text), source))
    return replace(last, text=whole, turns=turns)


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
            last.text + space + line.text,
            last.left,
            tall.bottom,
            line.right,
            tall.top,
            gaps_of(last, line, space=space),
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
    usual = _step(
        [drop for drop, line in zip(drops, lines, strict=False) if drop > line.height / 2]
    )
    if lines and len(drops) < FEW_DROPS:  # too few to tell a gap from a step
        usual = min(usual, STEP * median_low([line.height for line in lines]))
    common = usual_height(lines)
    blocks: list[list[Line]] = []
    for line in lines:
        step = usual if line.height < LARGE * common else min(usual, line.height)
        if not blocks or _parts(blocks[-1], line, usual=step):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _step(drops: list[float]) -> float:
    """From a line to the next of its paragraph: on a page of short ones most drops are wider."""
    return sorted(drops)[(len(drops) - 1) // 4] if drops else 0.0


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
