"""Material: what a summary is made of, the same for a document, a thread and a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from skills.coverage import Coverage
from skills.decode.document import IN_CONTENTS, Document, Passage, collect
from skills.decode.grids import Grid
from skills.decode.plain import number_blocks
from skills.decode.sentences import split_sentences
from skills.models.languages import is_english
from skills.models.tongue import find_tongue
from skills.skill import Message

OF_TOTAL = ("page", "slide", "sheet", "document")  # units of which some may not have been read
LONGEST_HEADING = 60
MOST_ROWS = 15  # of a table that a point comes from


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """Passages, where their links lead (by their index), and what to call the whole.

    `coverage` says how much was read ("12 of 12 pages"); `lead` whether the beginning says most.
    `grids` are the tables that passages are rows of; `parts` names the files within the file;
    `is_file` is false for what was typed; `messages` are those of a conversation, and `places` the
    message of each passage.
    """

    passages: list[Passage]
    subject: str
    coverage: str
    lead: bool
    links: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    parts: tuple[str, ...] = ()
    is_file: bool = False
    messages: tuple[Message, ...] = ()
    places: tuple[int, ...] = ()

    def source_of(self, message: int) -> str:
        """What the place of a message is called: its number in a thread, its time in a channel."""
        said = self.messages[message]
        return f"{said.author}, {said.when or f'message {message + 1}'}"

    def shown(self, passage: int, source: str) -> str:
        """The source of a point as people read it."""
        return self.source_of(self.places[passage]) if self.messages else source

    def of_part(self, part: int) -> Material:
        """One of the files within the file, with the places of all passages kept."""
        nothing = Passage(text="", source="")
        passages = [each if each.part == part else nothing for each in self.passages]
        return replace(self, passages=passages, parts=())

    def table_of(self, places: Iterable[int]) -> Grid | None:
        """The table that the first such passage is a row of, as far as it is shown."""
        for passage in (self.passages[place] for place in places):
            if passage.table >= 0:
                return _around(self.grids[passage.table], source=passage.source)
        return None

    def count_sentences(self) -> int:
        """Sentences, headings aside."""
        return sum(len(split_sentences(each.text)) for each in self.passages if not each.heading)

    def find_tongue(self) -> str:
        """The language of what is said in sentences."""
        return find_tongue(each.text for each in self.passages if each.table < 0)

    def looks_english(self) -> bool:
        """Whether nothing speaks for another language."""
        return is_english(self.find_tongue())


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


def from_document(document: Document, *, name: str) -> Material:
    """A file; the sources of its passages name the heading they stand under."""
    return Material(
        passages=list(_under_headings(document.passages)),
        subject=name,
        coverage=document.excerpt or cover(document),
        lead=True,
        notes=document.notes,
        grids=document.grids,
        parts=document.parts,
        is_file=True,
    )


def _around(grid: Grid, *, source: str) -> Grid:
    """The rows of a table around the one with a source."""
    places = [number for number, row in enumerate(grid.rows, start=grid.first) if any(row)]
    sources = [line for _, line in grid.lines()]
    row = next(
        (number for number, line in zip(places, sources, strict=True) if _is_in(line, source)),
        grid.first,
    )
    start = max(0, min(row - grid.first - MOST_ROWS // 2, len(grid.rows) - MOST_ROWS))
    rows = grid.rows[start : start + MOST_ROWS]
    return replace(grid, rows=rows, first=grid.first + start)


def _is_in(line: str, source: str) -> bool:
    """Whether a source is that of a table's line, the heading above it aside."""
    return source == line or source.startswith(f"{line}, ")


def cover(document: Document) -> str:
    """How much of a file was read: "12 of 12 pages", "57 paragraphs"."""
    if document.unit in OF_TOTAL:
        return f"{document.read:,} of {_count(document.total, document.unit)}"
    return _count(document.read, document.unit)


def _under_headings(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages with the nearest heading above them in their sources."""
    section = 0, ""
    for each in passages:
        if each.part != section[0]:
            section = each.part, ""
        if each.heading and each.level < IN_CONTENTS:
            section = each.part, _short(each.text)
        named = section[1]
        if each.heading or each.is_note or not named or f"sheet {named}" in each.source:
            yield each
            continue
        turns = tuple((place, f"{there}, {named}") for place, there in each.turns)
        yield replace(each, source=f"{each.source}, {named}", turns=turns)


def _short(heading: str) -> str:
    """A heading as it stands in a source."""
    if len(heading) <= LONGEST_HEADING:
        return heading
    return f"{heading[:LONGEST_HEADING].rsplit(' ', 1)[0]}…"


def from_text(text: str) -> Material:
    """A text as it was typed."""
    passages, grids = collect(number_blocks(text))
    coverage = _count(sum(each.table < 0 for each in passages), "paragraph")
    return Material(
        passages=passages, subject="this text", coverage=coverage, lead=True, grids=grids
    )


def from_messages(
    messages: Sequence[Message], *, coverage: Coverage | None = None, subject: str = ""
) -> Material:
    """A conversation; numbers count every message, also those without words."""
    said = [(place, each) for place, each in enumerate(messages) if each.text.strip()]
    passages = [
        Passage(text=each.text.strip(), source=f"{each.author}, message {place + 1}")
        for place, each in said
    ]
    people = len({each.author for each in messages})
    covered = coverage or Coverage(read=len(messages))
    return Material(
        passages=passages,
        subject=subject or "this thread",
        coverage=covered.in_words(people=people),
        lead=False,
        links={place: each.link for place, (_, each) in enumerate(said)},
        messages=tuple(messages),
        places=tuple(place for place, _ in said),
    )
