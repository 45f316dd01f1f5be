"""Excerpt: the pages of a document that were asked for.

What is not there is refused with a sentence that names what is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from core.errors import UserError
from skills.decode.document import Document, Passage
from skills.texts.chapters import name_parts
from skills.texts.places import NUMBERED_UNITS, name_numbers, number_in

RANGE = re.compile(r"(\d{1,5})?\s*(-|–|—|\.\.|to)?\s*(\d{1,5})?")


def take_pages(document: Document, asked: str) -> Document:
    """The passages on the pages (or slides) asked for, "3-7", "5", "3-" or "2,5-6".

    Raises UserError when the document has no such pages.
    """
    unit, total = document.unit, document.total
    if document.parts or unit not in NUMBERED_UNITS:
        raise UserError(
            f"This file has no numbered pages that I can tell apart: {name_parts(document)}"
        )
    wanted = _numbers(asked, unit=unit, total=total)
    kept = [piece for each in document.passages for piece in _within(each, wanted)]
    shown = name_numbers(sorted(wanted))
    if not any(each.text for each in kept):
        raise UserError(f"There is no text on {unit} {shown} of {total:,}: ask for other {unit}s.")
    word = unit if len(wanted) == 1 else f"{unit}s"
    return replace(document, passages=kept, excerpt=f"{word} {shown} of {total:,}")


def _numbers(asked: str, *, unit: str, total: int) -> set[int]:
    """The numbers in "3-7" or "2,5-6" that the document has.

    Raises UserError when it has none of some of them, or nobody can tell which are meant.
    """
    wanted = set[int]()
    for piece in asked.replace(" ", "").split(","):
        found = RANGE.fullmatch(piece)
        if not piece or found is None or not (found[1] or found[3]):
            raise UserError(f"I do not understand “{asked[:40]}”: write pages:3-7 or pages:5.")
        first = int(found[1] or 1) if found[2] or found[1] else int(found[3])
        last = int(found[3] or total) if found[2] else int(found[1] or found[3])
        if not 1 <= first <= last or first > total or (found[3] and last > total):
            count = f"one {unit}" if total == 1 else f"{unit}s 1 to {total:,}"
            raise UserError(f"There is no {unit} {piece} in this document: it has {count}.")
        wanted |= set(range(first, last + 1))
    return wanted


def _within(passage: Passage, wanted: set[int]) -> Iterator[Passage]:
    """What of a passage stands on the pages wanted."""
    starts = [(0, passage.source), *passage.turns]
    ends = [start for start, _ in passage.turns] + [len(passage.text)]
    if all(number_in(source) in wanted for _, source in starts):
        yield passage
        return
    for (start, source), end in zip(starts, ends, strict=True):
        if number_in(source) in wanted:
            yield replace(passage, text=passage.text[start:end].strip(), source=source, turns=())
