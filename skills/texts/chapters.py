"""Chapters: the headings of a document, and what stands under one of them.

What is not there is refused with a sentence that names what is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.errors import UserError
from skills.decode.document import IN_CONTENTS, Document, Passage
from skills.texts.places import NUMBERED_UNITS, name_places

CHAPTER_NUMBER = re.compile(
    r"(?:(?:chapter|section|part|article|appendix|annex|kapitel|abschnitt|chapitre|capítulo|§)\s*)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6})\b[.:)]?",
    re.IGNORECASE,
)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
MOST_NAMED = 12


def take_chapter(document: Document, asked: str) -> Document:
    """The passages under a heading, by its name or number, up to the next of its level.

    Raises UserError when there is no such heading, with the names of those there are.
    """
    chapters = list(_chapters(document.passages))
    if not chapters:
        raise UserError(f"I found no chapters or headings in this document: {_whole(document)}")
    chapter = _by_name(chapters, asked) or _by_number(chapters, asked)
    if chapter is None:
        raise UserError(f"There is no chapter “{asked[:60]}” in it; there are {_names(chapters)}.")
    end = next(
        (each.place for each in chapters if each.place > chapter.place and each.ends(chapter)),
        len(document.passages),
    )
    kept = [each for each in document.passages[chapter.place : end] if not each.is_note]
    places = name_places(kept)
    where = f" ({places})" if places else ""
    return replace(document, passages=kept, excerpt=f"chapter “{chapter.name}”{where}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A heading: its words, its level and its place among the passages."""

    name: str
    level: int
    place: int
    part: int

    def ends(self, other: Chapter) -> bool:
        """Whether the other is over where this one begins."""
        return self.level <= other.level or self.part != other.part


def _chapters(passages: Sequence[Passage]) -> Iterator[Chapter]:
    for place, each in enumerate(passages):
        if each.heading and each.level < IN_CONTENTS:
            yield Chapter(name=each.text, level=each.level, place=place, part=each.part)


def _by_name(chapters: Sequence[Chapter], asked: str) -> Chapter | None:
    """The chapter of this name, with or without its number; else the one whose name has it."""
    wanted = _plain(asked)
    if not wanted:
        return None
    names = [(each, _plain(each.name)) for each in chapters]
    bare = [(each, _plain(_without_number(each.name))) for each in chapters]
    if wanted.isdigit():
        return None
    if exact := [each for each, name in [*names, *bare] if name == wanted]:
        return exact[0]
    begun = re.compile(rf"\b{re.escape(wanted)}" + r"\b" * wanted[-1].isdigit())
    return next((each for each, name in names if begun.search(name)), None)


def _without_number(name: str) -> str:
    found = CHAPTER_NUMBER.match(name)
    return name[found.end() :] if found and _is_number(found, name) else name


def _by_number(chapters: Sequence[Chapter], asked: str) -> Chapter | None:
    """The chapter that bears this number, or where none bears one, the one that has this place."""
    found = CHAPTER_NUMBER.fullmatch(asked.strip())
    if found is None:
        return None
    wanted = _number(found["number"])
    numbers = [
        (each, _number(match["number"]))
        for each in chapters
        if (match := CHAPTER_NUMBER.match(each.name)) and _is_number(match, each.name)
    ]
    if named := [each for each, number in numbers if number == wanted]:
        return named[0]
    top = _top(chapters)
    if not numbers and wanted.isdigit() and 0 < int(wanted) <= len(top):
        return top[int(wanted) - 1]
    return None


def _is_number(found: re.Match[str], name: str) -> bool:
    """Whether a name begins with a number: in "I am" the "I" is none, in "IV. Rights" it is."""
    whole = found[0]
    return found["number"][0].isdigit() or len(whole) > len(found["number"]) or name == whole


def _top(chapters: Sequence[Chapter]) -> list[Chapter]:
    """The chapters of the highest level; below a title that stands alone, of the next one."""
    levels = sorted({each.level for each in chapters})
    for level in levels:
        found = [each for each in chapters if each.level == level]
        if len(found) > 1 or level == levels[-1]:
            return found
    return list(chapters)


def _number(text: str) -> str:
    """ "IV" → "4", "2.1" → "2.1" """
    if text[0].isdigit():
        return text
    values = [ROMAN[letter] for letter in text.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-one if one < other else one for one, other in pairs))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _names(chapters: Sequence[Chapter]) -> str:
    """The names of the first chapters, the highest first where there are too many."""
    shown = list(chapters) if len(chapters) <= MOST_NAMED else _top(chapters)
    names = ", ".join(f"“{each.name[:60]}”" for each in shown[:MOST_NAMED])
    more = len(chapters) - len(shown[:MOST_NAMED])
    return f"{names} and {more:,} more" if more > 0 else names


def name_parts(document: Document) -> str:
    """What can be asked for of a document without pages."""
    chapters = list(_chapters(document.passages))
    return f"ask for a chapter ({_names(chapters)})." if chapters else _whole(document)


def _whole(document: Document) -> str:
    pages = document.unit in NUMBERED_UNITS and not document.parts
    return f"ask for {document.unit}s, 1 to {document.total:,}." if pages else "ask for the whole."
