"""Bad input gets one plain sentence that says what to do, in the right place."""

from __future__ import annotations

import os
import signal
import struct
import wave
from pathlib import Path

from PIL import Image

from local.samples import archive, pdf
from local.shapes import Json
from tests.door.conftest import Office


def test_an_empty_command_is_answered_with_an_example(office: Office) -> None:
    assert "for example: /sentiment " in office.told("/sentiment")


def test_fifty_thousand_characters_are_refused_with_another_way(office: Office) -> None:
    told = office.told("/summarize", "many words " * 4_546)

    assert "characters" in told
    assert "upload it as a file" in told


def test_a_command_that_takes_files_says_how_to_give_one(office: Office) -> None:
    assert "upload one here" in office.told("/transcribe", "hello")


def test_only_emoji_is_answered_without_inventing_words(office: Office) -> None:
    assert "positive" in office.slash("/sentiment", "🎉🎉🎉").lower()
    assert "no word or emoji" in office.slash("/sentiment", "🜁🜂")


def test_another_language_is_named_as_the_problem(office: Office) -> None:
    text = "Das neue Programm stürzt ständig ab und niemand antwortet auf meine Nachrichten."

    assert "English" in office.slash("/sentiment", text)


def test_an_empty_file_is_called_empty(office: Office) -> None:
    for name in ("notes.txt", "call.mp3", "photo.jpg", "comments.csv"):
        assert "empty" in office.upload(office.file(name, b""))


def test_a_text_file_named_mp3_is_not_a_recording(office: Office) -> None:
    answer = office.upload(office.file("call.mp3", b"These are words, not sounds. " * 50))

    assert "not a recording" in answer or "no sound" in answer, answer


def test_an_encrypted_pdf_is_asked_for_without_its_password(office: Office) -> None:
    from pypdf import PdfReader, PdfWriter

    path = office.file("secret.pdf", pdf([["Nobody may read this."]]))
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt("password", algorithm="RC4-128")
    writer.write(path)

    assert "password" in office.upload(path)


def test_a_scanned_pdf_is_said_to_have_no_text(office: Office) -> None:
    path = office.folder / "scan.pdf"
    Image.new("RGB", (600, 800), "white").save(path)

    assert "no text" in office.upload(path)


def test_two_hours_of_audio_are_refused_by_length(office: Office) -> None:
    path = office.folder / "meeting.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 8_000, 0, "NONE", ""))
        file.writeframes(bytes(8_000 * 7_200))

    answer = office.upload(path)

    assert "90 minutes" in answer


def test_silence_is_answered_as_silence(office: Office) -> None:
    path = office.folder / "silence.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(16_000 * 2 * 8))

    assert "no speech" in office.upload(path).lower()


def test_an_image_of_sixty_megapixels_is_refused_by_size(office: Office) -> None:
    path = office.folder / "wall.png"
    Image.new("1", (7_800, 7_800)).save(path)

    assert "megapixel" in office.upload(path).lower()


def test_an_animated_gif_is_answered_for_its_first_picture(office: Office) -> None:
    path = office.folder / "dance.gif"
    frames = [Image.new("RGB", (64, 64), color) for color in ("red", "green", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:])

    assert "%" in office.upload(path)


def test_a_picture_that_is_broken_off_is_called_damaged(office: Office) -> None:
    header = struct.pack(">I", 13) + b"IHDR" + struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    path = office.file("half.png", b"\x89PNG\r\n\x1a\n" + header)

    assert "damaged" in office.upload(path)


def test_a_table_without_words_is_answered_with_its_columns(office: Office) -> None:
    answer = office.upload(office.file("numbers.csv", b"a,b\n1,2\n3,4\n5,6\n"))

    assert "column" in answer


def test_an_unknown_word_after_readymade_is_answered_with_the_known_ones(office: Office) -> None:
    told = office.told("/readymade", "dance")

    assert all(f"`{word}`" in told for word in ("help", "status", "settings", "forget"))


def test_a_person_can_have_their_requests_forgotten(office: Office) -> None:
    office.slash("/sentiment", "I love this release")

    assert office.told("/readymade", "forget").startswith("I have erased the record")
    assert office.told("/readymade", "forget") == "No request of yours is stored here."


def test_a_mention_with_an_unknown_word_lists_what_can_be_asked(office: Office) -> None:
    message = office.ada.say("general", f"<@{office.bot}> dance for us")

    assert "I don't know “dance”" in office.answer(message)


def test_outside_the_channel_the_answer_comes_privately_with_how_to_invite(
    office: Office,
) -> None:
    channel = office.workspace.add_channel("far-away", bot=False, members=["ada"])
    office.ada.slash("/sentiment", "I love this release", channel=channel)

    answer = office.whispered("/invite @Readymade")

    assert "positive" in answer.lower()


def test_in_a_private_conversation_without_the_bot_the_answer_comes_privately_too(
    office: Office,
) -> None:
    channel = office.workspace.add_channel("just-us", kind="private", bot=False, members=["ada"])
    office.ada.slash("/sentiment", "Everything about it is awful", channel=channel)

    assert "negative" in office.whispered("/invite @Readymade").lower()


def test_a_mention_cannot_be_answered_privately_and_says_what_can(office: Office) -> None:
    message = office.ada.say("general", f"<@{office.bot}> sentiment I love it --private")

    assert "slash command" in office.answer(message)


def test_a_file_that_was_deleted_meanwhile_is_asked_for_again(office: Office) -> None:
    os.killpg(office.fleet.pid("worker"), signal.SIGSTOP)
    try:
        message = office.ada.upload("support", [office.file("notes.txt", b"Some words. " * 200)])
        office.ada.delete_file(message["files"][0]["id"])
    finally:
        os.killpg(office.fleet.pid("worker"), signal.SIGCONT)

    assert "deleted" in office.answer(message)


def test_a_missing_permission_is_named_for_the_administrator(office: Office) -> None:
    office.workspace.revoke("files:read")
    try:
        answer = office.upload(office.file("notes.txt", b"Some words. " * 200))
    finally:
        office.workspace.grant("files:read")

    assert "files:read" in answer


def test_a_file_from_outside_slack_is_not_fetched(office: Office) -> None:
    link = {"external_url": "https://drive.example/plan", "name": "plan.pdf"}
    office.workspace.call("POST", "uploads", {"user": "ada", "channel": "support", **link})

    assert "outside Slack" in office.whispered("Download it")


def test_an_unsupported_file_is_named_with_what_can_be_read(office: Office) -> None:
    message = office.ada.upload("support", [archive(office.folder)])
    told = office.whispered("I can't read backup.7z. I take ")

    assert "documents (pdf, docx, txt, …)" in told
    assert not office.workspace.thread(message["channel"], message["ts"])[1:]


def test_an_unsupported_file_in_a_direct_message_is_answered_there(office: Office) -> None:
    answer = office.upload(archive(office.folder), channel="dm")

    assert answer.startswith("I can't read backup.7z. I take ")


def test_a_link_into_another_channel_is_refused(office: Office) -> None:
    message = office.ada.say("support", "This stays between us.")
    digits = message["ts"].replace(".", "")
    link = f"{office.workspace.url}/archives/{message['channel']}/p{digits}"

    assert "another channel" in office.told("/sentiment", link, channel="general")


def test_a_channel_shared_with_another_company_is_refused(office: Office) -> None:
    channel = office.workspace.add_channel(
        "partners", is_ext_shared=True, members=["ada"], bot=True
    )

    assert "another company" in office.told("/sentiment", "I love it", channel=channel)


def test_a_hidden_name_stays_harmless(office: Office) -> None:
    path = office.file("<!channel> *bold*.7z", b"7z")
    answer = office.upload(path, text=f"<@{office.bot}>")

    assert "<!channel>" in answer  # as words: the raw message holds the encoded form


def test_the_raw_message_of_a_hidden_name_pings_nobody(office: Office) -> None:
    path: Path = office.file("<!channel>.7z", b"7z")
    message = office.ada.upload("support", [path], text=f"<@{office.bot}>")
    office.answer(message)
    replies = office.workspace.thread(message["channel"], message["ts"])[1:]

    assert all("<!channel>" not in str(reply) for reply in replies)


def test_a_guest_is_told_whom_to_ask(office: Office) -> None:
    guest = office.workspace.add_person("guest", is_restricted=True)
    office.workspace.call("POST", "members", {"channel": "general", "member": "guest"})
    message = guest.say("general", f"<@{office.bot}> sentiment I love it")
    told = office.answer(message)
    guest.slash("/sentiment", "I love it", channel="general")
    shown = office.workspace.ephemerals(user="guest")

    assert "not guests" in told
    assert "not guests" in str(shown[-1])


def test_a_link_that_leads_out_of_slack_is_not_taken_for_a_text(office: Office) -> None:
    assert "can't open that link" in office.told("/sentiment", "https://example.com/article")


def test_a_private_answer_leaves_no_button_behind(office: Office) -> None:
    def private() -> list[Json]:
        shown = office.workspace.ephemerals(user="ada")
        return [message for message in shown if "Only you can see this" in str(message)]

    before = len(private())
    office.ada.slash("/sentiment", "--private What a wonderful surprise", channel="general")
    office.workspace.wait_for(lambda: len(private()) > before)
    shown = office.workspace.ephemerals(user="ada")

    assert not [message for message in shown if "Cancel" in str(message)]


def test_a_link_to_a_message_that_is_gone_is_said_to_lead_nowhere(office: Office) -> None:
    channel = office.workspace.channel("general")
    link = f"{office.workspace.url}/archives/{channel}/p1700000000000100"

    assert "can't find the message" in office.told("/sentiment", link)


def test_a_greeting_is_answered_with_what_can_be_asked(office: Office) -> None:
    message = office.ada.say("general", f"<@{office.bot}> hello")

    assert office.answer(message).startswith("Start with one of these words: ")
