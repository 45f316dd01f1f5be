"""Sources: what an input says, from a text, a file or a thread, as material.

A file is read in the background; of a long one the first pages are there before the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.errors import UserError
from skills.decode.document import Document
from skills.decode.reading import Reading
from skills.kinds import MOST_TYPED
from skills.skill import Input
from skills.texts.chapters import take_chapter
from skills.texts.excerpt import take_pages
from skills.texts.material import Material, from_document, from_messages, from_text

NOT_OF_TEXT = (
    "pages and chapter choose a part of a document: upload one, or give the link of its message."
)


def open_source(asked: Input) -> Material | Reading:
    """The material, or a file that begins to be read.

    Raises UserError for nothing, for too long a text, and for a file that cannot be opened.
    """
    if asked.path is not None:
        reading = Reading(asked.path)
        reading.begin()
        return reading
    if wants_part(asked.options):
        raise UserError(NOT_OF_TEXT)
    if asked.messages:
        return from_messages(asked.messages, coverage=asked.coverage, subject=asked.name)
    if len(asked.text) > MOST_TYPED:
        raise UserError(
            f"This text is longer than {MOST_TYPED:,} characters: upload it as a .txt file."
        )
    if not asked.text.strip():
        raise UserError("There is nothing to summarize: send a text, a file or a thread.")
    return from_text(asked.text)


def growing(reading: Reading, asked: Input) -> Iterator[tuple[Document, Material]]:
    """A document so far, and last the whole or the part of it that was asked for.

    Raises UserError when it cannot be read, or has no such part.
    """
    name = asked.name or reading.path.name
    for document in reading.growing(lambda share: asked.progress("Reading", share)):
        if document.whole:
            document = _part(document, asked.options)
        yield document, from_document(document, name=name)


def wants_part(options: Mapping[str, str]) -> bool:
    """Whether only pages or a chapter were asked for."""
    return bool(options.get("pages") or options.get("chapter"))


def _part(document: Document, options: Mapping[str, str]) -> Document:
    """The document, or what was asked for of it; with both, the chapter's part of the pages."""
    if chapter := options.get("chapter"):
        document = take_chapter(document, chapter)
    if pages := options.get("pages"):
        document = take_pages(document, pages)
    return document
