"""Furniture: what pages carry for leafing through them: running heads, page numbers, margin stamps.

It is no part of what a document says. A table's cells and headings stand in the same places, so a
number counts as a page's only where it is the last thing on the page, or follows the pages' count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean

from skills.decode.lines import MOST_WORDS, NEAR, Line, Page, in_rows, usual_height

PAGE_NUMBER = re.compile(
    r"[\s.,:/|()\[\]<>•·–—-]*(?:page|seite|página|p\.)?\s*(?:\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?[\s.,:/|()\[\]<>•·–—-]*",
    re.IGNORECASE,
)
EDGE = 0.16  # the share of a page's height in which furniture stands, at its top and bottom
FEWEST_PAGES = 3
LARGE = 1.15  # than most letters: set as headings are
NUMBER = re.compile(r"\d{1,6}")
MOST_NUMBERS = 4
LONGEST_NUMBER = 40  # letters of a page's number with what stands around it
Key = tuple[str, int]


def without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page that say something, in the order in which they were."""
    usual = usual_height(line for page in pages for line in page.lines)
    keys = {
        id(line): set(_keys(line, page, usual=usual))
        for page in pages
        for line in page.lines
        if _at_edge(line, page)
    }
    counts = Counter(
        key
        for page in pages
        for key in {key for line in page.lines for key in keys.get(id(line), ())}
    )
    repeated = {key for key, count in counts.items() if count >= FEWEST_PAGES}
    heads = {place for place, found in keys.items() if found & repeated}
    return [list(_kept(page, heads)) for page in pages]


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but one: "- 7 -", "Page 3 of 12", "iv"."""
    return len(text) <= LONGEST_NUMBER and bool(PAGE_NUMBER.fullmatch(text))


def _kept(page: Page, repeated: set[int]) -> Iterator[Line]:
    """The lines of a page without those that are repeated and its number."""
    gone = repeated | {id(line) for line in page.lines if _is_on_end(line)}
    rows = in_rows([line for line in page.lines if line.text])
    for row, below in pairwise(rows):
        if _names_columns(row, below):
            gone -= {id(line) for line in row}
    for inwards in (rows, rows[::-1]):
        outermost = next(
            (left for row in inwards if (left := [line for line in row if id(line) not in gone])),
            [],
        )
        # Two numbers beside each other are the years above a table's columns.
        alone = len(outermost) == 1
        if alone and _at_edge(outermost[0], page) and is_page_number(outermost[0].text):
            gone |= {id(line) for line in outermost}
    return (line for line in page.lines if id(line) not in gone)


def _keys(line: Line, page: Page, *, usual: float) -> Iterator[Key]:
    """What other pages would have in this place: the same words, a number counting with the pages.

    A heading counts chapters so, and not pages.
    """
    place, text = round(line.bottom / 8), line.text.lower()
    yield text, place
    if usual and line.height > LARGE * usual:
        return
    for found in list(NUMBER.finditer(text))[:MOST_NUMBERS]:
        ahead = int(found[0]) - page.number
        yield f"{text[: found.start()]}#{ahead}{text[found.end() :]}", place


def _at_edge(line: Line, page: Page) -> bool:
    return page.height > 0 and not EDGE < line.bottom / page.height < 1 - EDGE


def _is_on_end(line: Line) -> bool:
    """A stamp on the margin, whose letters stand above each other."""
    return len(line.text) > 3 and line.height > 4 * (line.right - line.left)


def _names_columns(row: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether a row that every page repeats is the head of a table that goes on there."""
    near = row[0].bottom - below[0].bottom < NEAR * max(1.0, row[0].height)
    cells = mean(len(line.text.split()) for line in below) <= MOST_WORDS
    return len(row) > 1 and len(below) > 1 and near and cells
