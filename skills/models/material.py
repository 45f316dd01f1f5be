"""Material: what a summary is made of, the same for a document, a thread and a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from skills.decode.documents import Document, Passage
from skills.decode.plain import number_paragraphs
from skills.decode.sentences import split_sentences
from skills.skill import Message

_ENGLISH_WORDS = """
the of and to in a is that for it on was with as be by at this are from have or an not but we
you they he she his her their has had will would which been were who i do if so can what there
all when our your about more one up out no my me just its
"""
ENGLISH = frozenset(_ENGLISH_WORDS.split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """Passages, where their links lead (by their index), and what to call the whole.

    `coverage` says how much was read ("12 of 12 pages"); `lead` whether the beginning says most.
    """

    passages: list[Passage]
    subject: str
    coverage: str
    lead: bool
    links: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def count_sentences(self) -> int:
        """Sentences, headings aside."""
        return sum(len(split_sentences(each.text)) for each in self.passages if not each.heading)

    def looks_english(self) -> bool:
        """Whether a fifth of the words are English function words (texts have 35 to 50 %)."""
        words = re.findall(r"[^\W\d_]+", " ".join(each.text for each in self.passages).lower())
        return not words or sum(word in ENGLISH for word in words) > 0.2 * len(words)


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


def from_document(document: Document, *, name: str) -> Material:
    """A file."""
    if document.unit == "page":
        coverage = f"{document.read:,} of {_count(document.total, 'page')}"
    else:
        coverage = _count(document.read, document.unit)
    return Material(
        passages=document.passages, subject=name, coverage=coverage, lead=True, notes=document.notes
    )


def from_text(text: str) -> Material:
    """A text as it was typed."""
    passages = list(number_paragraphs(text))
    coverage = _count(len(passages), "paragraph")
    return Material(passages=passages, subject="this text", coverage=coverage, lead=True)


def from_messages(messages: Sequence[Message]) -> Material:
    """A thread; numbers count every message, also those without words."""
    said = [(number, each) for number, each in enumerate(messages, start=1) if each.text.strip()]
    passages = [
        Passage(text=each.text.strip(), source=f"{each.author}, message {number}")
        for number, each in said
    ]
    people = len({each.author for _, each in said})
    by = "one person" if people == 1 else f"{people} people"
    return Material(
        passages=passages,
        subject="this thread",
        coverage=f"{_count(len(said), 'message')} by {by}",
        lead=False,
        links={place: each.link for place, (_, each) in enumerate(said)},
    )
