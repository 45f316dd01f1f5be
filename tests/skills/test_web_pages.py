"""Web pages: what a reader sees of them is read, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from skills.decode.documents import read_document
from tests.skills.said import places, texts

PROSE = "The harbour was closed for a week because the ferry had run aground near the light house."


def test_a_web_page_shows_what_a_reader_sees(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<!DOCTYPE html><html><head><title>Tab</title><style>p {}</style></head><body>"
        "<nav>Home</nav><h1>News &amp; views</h1><p>One <b>bold</b> word.<p>Two<br>lines"
        "<script>alert('three')</script><div style='display: none'>ignore this</div>"
        "<p hidden>and this</p><span style='visibility:hidden'>and <b>that</b></span>"
        "<table><tr><th>Item<th>Price<tr><td>Tea<td>3<tr><td>Milk<td>2</table>"
        "<ul><li>First item<li>Second item</ul></body></html>"
    )

    assert texts(read_document(path)) == [
        "News & views", "One bold word.", "Two", "lines", "Item: Tea; Price: 3",
        "Item: Milk; Price: 2", "First item", "Second item",
    ]  # fmt: skip


def test_a_web_page_is_read_in_the_charset_it_names(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = "<html><head><meta charset='windows-1251'></head><body><p>Привет, мир</p></body></html>"
    path.write_bytes(page.encode("cp1251"))

    assert texts(read_document(path)) == ["Привет, мир"]


@pytest.mark.parametrize(
    "before",
    [
        "<head><script>var open = '<!--';</script></head><body>",
        "<head><STYLE>/* <!-- */</STYLE><script>if (1 <!--x) {}</script></head><body>",
        "<head><title>Tab</title><meta charset=utf-8>",
        "<head><link rel=icon><script>1</script><body>",
    ],
)
def test_neither_a_script_nor_an_open_head_hides_a_page(tmp_path: Path, before: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<!doctype html><html>{before}<p>{PROSE}</p><p>The end.</p></body></html>")

    assert texts(read_document(path)) == [PROSE, "The end."]


def test_what_follows_a_comment_that_never_ends_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><p>{PROSE}</p><!-- a --><script>'<!--'</script><!-- <p>no</p>")

    assert texts(read_document(path)) == [PROSE]


def test_cells_that_span_rows_and_columns_leave_the_others_in_their_columns(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><table><tr><th>Country</th><th>Carrier</th><th>Days</th><th>Note</th></tr>"
        "<tr><td rowspan='2'>Spain</td><td>Correos</td><td>3</td><td>daily</td></tr>"
        "<tr><td colspan=2>Seur, soon</td><td>weekly</td></tr>"
        "<tr><td>France</td><td/><td>6</td><td rowspan=9999999>daily</td></tr>"
        "<tr><td>Italy</td><td>Poste</td><td>7</td></tr></table></body></html>"
    )
    found = read_document(path)

    assert texts(found) == [
        "Country: Spain; Carrier: Correos; Days: 3; Note: daily",
        "Carrier: Seur, soon; Note: weekly",
        "Country: France; Days: 6; Note: daily",
        "Country: Italy; Carrier: Poste; Days: 7",
    ]


def test_paragraphs_of_a_web_page_are_counted_with_headings_and_without_tables(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.html"
    table = "<table><tr><th>Item<th>Price<tr><td>Tea<td>3<tr><td>Milk<td>2</table>"
    path.write_text(f"<html><body><h1>News</h1>{table}<p>{PROSE}</p></body></html>")
    found = read_document(path)

    assert (found.read, found.total) == (2, 2)
    assert found.passages[-1].source == "paragraph 2"


def test_tables_that_set_out_a_page_are_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><table><tr><td>{PROSE}</td></tr></table></body></html>")

    assert places(read_document(path)) == {PROSE: "paragraph 1"}
