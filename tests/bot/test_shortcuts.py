"""Message shortcuts: what of a message they are about."""

from __future__ import annotations

from pathlib import Path

from local.shapes import Json
from tests.bot.conftest import Reception


def asked(reception: Reception, message: Json) -> tuple[str, str]:
    """The message that the shortcut's job fetches, and the text that travels with it."""
    reception.ada.shortcut("sentiment", message)
    (claim,), _ = reception.ledger.claim("text", batch={})
    return claim.job.source_message, claim.content.text


def test_a_message_is_about_its_words(reception: Reception) -> None:
    message = reception.ada.say("general", "I love it")

    assert asked(reception, message) == ("", "I love it")


def test_words_beside_a_file_that_the_skill_takes_are_not_what_is_meant(
    reception: Reception, tmp_path: Path
) -> None:
    table = tmp_path / "survey.csv"
    table.write_text("comment\nI love it\n")
    message = reception.ada.upload("general", [table], text="The survey, as promised")
    reception.settle()
    reception.ledger.claim("text", batch={})  # the upload itself

    assert asked(reception, message) == (message["ts"], "")


def test_words_beside_another_file_are(reception: Reception, tmp_path: Path) -> None:
    strange = tmp_path / "odd.xyz"
    strange.write_bytes(b"odd")
    message = reception.ada.upload("general", [strange], text="I love it")

    assert asked(reception, message) == ("", "I love it")
