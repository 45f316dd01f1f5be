"""Held: scanned files within a file (an archive, a mail), read by text recognition after the rest.

The child that opened the file keeps each such member in its folder; here each goes to a child of
its own, as a scan that came alone does. All of them share the pages that a document may have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from core.errors import UserError
from skills.decode.document import NO_WORDS, Document, Held, Passage
from skills.decode.sandbox import output_size
from skills.decode.scan import MOST_PAGES, NO_TEXT, read_scans

WITHOUT_WORDS = "only pictures, on which I could read no words"
TOOK_TOO_LONG = "only pictures, and reading them failed or took too long: send it by itself"
TOO_MANY = "too many scanned pages at once: send it by itself"


def read_held(document: Document, folder: Path, *, given_up: Callable[[], bool]) -> Document:
    """The document with the words of the scans in it; those that have none are named.

    Raises UserError when there is no word in all of it.
    """
    left = MOST_PAGES
    for held in document.held:
        try:
            if left <= 0:
                raise UserError(TOO_MANY)
            document = _with(document, held, folder, most=left, given_up=given_up)
        except UserError as error:
            known = {NO_TEXT: WITHOUT_WORDS, TOO_MANY: TOO_MANY}
            document = _without(document, held, why=known.get(str(error), TOOK_TOO_LONG))
        left -= len(held.pages)
    if not any(each.text for each in document.passages):
        raise UserError(NO_WORDS)
    return replace(document, held=())


def _without(document: Document, held: Held, *, why: str) -> Document:
    """The document with a note on a scan that was not read; what has letters of it stays."""
    pages = f"{held.read:,} of {held.total:,} pages; its scans were not read ({why})."
    note = f"{held.name}: {pages}" if held.read else f"Not read: {held.name} ({why})."
    return replace(document, read=document.read - (not held.read), notes=(*document.notes, note))


def _with(
    document: Document, held: Held, folder: Path, *, most: int, given_up: Callable[[], bool]
) -> Document:
    """The document with what is read of one scan, in the order of its pages."""
    path = folder / Path(held.file).name
    if not output_size(path):  # a child may have left a link to what it cannot read itself
        raise UserError(NO_WORDS)
    inside = f"{held.name}, "
    places = [
        place
        for place, each in enumerate(document.passages)
        if each.part == held.part and each.source.startswith(inside)
    ]
    alone = Document(
        passages=[_moved(document.passages[place], lambda s: s[len(inside) :]) for place in places],
        unit="page",
        read=held.read,
        total=held.total,
        grids=document.grids,
        scans=held.pages,
    )
    found = read_scans(alone, path, most=most, heard=None, given_up=given_up)
    words = [
        replace(_moved(each, lambda source: inside + source), part=held.part)
        for each in found.passages
    ]
    named = [
        replace(grid, source=inside + grid.source) for grid in found.grids[len(document.grids) :]
    ]
    kept = [each for place, each in enumerate(document.passages) if place not in set(places)]
    start = next((place for place, each in enumerate(kept) if each.part > held.part), len(kept))
    notes = [f"{held.name}: {found.read:,} of {found.total:,} pages.", *_notes(found, held.name)]
    return replace(
        document,
        passages=[*kept[:start], *words, *kept[start:]],
        grids=(*document.grids, *named),
        notes=(*document.notes, *notes),
    )


def _notes(found: Document, name: str) -> Iterator[str]:
    return (f"{name}: {note}" for note in found.notes)


def _moved(passage: Passage, rename: Callable[[str], str]) -> Passage:
    """The same words with other names for where they stand."""
    turns = tuple((place, rename(there)) for place, there in passage.turns)
    return replace(passage, source=rename(passage.source), turns=turns)
