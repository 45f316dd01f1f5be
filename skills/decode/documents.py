"""Documents: a PDF, DOCX, TXT or MD file becomes passages, each with where it stands in the file.

What the file is decides, not its name: a text named .pdf is read as text. `read_document` runs
`decode_file` in the sandbox; the readers (pdf.py, word.py, plain.py) never run in the worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.archives import OLE, check_archive, is_archive
from skills.decode.encodings import decode_text
from skills.decode.pace import Pace
from skills.decode.sandbox import run_decoder
from skills.kinds import DOCUMENT

MOST_CHARACTERS = 5_000_000
MOST_BYTES_OF_TEXT = 20 * 1024 * 1024
MOST_PASSAGES = 200_000
SECONDS = 30.0  # 2,000 pages take 12 s on two cores
MIB = 1024 * 1024
MOST_MEMORY = 1024 * MIB
PDF_MARK, PDF_MARK_WITHIN = b"%PDF-", 1024
SAVE_AS = "save it as PDF or .docx and send that."
DAMAGED = "I could not open this document: it looks damaged; open it, save it again and send that."
NO_WORDS = "There is no text in this document: please send one with words in it."
# Parts that tell the other zip formats from a .docx.
FOREIGN_PARTS = (
    ("ppt/presentation.xml", "presentation"),
    ("xl/workbook.xml", "workbook"),
    ("content.xml", "OpenDocument file"),
    ("META-INF/container.xml", "e-book"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A paragraph; `source` is "page 3" or "paragraph 12"; a heading names what follows it."""

    text: str
    source: str
    heading: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What a file says. `unit` is "page" or "paragraph"; `read` of `total` had text and were read.

    While a long PDF is being read there are documents of its first pages, not yet `whole`.
    `notes` say what was left out, in whole sentences.
    """

    passages: list[Passage]
    unit: str
    read: int
    total: int
    notes: tuple[str, ...] = ()
    whole: bool = True

    @property
    def share(self) -> float:
        """About how much of the file this is, 0..1."""
        return 1.0 if self.whole else self.read / max(1, self.total)


def read_document(
    path: Path,
    *,
    heard: Callable[[Document], None] | None = None,
    given_up: Callable[[], bool] = bool,
) -> Document:
    """The document in a file; `heard` is told now and then what is read of a long one so far.

    `given_up` turns true when nobody waits for it any more. Raises UserError when there is no text
    in it, when it is protected, damaged, too long, or of another format.
    """
    size = path.stat().st_size
    if size == 0:
        raise UserError("This document is empty (0 bytes): save it again and send that.")
    if size > DOCUMENT.max_bytes:
        raise UserError(
            f"This document is larger than {DOCUMENT.max_bytes // 1024**2} MB: please split it."
        )
    found = run_decoder(
        "skills.decode.documents:decode_file",
        path,
        seconds=SECONDS,
        memory_bytes=_memory(path, size),
        damaged=DAMAGED,
        pace=Pace(given_up=given_up),
        heard=(lambda answer: heard(_document(answer))) if heard else None,
    )
    return replace(_document(found), whole=True)  # whatever it says: nothing more will come


def _document(found: Mapping[str, Any]) -> Document:
    """What the sandboxed half said."""
    passages = [Passage(**each) for each in found["passages"]]
    return Document(**{**found, "passages": passages, "notes": tuple(found["notes"])})


def _memory(path: Path, size: int) -> int:
    """A PDF gets by its size, which is ample: pages that swell to more are bombs, refused at once.

    1,500 pages of text take 140 MB; 2,000 with pictures, 92 MB as a file, take 460.
    """
    with path.open("rb") as file:
        is_pdf = PDF_MARK in file.read(PDF_MARK_WITHIN)
    return min(MOST_MEMORY, 256 * MIB + 4 * size) if is_pdf else MOST_MEMORY


def decode_file(path: Path, out_dir: Path, options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The sandboxed half: the document as plain values, the whole as the last."""
    document = None
    for document in _read(path):
        yield asdict(document)
    if document is None or not any(passage.text for passage in document.passages):
        raise UserError(NO_WORDS)


def within_limits(passages: Iterable[Passage]) -> list[Passage]:
    """The passages of a document as they are read; refuses a longer one before all of it is."""
    kept: list[Passage] = []
    characters = 0
    for passage in passages:
        kept.append(passage)
        characters += len(passage.text)
        if characters > MOST_CHARACTERS or len(kept) > MOST_PASSAGES:
            raise UserError(
                f"This document is longer than {MOST_CHARACTERS:,} characters or "
                f"{MOST_PASSAGES:,} paragraphs: please split it."
            )
    return kept


def _read(path: Path) -> Iterable[Document]:
    """Sniff the format and hand over to its reader; a PDF's tells what it has so far."""
    with path.open("rb") as file:
        head = file.read(2048)
    if PDF_MARK in head[:PDF_MARK_WITHIN]:
        from skills.decode.pdf import read_pdf

        return read_pdf(path)
    if is_archive(head):
        _refuse_foreign(check_archive(path, what="document"))
        from skills.decode.word import read_word

        return [read_word(path)]
    _refuse_known(head)
    if path.stat().st_size > MOST_BYTES_OF_TEXT:
        raise UserError(
            f"This text is larger than {MOST_BYTES_OF_TEXT // 1024**2} MB: please split it."
        )
    from skills.decode.plain import read_plain

    return [read_plain(decode_text(path.read_bytes(), what="text"))]


def _refuse_foreign(parts: frozenset[str]) -> None:
    """Name the zip format that is no .docx."""
    if "word/document.xml" in parts:
        return
    for part, name in FOREIGN_PARTS:
        if part in parts:
            article = "an" if name[0] in "Oe" else "a"
            raise UserError(f"This is {article} {name}, which I cannot read: {SAVE_AS}")
    raise UserError(f"This is an archive, not a document: take the document out, or {SAVE_AS}")


def _refuse_known(head: bytes) -> None:
    """Name the formats that are certainly no text."""
    start = head.lstrip().lower()
    if head.startswith(OLE):
        raise UserError(
            f"This document is protected by a password or in an old Office format: {SAVE_AS}"
        )
    if start.startswith(b"{\\rtf"):
        raise UserError(f"This is an RTF document, which I cannot read: {SAVE_AS}")
    if start.startswith((b"<!doctype html", b"<html")):
        raise UserError(f"This is a web page, which I cannot read: {SAVE_AS}")
