"""A long document is worked on while it is read, and ends as if it had been read at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy
import pytest

from core.errors import Cancelled, UserError
from core.reply import Reply
from skills.decode.document import Document
from skills.decode.documents import read_document
from skills.decode.pdf import FIRST_PAGES
from skills.decode.reading import Reading
from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import skill
from skills.texts.digest import Summarizer
from skills.texts.extract import BATCH, Vectors
from skills.texts.material import from_document
from skills.texts.summary import Summary
from tests.skills.papers import column, write_pdf

THINGS = (
    "the roof",
    "the pump",
    "the ferry",
    "the archive",
    "the garden",
    "the kitchen",
    "the bus",
)
DEEDS = ("was repaired at last", "costs more than planned", "opens in the spring", "was sold")


@pytest.fixture(scope="module")
def model() -> Summarizer:
    return Summarizer(minilm=load_minilm("cpu"))


@pytest.fixture(scope="module")
def long_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few more pages than are read before the first are told."""
    pages = [
        column(
            [
                f"In month {number} we heard that {thing} {DEEDS[(number + place) % 4]} again."
                for place, thing in enumerate(THINGS)
            ]
        )
        for number in range(1, FIRST_PAGES + 5)
    ]
    return write_pdf(tmp_path_factory.mktemp("long") / "minutes.pdf", pages)


class Counting:
    """An encoder that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Any:
        self.asked += texts
        return numpy.array([[len(text), 1.0] for text in texts])


class Slow(Reading):
    """A reading of which every document is seen, however quick the machine is."""

    def growing(self, waiting: Callable[[float], None]) -> Iterator[Document]:
        heard: list[Document] = []
        read_document(self.path, heard=heard.append)
        yield from heard


class Silent:
    """A writer without a word."""

    room = 10_000

    def write(self, text: str, *, count: int) -> list[str]:
        return []

    def count_tokens(self, text: str) -> int:
        return len(text)


def run(model: Summarizer, given: Input) -> Summary:
    (result,) = skill.run(model, [skill.prepare(given)])
    if isinstance(result, UserError):
        raise result
    assert isinstance(result, Summary)
    return result


def test_the_first_pages_are_told_before_the_whole(long_pdf: Path) -> None:
    heard: list[Document] = []
    whole = read_document(long_pdf, heard=heard.append)

    assert [(each.read, each.total, each.whole) for each in heard] == [
        (FIRST_PAGES, FIRST_PAGES + 4, False),
        (FIRST_PAGES + 4, FIRST_PAGES + 4, True),
    ]
    assert heard[-1] == whole


def test_of_the_first_pages_only_passages_are_told_that_have_ended(long_pdf: Path) -> None:
    heard: list[Document] = []
    whole = read_document(long_pdf, heard=heard.append)
    first = heard[0].passages

    assert first == whole.passages[: len(first)]


def test_a_growing_document_ends_with_the_whole(long_pdf: Path) -> None:
    reading = Reading(long_pdf)

    assert list(reading.growing(lambda share: None))[-1] == read_document(long_pdf)


def test_a_file_that_cannot_be_read_is_refused_when_it_is_prepared(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing that follows is a PDF")

    with pytest.raises(UserError, match="damaged"):
        skill.prepare(Input(path=path, name="a.pdf"))


def test_who_waits_for_pages_may_give_up(long_pdf: Path) -> None:
    def cancel(stage: str, fraction: float) -> None:
        raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        skill.run(Summarizer(minilm=Counting()), [Input(path=long_pdf, progress=cancel)])


def test_first_points_say_of_how_much_they_speak(model: Summarizer, long_pdf: Path) -> None:
    previews: list[Reply] = []
    given = Input(path=long_pdf, preview=previews.append, opened=Slow(long_pdf))
    skill.run(model, [given])

    assert [each.text for each in previews] == [
        f"So far, from the first {FIRST_PAGES} of {FIRST_PAGES + 4} pages:"
    ]
    assert {each.source for each in previews[0].points} <= {f"page {n}" for n in range(1, 17)}


def test_what_a_model_will_word_is_not_shown_before(model: Summarizer, long_pdf: Path) -> None:
    previews: list[Reply] = []
    given = Input(path=long_pdf, preview=previews.append, opened=Slow(long_pdf))
    skill.run(Summarizer(minilm=model.minilm, writer=Silent()), [given])

    assert previews == []


def test_the_answer_is_the_same_as_of_a_document_that_is_read_at_once(
    model: Summarizer, long_pdf: Path
) -> None:
    whole = from_document(read_document(long_pdf), name="minutes.pdf")
    points = model.digest(whole, count=5, progress=lambda stage, fraction: None).points
    found = run(model, Input(path=long_pdf, name="minutes.pdf"))

    assert [(each.text, each.source) for each in found.points] == [
        (each.text, each.source) for each in points
    ]


def test_a_sentence_is_embedded_once() -> None:
    counting = Counting()
    vectors = Vectors(counting)
    texts = [f"Sentence {number}." for number in range(BATCH + 2)]
    vectors.of(texts[:10], progress=lambda part: None)
    told: list[float] = []
    rows = vectors.of([*texts, texts[0]], progress=told.append)

    assert sorted(counting.asked) == sorted(texts)
    assert len(rows) == len(texts) + 1
    assert told[-1] == 1.0
