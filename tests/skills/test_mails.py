"""Mails: their words, what they quote, and their attachments."""

from __future__ import annotations

import base64
import email.message
import resource
import textwrap
from pathlib import Path

from skills.decode.documents import read_document
from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import skill
from skills.texts.digest import Summarizer
from skills.texts.summary import Summary
from tests.skills.papers import column, write_pdf
from tests.skills.said import places, refusal, texts

TOWNS = ("Leeds", "York", "Gera", "Porto", "Bergen", "Utrecht")
PROSE = "The harbour was closed for a week because the ferry had run aground near the light house."


def a_mail(tmp_path: Path, *attached: tuple[str, bytes], html: str = "") -> Path:
    message = email.message.EmailMessage()
    message["From"], message["To"] = "Ada <ada@example.org>", "Ben <ben@example.org>"
    message["Date"] = "Tue, 03 Nov 2026 10:00:00 +0000"
    message["Subject"], message["Message-ID"] = "The härbour", "<1@example.org>"
    message.set_content("Dear Ben,\n\nthe ferry is afloat again.")
    if html:
        message.set_content(html, subtype="html")
    for name, content in attached:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    path = tmp_path / "a.eml"
    path.write_bytes(message.as_bytes())
    return path


def test_a_mail_has_its_subject_header_and_words(tmp_path: Path) -> None:
    header = (
        "From: Ada <ada@example.org>; To: Ben <ben@example.org>; "
        "Date: Tue, 03 Nov 2026 10:00:00 +0000"
    )

    assert places(read_document(a_mail(tmp_path))) == {
        "The härbour": "subject",
        header: "header",
        "Dear Ben,": "paragraph 1",
        "the ferry is afloat again.": "paragraph 2",
    }


def test_a_mail_in_html_shows_what_a_reader_sees(tmp_path: Path) -> None:
    path = a_mail(tmp_path, html="<p>Seen.</p><p style='display:none'>Unseen.</p>")

    assert texts(read_document(path))[2:] == ["Seen."]


def test_attachments_of_a_mail_are_read_and_named(tmp_path: Path) -> None:
    pdf = write_pdf(tmp_path / "x.pdf", [[], column(["The second page says it."])]).read_bytes()
    found = read_document(a_mail(tmp_path, ("plan.pdf", pdf), ("photo.jpg", b"\xff\xd8")))

    assert places(found)["The second page says it."] == "plan.pdf, page 2"
    assert (found.read, found.total) == (2, 3)
    assert "Not read: photo.jpg (no document)." in found.notes


def a_raw_mail(tmp_path: Path, body: str) -> Path:
    head = "From: Ada <ada@example.org>\nSubject: The harbour\nMessage-ID: <1@example.org>\n"
    path = tmp_path / "a.eml"
    path.write_text(f"{head}MIME-Version: 1.0\n{textwrap.dedent(body)}")
    return path


def test_words_between_pictures_and_files_without_a_name_are_read(tmp_path: Path) -> None:
    report = base64.encodebytes(b"%PDF-1.4 broken").decode()
    path = a_raw_mail(
        tmp_path,
        f"""\
        Content-Type: multipart/mixed; boundary=XX

        --XX
        Content-Type: text/plain

        The first photo shows the quay.
        --XX
        Content-Type: image/jpeg; name=quay.jpg
        Content-Disposition: inline

        x
        --XX
        Content-Type: text/plain

        The second shows the light house.
        --XX
        Content-Type: text/markdown
        Content-Disposition: attachment

        {PROSE}
        --XX
        Content-Type: application/pdf
        Content-Disposition: attachment
        Content-Transfer-Encoding: base64

        {report}
        --XX--
        """,
    )
    found = read_document(path)

    assert places(found) == {
        "The harbour": "subject",
        "From: Ada <ada@example.org>": "header",
        "The first photo shows the quay.": "paragraph 1",
        "The second shows the light house.": "paragraph 2",
        PROSE: "attachment 2, paragraph 1",
    }
    assert found.notes[-1] == "Not read: quay.jpg (no document), attachment 3 (unreadable)."


def test_files_within_the_page_of_a_mail_are_read_and_its_words_once(tmp_path: Path) -> None:
    path = a_raw_mail(
        tmp_path,
        f"""\
        Content-Type: multipart/alternative; boundary=AA

        --AA
        Content-Type: text/plain

        Here are the notes. Bye, Ada.
        --AA
        Content-Type: multipart/mixed; boundary=BB

        --BB
        Content-Type: text/html

        <p>Here are the notes.</p><img src="cid:logo">
        --BB
        Content-Type: text/plain; name=notes.txt
        Content-Disposition: attachment; filename=notes.txt

        {PROSE}
        --BB
        Content-Type: image/png; name=logo.png
        Content-ID: <logo>

        x
        --BB
        Content-Type: text/html

        <p>Bye, Ada.</p>
        --BB--
        --AA--
        """,
    )
    found = read_document(path)

    assert texts(found)[2:] == ["Here are the notes. Bye, Ada.", PROSE]
    assert (found.read, found.total) == (2, 2)


def test_a_logo_in_the_words_of_a_mail_is_no_file_that_was_not_read(tmp_path: Path) -> None:
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = "Ada <ada@example.org>", "The harbour"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(PROSE)
    message.add_alternative(f"<p>{PROSE}</p><img src='cid:logo'>", subtype="html")
    page = message.get_payload(1)
    page.add_related(b"x", maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    path = tmp_path / "a.eml"
    path.write_bytes(message.as_bytes())
    found = read_document(path)

    assert texts(found)[-1] == PROSE
    assert (found.unit, found.notes) == ("paragraph", ())


def test_a_mail_whose_plain_words_are_blank_shows_its_page_with_tables(tmp_path: Path) -> None:
    path = a_raw_mail(
        tmp_path,
        """\
        Content-Type: multipart/alternative; boundary=AA

        --AA
        Content-Type: text/plain


        --AA
        Content-Type: text/html

        <h2>Prices</h2><table><tr><th>Item<th>Price<tr><td>Tea<td>3<tr><td>Milk<td>2</table>
        --AA--
        """,
    )
    found = read_document(path)

    assert texts(found)[2:] == ["Prices", "Item: Tea; Price: 3", "Item: Milk; Price: 2"]
    assert [(grid.source, grid.rows[0]) for grid in found.grids] == [("table 1", ("Tea", "3"))]
    assert found.grids[found.passages[-1].table].rows[-1] == ("Milk", "2")


def test_what_a_mail_quotes_is_told_apart_from_what_it_says(tmp_path: Path) -> None:
    path = a_raw_mail(
        tmp_path,
        """\

        It comes on Thursday.

        Ben wrote:
        > Where is the pallet
        > that we wait for?
        >
        > > It left on Monday.
        > Thanks.
        """,
    )

    assert list(places(read_document(path)).items())[2:] == [
        ("It comes on Thursday.", "paragraph 1"),
        ("Ben wrote:", "paragraph 2"),
        ("Where is the pallet that we wait for?", "paragraph 3, quoted"),
        ("It left on Monday.", "paragraph 4, quoted"),
        ("Thanks.", "paragraph 5, quoted"),
    ]


def test_the_points_of_a_mail_are_its_own_rather_than_of_those_it_quotes(tmp_path: Path) -> None:
    own = "\n\n".join(f"The pallet for {town} left our warehouse on Monday." for town in TOWNS)
    quoted = "\n".join(
        f"> We ask again where the pallet for the warehouse in {town} is.\n>" for town in TOWNS
    )
    path = a_raw_mail(tmp_path, "")
    path.write_text(f"{path.read_text()}\n{own}\n\nBen wrote:\n{quoted}\n")
    (result,) = skill.run(Summarizer(minilm=load_minilm("cpu")), [Input(path=path)])

    assert isinstance(result, Summary)
    assert len(result.points) == 5
    assert not any("quoted" in each.source for each in result.points)


def test_the_header_of_a_mail_is_no_point_of_it(tmp_path: Path) -> None:
    towns = " ".join(f"In {town} {PROSE.lower()}" for town in ("Leeds", "York", "Gera", "Porto"))
    path = a_mail(tmp_path, ("a.txt", f"{PROSE} {towns}".encode()))
    (result,) = skill.run(
        Summarizer(minilm=load_minilm("cpu")), [Input(path=path, options={"length": "long"})]
    )

    assert isinstance(result, Summary)
    assert not result.short
    assert not any("ada@example.org" in each.text for each in result.points)


def children_seconds() -> float:
    """Processor time of the decoders so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def test_a_mail_of_very_many_parts_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    part = "--XX\nContent-Type: text/plain\n\nOne of many.\n"
    path = a_raw_mail(tmp_path, "")
    path.write_text(
        f"{path.read_text()}Content-Type: multipart/mixed; boundary=XX\n\n{part * 100_000}--XX--\n"
    )
    before = children_seconds()
    told = refusal(path)

    assert told.startswith("This mail has more than 1,000 parts")
    assert children_seconds() - before < 5
