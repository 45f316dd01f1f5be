"""Documents: a file of words becomes passages, each with where it stands in the file.

`read_document` runs `decode_file` in the sandbox; what a file is, formats.py finds out there, and
the readers (pdf.py, word.py, slides.py, …) never run in the worker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.archives import is_archive
from skills.decode.grids import Grid
from skills.decode.pace import Pace
from skills.decode.sandbox import run_decoder
from skills.decode.scratch import scratch_for
from skills.kinds import DOCUMENT

MOST_CHARACTERS = 5_000_000
MOST_BYTES_OF_TEXT = 20 * 1024 * 1024
MOST_PASSAGES = 200_000
SECONDS = 30.0  # 2,000 pages take 12 s on two cores
MIB = 1024 * 1024
MOST_MEMORY = 1024 * MIB
IN_CONTENTS = 99  # the level of a line in a table of contents: it names a chapter and is none
QUOTED = ", quoted"  # in the source of what a mail repeats of an earlier one
NOTE = re.compile(r"\b(?:foot|end)note \d+$")  # the source of one
PDF_MARK, PDF_MARK_WITHIN = b"%PDF-", 1024
SAVE_AS = "save it as PDF or .docx and send that."
DAMAGED = "I could not open this document: it looks damaged; open it, save it again and send that."
NO_WORDS = "There is no text in this document: please send one with words in it."


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A paragraph; `source` is "page 3" or "paragraph 12"; a heading names what follows it.

    `level` of a heading is 1 for the highest. `turns` are the places in the text where it goes on
    elsewhere (the next page), with the source from there on. `table` is the index of the grid
    that it is a row of, or -1, `part` that of the file within the file it stands in.
    """

    text: str
    source: str
    heading: bool = False
    level: int = 0
    turns: tuple[tuple[int, str], ...] = ()
    table: int = -1
    part: int = 0

    @property
    def is_note(self) -> bool:
        """Whether it stands below or behind the text, under no heading of it."""
        return NOTE.search(self.source) is not None

    def source_at(self, place: int) -> str:
        """Where the letter at `place` stands."""
        return next((there for start, there in reversed(self.turns) if start <= place), self.source)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A scan within a file: whose part it is, its name, and in which file it is kept for reading.

    `read` of its `total` pages have letters; `pages` are the numbers of those that are pictures.
    """

    part: int
    name: str
    file: str
    pages: tuple[int, ...]
    read: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What a file says. `unit` is "page", "slide", "paragraph", …; `read` of `total` were read.

    While a long PDF is being read there are documents of its first pages, not yet `whole`.
    `notes` say what was left out, in whole sentences. `parts` names the files within a file, ()
    for a single one. `excerpt` names the part that was asked for ("pages 3–7 of 12"). `scans` are
    the numbers of pages that are pictures and whose words were not yet read, `held` the scans among
    the files within it.
    """

    passages: list[Passage]
    unit: str
    read: int
    total: int
    notes: tuple[str, ...] = ()
    whole: bool = True
    grids: tuple[Grid, ...] = ()
    parts: tuple[str, ...] = ()
    excerpt: str = ""
    scans: tuple[int, ...] = ()
    held: tuple[Held, ...] = ()

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
    with scratch_for(path) as folder:
        found = run_decoder(
            "skills.decode.documents:decode_file",
            path,
            out_dir=folder,
            seconds=SECONDS,
            memory_bytes=_memory(path, size),
            damaged=DAMAGED,
            pace=Pace(given_up=given_up),
            heard=(lambda answer: heard(open_document(answer))) if heard else None,
        )
        document = replace(open_document(found), whole=True)  # whatever it says: no more will come
        if document.held:
            from skills.decode.held import read_held

            return read_held(document, folder, given_up=given_up)
    if not document.scans:
        return document
    from skills.decode.scan import read_scans

    return read_scans(document, path, heard=heard, given_up=given_up)


def open_document(found: Mapping[str, Any]) -> Document:
    """What the sandboxed half said."""
    passages = [
        Passage(**{**each, "turns": tuple((place, there) for place, there in each["turns"])})
        for each in found["passages"]
    ]
    grids = tuple(
        Grid(
            source=each["source"],
            header=tuple(each["header"]),
            rows=tuple(tuple(row) for row in each["rows"]),
            first=each["first"],
        )
        for each in found["grids"]
    )
    said = {name: tuple(found[name]) for name in ("notes", "parts", "scans")}
    held = tuple(Held(**{**each, "pages": tuple(each["pages"])}) for each in found["held"])
    return Document(**{**found, **said, "passages": passages, "grids": grids, "held": held})


def _memory(path: Path, size: int) -> int:
    """A PDF gets by its size, which is ample: pages that swell to more are bombs, refused at once.

    1,500 pages of text take 140 MB; 2,000 with pictures, 92 MB as a file, take 460.
    """
    with path.open("rb") as file:
        head = file.read(PDF_MARK_WITHIN)
    pdf = is_pdf(head) and not is_archive(head)
    return min(MOST_MEMORY, 256 * MIB + 4 * size) if pdf else MOST_MEMORY


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins so is a PDF, if it is no other format that may hold one."""
    return PDF_MARK in head[:PDF_MARK_WITHIN]


def decode_file(path: Path, out_dir: Path, options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The sandboxed half: the document as plain values, the whole as the last."""
    from skills.decode.formats import read_file

    document = None
    for document in read_file(path, room=out_dir):
        yield asdict(document)
    scanned = document and (document.scans or document.held)
    if document is None or not (scanned or any(each.text for each in document.passages)):
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


def collect(items: Iterable[Passage | Grid]) -> tuple[list[Passage], tuple[Grid, ...]]:
    """Passages within limits, and the grids among them, whose rows become passages in place."""
    grids: list[Grid] = []

    def flat() -> Iterator[Passage]:
        for item in items:
            if isinstance(item, Passage):
                yield item
                continue
            grids.append(item)
            for text, source in item.lines():
                yield Passage(text=text, source=source, table=len(grids) - 1)

    return within_limits(flat()), tuple(grids)
