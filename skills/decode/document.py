"""`Document`: what a file of words says, passage by passage, each with where it stands in the file.

The readers (pdf.py, word.py, slides.py, …) make it; how a file is read safely, documents.py knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import UserError
from skills.decode.grids import Grid

MOST_CHARACTERS = 5_000_000
MOST_PASSAGES = 200_000
IN_CONTENTS = 99  # the level of a line in a table of contents: it names a chapter and is none
QUOTED = ", quoted"  # in the source of what a mail repeats of an earlier one
NOTE = re.compile(r"\b(?:foot|end)note \d+$")  # the source of one
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
