"""Formats: what a file of words is, by what is in it, and the reader for it.

Its name decides nothing: a text named .pdf is read as text. It runs in the sandbox only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from core.errors import UserError
from skills.decode.archives import OLE, check_archive, is_archive
from skills.decode.document import Document
from skills.decode.encodings import decode_text

MOST_BYTES_OF_TEXT = 20 * 1024 * 1024
SAVE_AS = "save it as PDF or .docx and send that."
PDF_MARK, PDF_MARK_WITHIN = b"%PDF-", 1024
EMPTY_ARCHIVE = b"PK\x05\x06"
# Parts that tell the other zip formats from an archive of documents.
FOREIGN_PARTS = (
    ("content.xml", "OpenDocument file"),
    ("META-INF/container.xml", "e-book"),
)
# The lines that programs put above a mail, and those that people know.
MAIL_HEADER = re.compile(rb"(?i)\A(?:[\w-]{1,60}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}")
MAIL_BY_PROGRAMS = re.compile(
    rb"(?im)^(mime-version|message-id|received|return-path|content-type|delivered-to|x-mailer):"
)
MAIL_BY_PEOPLE = re.compile(rb"(?im)^(from|to|subject|date|sender):")
WEB_PAGE = re.compile(
    r"(?i)\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--(?:(?!-->).){0,5000}-->\s*+)*+"
    r"<(?:!doctype\s++html|html|head|body)\b",
    re.DOTALL,
)
# A piece of a page without its frame; Markdown may begin with a tag, too, but goes on with marks.
WEB_PIECE = re.compile(r"(?i)\s*+<(?:table|h[1-6]|p|div|ul|ol|section|article|main|title|meta)\b")
MARKDOWN = re.compile(r"(?m)^(?:#{1,6} |```|\* |- |\[)")
HEAD = 64 * 1024


def read_file(path: Path, *, room: Path, depth: int = 0) -> Iterable[Document]:
    """The documents of a file so far, the whole last; `room` is a folder for files within it.

    `depth` is 0 for the file itself. Raises UserError for what is no document, in a sentence.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    # A PDF may begin with a little else, and stand unpacked at the beginning of these two.
    if is_archive(head) or head.startswith(EMPTY_ARCHIVE):
        return [_read_archive(path, room=room, depth=depth)]
    if _is_mail(head):
        from skills.decode.mail import read_mail

        return [read_mail(path, room=room, depth=depth)]
    if is_pdf(head):
        from skills.decode.pdf import read_pdf

        return read_pdf(path)
    _refuse_known(head)
    if path.stat().st_size > MOST_BYTES_OF_TEXT:
        raise UserError(
            f"This text is larger than {MOST_BYTES_OF_TEXT // 1024**2} MB: please split it."
        )
    return [_read_text(path.read_bytes())]


def open_text(path: Path) -> str:
    """A plain text or Markdown as it is written; "" for any other format, or with tables in it.

    The cells of a table need the names of their columns. Raises UserError as `read_file`.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if is_archive(head) or head.startswith(EMPTY_ARCHIVE) or _is_mail(head) or is_pdf(head):
        return ""
    _refuse_known(head)
    text = decode_text(path.read_bytes(), what="text")
    return "" if _is_web_page(text[:HEAD]) or _read_words(text).grids else text


def _read_archive(path: Path, *, room: Path, depth: int) -> Document:
    """An office file, or an archive of documents."""
    parts = check_archive(path, what="document")
    if "word/document.xml" in parts:
        from skills.decode.word import read_word

        return read_word(path)
    if "ppt/presentation.xml" in parts:
        from skills.decode.slides import read_slides

        return read_slides(path)
    if "xl/workbook.xml" in parts:
        from skills.decode.sheets import read_sheets

        return read_sheets(path)
    for part, name in FOREIGN_PARTS:
        if part in parts:
            raise UserError(f"This is an {name}, which I cannot read: {SAVE_AS}")
    from skills.decode.bundle import read_bundle

    return read_bundle(path, room=room, depth=depth)


def _is_mail(head: bytes) -> bool:
    """Whether a file begins with a mail's header: lines of programs, and of people."""
    found = MAIL_HEADER.match(head.lstrip())
    return found is not None and bool(
        MAIL_BY_PROGRAMS.search(found[0]) and MAIL_BY_PEOPLE.search(found[0])
    )


def _read_text(content: bytes) -> Document:
    text = decode_text(content, what="text")
    if _is_web_page(text[:HEAD]):
        from skills.decode.web import read_web_page

        return read_web_page(content)
    return _read_words(text)


def _read_words(text: str) -> Document:
    from skills.decode.delimited import read_delimited
    from skills.decode.plain import read_plain

    return read_delimited(text) or read_plain(text)


def _is_web_page(text: str) -> bool:
    text = text.removeprefix("\ufeff")
    return bool(WEB_PAGE.match(text)) or bool(WEB_PIECE.match(text) and not MARKDOWN.search(text))


def _refuse_known(head: bytes) -> None:
    """Name the formats that are certainly no text."""
    if head.startswith(OLE):
        raise UserError(
            f"This document is protected by a password or in an old Office format: {SAVE_AS}"
        )
    if head.lstrip().lower().startswith(b"{\\rtf"):
        raise UserError(f"This is an RTF document, which I cannot read: {SAVE_AS}")


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins so is a PDF, if it is no other format that may hold one."""
    return PDF_MARK in head[:PDF_MARK_WITHIN]
