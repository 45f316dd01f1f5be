"""Scanned pages: read by text recognition in the sandbox, under the right page, and said so."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pypdfium2
import pytest

from core.errors import UserError
from skills.decode import scan
from skills.decode.documents import Document, read_document
from skills.models.digest import Summarizer
from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import Summary, skill
from tests.skills.library import Paper, chapters_pdf
from tests.skills.papers import write_pdf

OCR = "read by text recognition (OCR): check names and numbers in the source."


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Five pages with known words."""
    return chapters_pdf(tmp_path_factory.mktemp("scan"), seed=7)


@pytest.fixture(scope="module")
def scanned(paper: Paper) -> Path:
    """Its pages as pictures, as a scanner makes them."""
    document = pypdfium2.PdfDocument(paper.path)
    pictures = [
        document[number].render(scale=150 / 72).to_pil().convert("RGB")
        for number in range(len(document))
    ]
    path = paper.path.with_name("scan.pdf")
    pictures[0].save(path, save_all=True, append_images=pictures[1:])
    return path


@pytest.fixture(scope="module")
def found(scanned: Path) -> tuple[Document, list[Document]]:
    """What is read of it, and what was heard before."""
    heard: list[Document] = []
    return read_document(scanned, heard=heard.append), heard


def test_the_words_of_a_scan_stand_on_their_page(
    paper: Paper, found: tuple[Document, list[Document]]
) -> None:
    read = {each.source: each.text for each in found[0].passages if not each.heading}

    assert read == paper.said


def test_headings_of_a_scan_are_known(found: tuple[Document, list[Document]]) -> None:
    headings = [each.text for each in found[0].passages if each.heading]

    assert headings[:2] == ["1 Background", "2 Terms of use"]


def test_a_scan_is_said_to_be_one(found: tuple[Document, list[Document]]) -> None:
    whole, _ = found

    assert whole.notes == (f"5 pages were {OCR}",)
    assert (whole.read, whole.total, whole.scans) == (5, 5, ())


def test_each_page_of_a_scan_is_told_when_it_is_read(
    found: tuple[Document, list[Document]],
) -> None:
    assert [each.read for each in found[1] if not each.whole] == [1, 2, 3, 4, 5]


def test_a_question_about_a_scan_is_answered_with_its_page(paper: Paper, scanned: Path) -> None:
    model = Summarizer(minilm=load_minilm("cpu"))
    question, fact, place = paper.asked[0]
    (result,) = skill.run(
        model, [Input(path=scanned, name="scan.pdf", options={"question": question})]
    )

    assert isinstance(result, Summary)
    assert fact in result.points[0].text
    assert result.points[0].source.startswith(place)


def test_scanned_pages_among_others_are_put_in_their_places(
    paper: Paper, scanned: Path, tmp_path: Path
) -> None:
    writer = pypdf.PdfWriter()
    texts, pictures = pypdf.PdfReader(paper.path), pypdf.PdfReader(scanned)
    for page in (texts.pages[0], pictures.pages[1], texts.pages[2]):
        writer.add_page(page)
    writer.write(tmp_path / "mixed.pdf")
    whole = read_document(tmp_path / "mixed.pdf")

    assert {each.source: each.text for each in whole.passages if not each.heading} == {
        place: paper.said[place] for place in ("page 1", "page 2", "page 3")
    }
    assert whole.notes == (f"1 page was {OCR}",)


def test_pictures_without_words_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [[]], picture=True)

    with pytest.raises(UserError) as caught:
        read_document(path)
    assert str(caught.value) == scan.NO_TEXT
