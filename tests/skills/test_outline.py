"""The bookmarks of a PDF are its chapters, found by their words on their pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdf
import pytest

from skills.decode.document import Document
from skills.decode.documents import read_document
from skills.texts.chapters import take_chapter
from tests.skills.sheets_of_paper import Sheet, write_sheets

PROSE = "the harbour was closed for a week because the ferry had run aground, said the board."

TOWNS = ("Bergen", "Leeds", "Porto", "Gera", "Kessel", "Utrecht")


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Six pages whose headings look like any other line."""
    names = ("Rivers and bridges", "of the second day;", "", "roads, lanes, paths", "", "Notes.")
    sheets = [Sheet() for _ in names]
    for number, (sheet, name) in enumerate(zip(sheets, names, strict=True)):
        if name:
            sheet.paragraph(name)
        sheet.paragraph(f"{TOWNS[number]} wrote that {PROSE}")
    return write_sheets(tmp_path / "plain.pdf", sheets)


def with_bookmarks(path: Path, *bookmarks: tuple[str, int, int]) -> Path:
    """Titles with their pages and levels, 0 for the highest."""
    writer = pypdf.PdfWriter(clone_from=path)
    parents: list[Any] = []
    for title, page, level in bookmarks:
        parent = parents[level - 1] if level else None
        parents[level:] = [
            writer.add_outline_item(title=title, page_number=page - 1, parent=parent)
        ]
    writer.write(path.with_name("marked.pdf"))
    return path.with_name("marked.pdf")


def headings(document: Document) -> Sequence[tuple[str, int, str]]:
    return [(each.text, each.level, each.source) for each in document.passages if each.heading]


def test_bookmarks_name_the_chapters_and_their_levels(plain: Path) -> None:
    found = read_document(
        with_bookmarks(
            plain,
            ("1. Rivers and Bridges", 1, 0),
            ("Of the second day", 2, 1),
            ("2. Roads, lanes, paths", 4, 0),
        )
    )

    assert headings(found)[:3] == [
        ("Rivers and bridges", 1, "page 1"),
        ("of the second day;", 2, "page 2"),
        ("roads, lanes, paths", 1, "page 4"),
    ]


def test_a_chapter_by_a_bookmark_ends_where_the_next_of_its_level_begins(plain: Path) -> None:
    found = read_document(
        with_bookmarks(
            plain,
            ("Rivers and Bridges", 1, 0),
            ("Of the second day", 2, 1),
            ("Roads, lanes, paths", 4, 0),
        )
    )
    chapter = take_chapter(found, "rivers")

    assert chapter.excerpt == "chapter “Rivers and bridges” (pages 1–3)"


def test_a_bookmark_whose_words_are_not_on_its_page_stands_in_front_of_it(plain: Path) -> None:
    found = read_document(with_bookmarks(plain, ("Cover", 1, 0), ("An unnamed part", 3, 0)))

    assert [each for each in headings(found) if each[1] < 3] == [
        ("Cover", 1, "page 1"),
        ("An unnamed part", 1, "page 3"),
    ]


def test_bookmarks_that_only_count_pages_are_no_chapters(plain: Path) -> None:
    marked = with_bookmarks(plain, *((f"Page {number}", number, 0) for number in range(1, 7)))

    assert not any(text.startswith("Page") for text, _, _ in headings(read_document(marked)))
