"""A call recording without personal data: no field, file or preview holds any of it."""

from __future__ import annotations

import dataclasses
import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from core.reply import Reply
from core.settings import load_settings
from skills.call import skill
from skills.skill import Input
from skills.speech.hearing import hear
from skills.speech.parts import first_words
from skills.telephone.model import CallModel, load_call_model
from skills.telephone.result import Call
from tests.skills import sounds

SECRETS = ("4111", "1111", "415", "2671", "four one", "one one")
SENTENCES = (
    "Hello, I am calling because my payment failed.",
    "The card is four one one one.",
    "Okay.",
    "One one one one one one one one, 1111.",
    "Call me back on (415) 555-2671 please.",
    "I will send you a confirmation tomorrow.",
)


@pytest.fixture(scope="module")
def model() -> CallModel:
    return load_call_model(load_settings(), "cpu")


def segments() -> list[Any]:
    """The sentences, half a second a word."""
    made, now = [], 0.5
    for sentence in SENTENCES:
        words = []
        for word in sentence.split():
            words.append([f" {word}", now, now + 0.4, 0.9])
            now += 0.5
        made.append([words[0][1], words[-1][2], sentence, 0.9, words])
    return made


@pytest.fixture(scope="module")
def joined(model: CallModel, tmp_path_factory: pytest.TempPathFactory) -> tuple[Call, Reply]:
    path = sounds.write_wav(
        tmp_path_factory.mktemp("call") / "+14155552671 call.wav", sounds.noise(24)
    )
    options = {"redact": "yes"}
    with skill.opened(Input(path=path, name=path.name, options=options)) as opened:
        sides = opened.opened.sides(0, opened.opened.length())
        partial = {
            "end": 24 * sounds.RATE, "language": "en", "segments": segments(), "first": 0,
            "heard": hear(model.voices, sides, lead=0), "model": "test", "english_only": True,
            "whole_only": True,
        }  # fmt: skip
    call = skill.join(model, Input(path=path, name=path.name, options=options), [partial])
    assert any(secret in first_words(partial) for secret in SECRETS)
    assert skill.preview(partial) is None
    return call, skill.render(call)


def everything(call: Call, reply: Reply) -> dict[str, str]:
    """All that a person could read, by where it stands."""
    told = {"json": json.dumps(dataclasses.asdict(call)), "about": repr(call.about.cues)}
    told["name"] = call.about.name
    told["reply"] = repr(dataclasses.replace(reply, files=()))
    for file in reply.files:
        told[f"{file.name} alt"] = file.name + file.alt
        if file.name.endswith(".docx"):
            told[file.name] = ZipFile(BytesIO(file.content)).read("word/document.xml").decode()
        elif not file.name.endswith(".mp3"):
            told[file.name] = file.content.decode()
    return told


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_of_the_numbers_is_left_anywhere(joined: tuple[Call, Reply], secret: str) -> None:
    found = {place for place, text in everything(*joined).items() if secret in text.lower()}

    assert found == set()


def test_the_answer_says_what_was_taken_out(joined: tuple[Call, Reply]) -> None:
    call, reply = joined

    assert "[card number]" in call.text
    assert "[phone]" in call.text
    assert any("card number (1), phone (1)" in note for note in reply.notes)


def test_the_recording_is_attached_with_a_tone(joined: tuple[Call, Reply]) -> None:
    _, reply = joined
    (file,) = [file for file in reply.files if file.name.endswith(".mp3")]

    assert file.name == "[phone] call.beeped.mp3"
    assert len(file.content) > 24 * 3000


def test_without_the_option_all_is_kept(model: CallModel, tmp_path: Path) -> None:
    partial = {"whole_only": False, "end": sounds.RATE, "segments": segments()}
    preview = skill.preview(partial)

    assert preview is not None
    assert "four one one one" in preview.body


def test_a_call_that_is_kept_holds_none_of_it_and_no_sound(joined: tuple[Call, Reply]) -> None:
    call, reply = joined
    kept = json.dumps(skill.pack(call))
    again = skill.render(skill.unpack(json.loads(kept)))

    assert not [secret for secret in SECRETS if secret in kept]
    assert again.notes == reply.notes
    assert not [file.name for file in again.files if file.name.endswith(".mp3")]
