"""A part of a document: by pages or by chapter; what is not there is refused with what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserError
from skills.decode.document import Document, Passage
from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import skill
from skills.texts.chapters import take_chapter
from skills.texts.digest import Summarizer
from skills.texts.excerpt import take_pages
from skills.texts.material import from_document
from skills.texts.summary import Summary
from tests.skills.library import chapters_pdf, running_on_pdf


def document(*passages: Passage, unit: str = "page", total: int = 9) -> Document:
    return Document(passages=list(passages), unit=unit, read=total, total=total)


def page(number: int, text: str = "Words.", **more: object) -> Passage:
    return Passage(text=text, source=f"page {number}", **more)  # type: ignore[arg-type]


PAGES = document(*(page(number) for number in range(1, 10)))
BOOK = document(
    page(1, "The Book of Towns", heading=True, level=1),
    page(1, "1 Rivers", heading=True, level=2),
    page(1, "Rivers flow."),
    page(2, "1.1 Bridges", heading=True, level=3),
    page(2, "Bridges cross."),
    page(3, "2 Roads", heading=True, level=2),
    page(3, "Roads lead."),
    page(4, "IV. Rails", heading=True, level=2),
    page(5, "Rails carry."),
)


@pytest.mark.parametrize(
    ("asked", "numbers", "said"),
    [
        ("3-5", [3, 4, 5], "pages 3–5 of 9"),
        ("3–5", [3, 4, 5], "pages 3–5 of 9"),
        ("7", [7], "page 7 of 9"),
        ("8-", [8, 9], "pages 8–9 of 9"),
        ("-2", [1, 2], "pages 1–2 of 9"),
        ("1,4-5", [1, 4, 5], "pages 1, 4–5 of 9"),
    ],
)
def test_pages_are_taken_and_named(asked: str, numbers: list[int], said: str) -> None:
    found = take_pages(PAGES, asked)

    assert [each.source for each in found.passages] == [f"page {number}" for number in numbers]
    assert found.excerpt == said


@pytest.mark.parametrize("asked", ["12", "5-12", "0-3", "7-3"])
def test_pages_that_are_not_there_are_refused_with_how_many_there_are(asked: str) -> None:
    with pytest.raises(UserError, match="it has pages 1 to 9"):
        take_pages(PAGES, asked)


def test_what_is_no_page_is_refused_with_an_example() -> None:
    with pytest.raises(UserError, match="write pages:3-7 or pages:5"):
        take_pages(PAGES, "the last ones")


def test_pages_of_a_file_without_pages_are_refused_with_its_chapters() -> None:
    given = document(
        Passage(text="Plan", source="paragraph 1", heading=True, level=1),
        Passage(text="We plan.", source="paragraph 2"),
        unit="paragraph",
    )

    with pytest.raises(UserError, match=r"no numbered pages.*ask for a chapter \(“Plan”\)"):
        take_pages(given, "2")


def test_of_a_passage_over_two_pages_only_what_stands_there_is_taken() -> None:
    given = document(page(1, "Here it begins. There it ends.", turns=((16, "page 2"),)))

    assert [each.text for each in take_pages(given, "2").passages] == ["There it ends."]


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("Rivers", ["1 Rivers", "Rivers flow.", "1.1 Bridges", "Bridges cross."]),
        ("rivers", ["1 Rivers", "Rivers flow.", "1.1 Bridges", "Bridges cross."]),
        ("1", ["1 Rivers", "Rivers flow.", "1.1 Bridges", "Bridges cross."]),
        ("1.1", ["1.1 Bridges", "Bridges cross."]),
        ("chapter 2", ["2 Roads", "Roads lead."]),
        ("4", ["IV. Rails", "Rails carry."]),
        ("bridge", ["1.1 Bridges", "Bridges cross."]),
    ],
)
def test_a_chapter_is_found_by_name_or_number(asked: str, texts: list[str]) -> None:
    assert [each.text for each in take_chapter(BOOK, asked).passages] == texts


def test_a_chapter_without_numbers_is_found_by_its_place() -> None:
    given = document(
        *(page(n, name, heading=True, level=1) for n, name in enumerate(("Sea", "Sky"), start=1))
    )

    assert [each.text for each in take_chapter(given, "2").passages] == ["Sky"]


def test_a_chapter_names_its_pages() -> None:
    assert take_chapter(BOOK, "Rivers").excerpt == "chapter “1 Rivers” (pages 1–2)"


def test_a_chapter_that_is_not_there_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match=r"no chapter “Cows”.*“1 Rivers”, “1.1 Bridges”"):
        take_chapter(BOOK, "Cows")


def test_a_document_without_headings_is_refused_with_what_to_ask() -> None:
    with pytest.raises(UserError, match=r"no chapters or headings.*ask for pages, 1 to 9"):
        take_chapter(PAGES, "3")


@pytest.fixture(scope="module")
def model() -> Summarizer:
    return Summarizer(minilm=load_minilm("cpu"))


@pytest.mark.parametrize(
    ("options", "pages", "coverage"),
    [
        ({"pages": "2-3"}, {2, 3}, "pages 2–3 of 5"),
        ({"chapter": "Money matters"}, {3}, "chapter “3 Money matters” (page 3)"),
        ({"chapter": "4"}, {4}, "chapter “4 People” (page 4)"),
    ],
)
def test_a_summary_of_a_part_stays_in_it_and_says_so(
    model: Summarizer, tmp_path: Path, options: dict[str, str], pages: set[int], coverage: str
) -> None:
    path = chapters_pdf(tmp_path, seed=5).path
    (found,) = skill.run(model, [Input(path=path, name="a.pdf", options=options)])

    assert isinstance(found, Summary)
    assert {int(each.source.split(",")[0].split()[1]) for each in found.points} <= pages
    assert found.coverage == coverage
    assert coverage in found.notes[0]


def test_pages_of_a_text_are_refused(model: Summarizer) -> None:
    (refused,) = skill.run(model, [Input(text="Some words.", options={"pages": "2"})])

    assert str(refused).startswith("pages and chapter choose a part of a document")


def test_a_part_that_ends_within_a_sentence_keeps_its_pages(
    model: Summarizer, tmp_path: Path
) -> None:
    path = running_on_pdf(tmp_path, seed=3).path
    (found,) = skill.run(model, [Input(path=path, name="a.pdf", options={"pages": "2"})])

    assert isinstance(found, Summary)
    assert {each.source for each in found.points} == {"page 2"}


def test_footnotes_are_of_no_chapter() -> None:
    note = Passage(text="It was paid in May.", source="footnote 1")
    book = document(*BOOK.passages, note)

    assert note not in take_chapter(book, "Rails").passages
    assert from_document(book, name="book.docx").passages[-1].source == "footnote 1"
