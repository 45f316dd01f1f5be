"""Uploads that nobody asked about: their uploaders hear nothing where nothing would be answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from local import samples
from tests.bot.conftest import Reception


@pytest.mark.parametrize(
    "policy",
    [
        "[everywhere]\nautomatic = false",
        '[everywhere]\nwho = ["U0NOBODY"]',
        "[everywhere]\nskills = []",
    ],
    ids=["not automatic", "not for everybody", "no skill"],
)
def test_where_the_policy_lets_no_upload_be_answered_none_is_refused(reception: Reception) -> None:
    message = reception.ada.upload("general", [samples.archive(reception.folder)])
    reception.settle()

    assert (reception.whispers(), reception.said(message), reception.audit()) == ([], [], [])


def test_a_guest_who_uploads_something_is_told_nothing(
    reception: Reception, tmp_path: Path
) -> None:
    guest = reception.workspace.add_person("guest", is_restricted=True)
    reception.workspace.call("POST", "members", {"channel": "general", "member": "guest"})
    table = tmp_path / "comments.csv"
    table.write_text("comment\nI love it\n")
    message = guest.upload("general", [table])
    reception.settle()

    assert (reception.whispers("guest"), reception.said(message)) == ([], [])
    assert reception.jobs() == []
