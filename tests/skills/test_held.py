"""Scans within archives and mails: read, under the right page of the right file, and said so."""

from __future__ import annotations

import email.message
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from skills.decode import held
from skills.decode.document import Document
from skills.decode.documents import read_document
from tests.skills.library import Paper, chapters_pdf
from tests.skills.said import places

OCR = "1 page was read by text recognition (OCR): check names and numbers in the source."


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return chapters_pdf(tmp_path_factory.mktemp("held"), seed=7)


@pytest.fixture(scope="module")
def mixed(paper: Paper) -> bytes:
    """Its first three pages, of which the second is a picture."""
    path = paper.path.with_name("picture.pdf")
    pypdfium2.PdfDocument(paper.path)[1].render(scale=150 / 72).to_pil().convert("L").save(path)
    writer = pypdf.PdfWriter()
    texts = pypdf.PdfReader(paper.path).pages
    for page in (texts[0], pypdf.PdfReader(path).pages[0], texts[2]):
        writer.add_page(page)
    writer.write(path)
    return path.read_bytes()


def archive(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as whole:
        for name, content in files.items():
            whole.writestr(name, content)
    return path


@pytest.fixture(scope="module")
def found(paper: Paper, mixed: bytes) -> Document:
    files = {"a.txt": b"The first file.", "papers/b.pdf": mixed, "c.txt": b"The last file."}
    return read_document(archive(paper.path.with_name("a.zip"), files))


def test_scanned_pages_in_an_archive_stand_in_their_places(paper: Paper, found: Document) -> None:
    said = [each for each in found.passages if not each.heading]

    assert [(each.text, each.source, each.part) for each in said] == [
        ("The first file.", "a.txt, paragraph 1", 0),
        (paper.said["page 1"], "b.pdf, page 1", 1),
        (paper.said["page 2"], "b.pdf, page 2", 1),
        (paper.said["page 3"], "b.pdf, page 3", 1),
        ("The last file.", "c.txt, paragraph 1", 2),
    ]


def test_a_scan_in_an_archive_is_said_to_be_one(found: Document) -> None:
    assert found.notes[-2:] == ("b.pdf: 3 of 3 pages.", f"b.pdf: {OCR}")
    assert (found.read, found.total, found.held) == (3, 3, ())


def test_a_scan_that_a_mail_brings_along_is_read(
    paper: Paper, mixed: bytes, tmp_path: Path
) -> None:
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "Ada <ada@example.org>", "The scan"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("It is attached.")
    message.add_attachment(mixed, maintype="application", subtype="pdf", filename="b.pdf")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())

    said = places(read_document(tmp_path / "a.eml"))

    assert said[paper.said["page 2"]] == "b.pdf, page 2"


def test_scans_share_the_pages_that_a_document_may_have(
    mixed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MOST_PAGES", 1)
    found = read_document(archive(tmp_path / "a.zip", {"a.pdf": mixed, "b.pdf": mixed}))

    assert found.notes[-1] == (
        "b.pdf: 2 of 3 pages; its scans were not read "
        "(too many scanned pages at once: send it by itself)."
    )
