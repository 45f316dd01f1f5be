"""Documents through the door: a question by mention and by link, and part of one by link."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.samples import pdf
from local.shapes import Json
from tests.door.conftest import Office

PAGES = [
    ["Lease", "", "The house has four rooms, a kitchen and a cellar, and is let to one family."],
    ["Termination", "", "Either side may end the lease with three months of written notice."],
    [
        "House rules",
        "",
        "Bicycles belong into the cellar, and the stairs are cleaned on Saturdays.",
    ],
]


@pytest.fixture
def lease(office: Office) -> Path:
    return office.file("lease.pdf", pdf(PAGES))


def link_to(office: Office, message: Json) -> str:
    return f"{office.workspace.url}/archives/{message['channel']}/p{message['ts'].replace('.', '')}"


def test_a_mention_with_an_upload_asks_a_question(office: Office, lease: Path) -> None:
    said = office.upload(lease, text=f"<@{office.bot}> what does it say about termination?")

    assert "three months of written notice" in said
    assert "page 2, Termination" in said
    assert "Searched 3 of 3 pages" in said


def test_a_question_before_a_link_is_answered_from_its_file(office: Office, lease: Path) -> None:
    message = office.ada.upload("support", [lease])
    office.answers(message)
    question = "where do bicycles belong?"
    office.ada.slash("/summarize", f"{question} {link_to(office, message)}", channel="support")

    assert "page 3, House rules" in office.answers(message, count=2)[-1]


def test_pages_that_are_not_there_are_refused_with_how_many_there_are(
    office: Office, lease: Path
) -> None:
    said = office.upload(lease, text=f"<@{office.bot}> summarize pages:7")

    assert "There is no page 7 in this document: it has pages 1 to 3." in said


def test_files_that_a_link_leaves_out_are_counted(office: Office, lease: Path) -> None:
    other = office.file("other.pdf", pdf(PAGES[1:]))
    message = office.ada.upload("support", [lease, other])
    office.answers(message, count=2)
    office.ada.slash("/summarize", f"pages:1 {link_to(office, message)}", channel="support")

    assert "That message has 1 more file that I left out" in office.answers(message, count=3)[-1]
