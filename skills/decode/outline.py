"""Outline: the bookmarks of a PDF, which name its chapters and their levels.

A bookmark marks the paragraph with its words on its page as a heading. Where its page has no such
words it is put in front of that page, if no other would stand there, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from skills.decode.document import Passage
from skills.decode.furniture import is_page_number
from skills.decode.lines import page_in

DEEPEST, MOST, LONGEST = 6, 2_000, 200
FEWEST = 2  # one alone is the document's title
LONGER = 12  # letters that a heading may have and its bookmark not: "Chapter 12: "


@dataclass(frozen=True, kw_only=True, slots=True)
class Bookmark:
    """The name of a chapter, its level (1 is the highest), and the page it begins on."""

    title: str
    level: int
    page: int


def read_outline(document: Any) -> list[Bookmark]:
    """The bookmarks in the order of their pages; those that lead nowhere are left out."""
    found = list(islice(_bookmarks(document), MOST))
    return sorted(found, key=lambda each: each.page) if len(found) >= FEWEST else []


def _bookmarks(document: Any) -> Iterator[Bookmark]:
    for each in document.get_toc(max_depth=DEEPEST):
        title = " ".join((each.get_title() or "").split())[:LONGEST]
        index = place.get_index() if (place := each.get_dest()) else None
        if index is not None and any(letter.isalpha() for letter in title):
            yield Bookmark(title=title, level=each.level + 1, page=index + 1)


def mark_chapters(passages: Sequence[Passage], outline: Sequence[Bookmark]) -> list[Passage]:
    """The passages with the outline's headings; headings found otherwise are below them."""
    if not outline:
        return list(passages)
    deepest = max(each.level for each in outline)
    marked = [
        replace(each, level=each.level + deepest) if each.heading else each for each in passages
    ]
    first = _first_of_pages(passages)
    homeless: list[Bookmark] = []
    start = 0
    for each in outline:
        place = _find(passages, each, start=max(start, first.get(each.page, len(passages))))
        if place is None:
            homeless.append(each)
        else:
            marked[place] = replace(marked[place], heading=True, level=each.level)
            start = place + 1
    return _with_homeless(marked, homeless, first)


def _first_of_pages(passages: Sequence[Passage]) -> dict[int, int]:
    """The place of the first passage on each page."""
    return {page_in(each.source): place for place, each in reversed(list(enumerate(passages)))}


def _find(passages: Sequence[Passage], bookmark: Bookmark, *, start: int) -> int | None:
    """The place of the paragraph that has a bookmark's words, and hardly more."""
    wanted = _plain(bookmark.title)
    for place in range(start, len(passages)):
        each = passages[place]
        if page_in(each.source) != bookmark.page:
            return None
        if each.table >= 0 or len(each.text) > len(bookmark.title) + LONGER:
            continue
        said = _plain(each.text)
        most_of_it = 2 * len(said) > len(wanted) and wanted.endswith(said)
        if said.endswith(wanted) or most_of_it:
            return place
    return None


def _with_homeless(
    passages: list[Passage], homeless: Sequence[Bookmark], first: dict[int, int]
) -> list[Passage]:
    """With those put in front of their page that are alone there and name more than a page."""
    alone = Counter(each.page for each in homeless)
    for each in reversed(homeless):
        place = first.get(each.page)
        if place is None or alone[each.page] > 1 or is_page_number(each.title):
            continue
        heading = Passage(
            text=each.title, source=passages[place].source, heading=True, level=each.level
        )
        passages.insert(place, heading)
    return passages


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
