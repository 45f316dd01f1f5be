"""Scanned pages: read by text recognition in the sandbox, under the right page, and said so."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import numpy
import pypdf
import pypdfium2
import pytest
from PIL import Image

from core.errors import UserError
from skills.decode import scan
from skills.decode.document import Document
from skills.decode.documents import read_document
from skills.decode.sandbox import run_decoder
from skills.decode.skew import set_straight
from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import skill
from skills.texts.digest import Summarizer
from skills.texts.summary import Summary
from tests.skills.library import Paper, chapters_pdf
from tests.skills.papers import write_pdf

PROSE = "The harbour was closed for a week because the ferry had run aground there."
OCR = "read by text recognition (OCR): check names and numbers in the source."


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Five pages with known words."""
    return chapters_pdf(tmp_path_factory.mktemp("scan"), seed=7)


@pytest.fixture(scope="module")
def page(paper: Paper) -> Image.Image:
    """The first page as a picture."""
    return pypdfium2.PdfDocument(paper.path)[0].render(scale=150 / 72).to_pil().convert("RGB")


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


def leaning(path: Path, page: Image.Image, *, degrees: float) -> Path:
    """A page that lay askew on the scanner."""
    page.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white").save(path)
    return path


@pytest.mark.parametrize("degrees", [-4.0, -1.0, 0.5, 2.0])
def test_a_page_that_lay_askew_on_the_scanner_is_read(
    paper: Paper, page: Image.Image, tmp_path: Path, degrees: float
) -> None:
    found = read_document(leaning(tmp_path / "a.pdf", page, degrees=degrees))
    read = " ".join(each.text for each in found.passages if not each.heading)
    said = paper.said["page 1"]

    assert SequenceMatcher(None, read, said, autojunk=False).ratio() > 0.98


def test_a_page_that_lies_straight_is_left_as_it_is(page: Image.Image) -> None:
    pixels = numpy.asarray(page)

    assert set_straight(pixels) is pixels


def test_a_scan_with_a_stamp_in_letters_is_read_all_the_same(
    paper: Paper, scanned: Path, tmp_path: Path
) -> None:
    stamped = write_pdf(tmp_path / "stamp.pdf", [[(72, 20, "Scanned with PocketScan 4")]])
    writer = pypdf.PdfWriter(clone_from=scanned)
    for each in writer.pages:
        each.merge_page(pypdf.PdfReader(stamped).pages[0])
    writer.write(tmp_path / "stamped.pdf")
    found = read_document(tmp_path / "stamped.pdf")
    read = {each.text for each in found.passages}

    assert set(paper.said.values()) <= read
    assert (found.read, found.total) == (5, 5)
    assert found.notes == (f"5 pages were {OCR}",)


def test_a_photo_with_a_caption_is_a_page_with_text(tmp_path: Path) -> None:
    caption = "The new quay in the evening light."
    pages = [[(72, 20, caption)], [(72, 700, PROSE), (72, 680, PROSE)]]
    found = read_document(write_pdf(tmp_path / "a.pdf", pages, picture=True))

    assert found.passages[0].text == caption
    assert (found.read, found.total, found.notes) == (2, 2, ())


def test_pages_read_before_reading_ends_early_are_kept_and_the_others_named(
    paper: Paper, scanned: Path
) -> None:
    heard: list[Document] = []
    found = read_document(
        scanned,
        heard=heard.append,
        given_up=lambda: any(each.read >= 2 and not each.whole for each in heard),
    )
    missed = len(paper.said) - found.read

    assert found.passages[1].text == paper.said["page 1"]
    assert 2 <= found.read < 5
    assert found.notes == (
        f"{found.read} pages were {OCR}",
        f"{missed} scanned pages were not read: that failed or took too long.",
    )


def test_a_scan_that_cannot_be_read_in_time_is_not_called_blurred(scanned: Path) -> None:
    pictures = Document(passages=[], unit="page", read=0, total=5, scans=(1, 2, 3, 4, 5))

    with pytest.raises(UserError) as caught:
        scan.read_scans(pictures, scanned, heard=None, given_up=lambda: True)
    assert str(caught.value) == scan.STOPPED


def test_reading_pages_leaves_room_in_the_memory_that_a_child_has(scanned: Path) -> None:
    found = run_decoder(
        "skills.decode.scan:decode_file",
        scanned,
        options={"pages": [1, 2, 3]},
        memory_bytes=scan.MEMORY * 7 // 8,
    )

    assert found["read"] == 3
