"""Personal data through the door: taken out of the answer, and shown nowhere on the way to it."""

from __future__ import annotations

from tests.door.conftest import Office

CARD, MAIL = "4111 1111 1111 1111", "ada@example.com"


def test_what_was_typed_is_not_shown_to_the_channel(office: Office) -> None:
    answer = office.slash("/redact", f"Bill {CARD} and write to {MAIL}", channel="general")
    channel = office.workspace.channel("general")
    roots = office.workspace.messages(channel)
    everything = str([office.workspace.thread(channel, each["ts"]) for each in roots])

    assert "Bill [card number] and write to [e-mail]" in answer
    assert CARD not in everything
    assert MAIL not in everything
