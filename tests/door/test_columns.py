"""A table whose column is not found: each of the ways that the refusal names leads to an answer."""

from __future__ import annotations

from tests.door.conftest import Office

WORDLESS = b"id,mood,price\n1,fine,2.50\n2,awful,3.10\n"


def test_the_link_to_the_message_and_a_column_get_an_answer(office: Office) -> None:
    message = office.ada.upload("support", [office.file("moods.csv", WORDLESS)])
    refused = office.answer(message)
    link = f"{office.workspace.url}/archives/{message['channel']}/p{message['ts'].replace('.', '')}"

    office.ada.slash("/sentiment", f"{link} column:mood", channel="support")

    assert "/sentiment LINK column:NAME" in refused
    assert any("2 comments" in text for text in office.answers(message, count=2))


def test_the_table_uploaded_again_with_a_mention_and_a_column_gets_an_answer(
    office: Office,
) -> None:
    path = office.file("moods.csv", WORDLESS)

    answer = office.upload(path, text=f"<@{office.bot}> sentiment column:mood")

    assert "2 comments" in answer
