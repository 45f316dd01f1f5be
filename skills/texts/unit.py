"""Units: the places of a document that may answer a question, as its sentences and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skills.decode.document import Passage
from skills.decode.sentences import split_sentences
from skills.texts.candidates import Candidate
from skills.texts.question import Question, stems_of

LONGEST_QUOTE = 700  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A sentence, two in a row, or a row of a table: `text` is `start` to `end` of its passage.

    `first` is true of what comes first under the heading `section`.
    """

    passage: int
    start: int
    end: int
    text: str
    source: str
    section: str
    alone: bool
    first: bool = False

    def opens(self, question: Question) -> bool:
        """Whether it is the beginning of what stands under a heading that names the topic."""
        return self.first and question.stems <= stems_of(self.section)

    @property
    def searched(self) -> str:
        """With the heading above it, which often has the word that the paragraph has not."""
        return f"{self.section}. {self.text}" if self.section else self.text

    def as_candidate(self) -> Candidate:
        """As a point of a summary."""
        return Candidate(
            text=self.text, source=self.source, passage=self.passage, weight=1.0, first=False
        )


def divide(passages: Sequence[Passage]) -> Iterator[Unit]:
    """Every place that may be quoted; a heading only where nothing follows it."""
    section, part, opened = "", 0, False
    for place, passage in enumerate(passages):
        if passage.part != part:
            section, part, opened = "", passage.part, False
        below = passages[place + 1] if place + 1 < len(passages) else None
        if passage.heading:
            section, opened = passage.text, True
            if below is None or below.heading:
                yield _unit(passage, place, 0, len(passage.text), section="", alone=True)
            continue
        if passage.table >= 0:
            units = iter([_unit(passage, place, 0, len(passage.text), section=section, alone=True)])
        else:
            units = _sentences(passage, place, section)
        for unit in units:
            yield replace(unit, first=True) if opened and unit.start == 0 else unit
        opened = False


def _sentences(passage: Passage, place: int, section: str) -> Iterator[Unit]:
    """Each sentence, and each with the one before it."""
    spans: list[tuple[int, int]] = []
    at = 0
    for sentence in split_sentences(passage.text):
        start = max(at, passage.text.find(sentence, at))
        at = start + len(sentence)
        spans.append((start, min(at, start + LONGEST_QUOTE)))
        yield _unit(passage, place, *spans[-1], section=section, alone=True)
        if len(spans) > 1 and at - spans[-2][0] <= LONGEST_QUOTE:
            yield _unit(passage, place, spans[-2][0], at, section=section, alone=False)


def _unit(passage: Passage, place: int, start: int, end: int, *, section: str, alone: bool) -> Unit:
    return Unit(
        passage=place,
        start=start,
        end=end,
        text=passage.text[start:end].strip(),
        source=passage.source_at(start),
        section=section,
        alone=alone,
    )
