"""call: who said what in a real telephone call, with files that other programs open."""

from __future__ import annotations

import dataclasses
import json
from io import BytesIO
from pathlib import Path

import pytest

from core.errors import UserError
from core.reply import Reply
from core.settings import load_settings
from skills.call import skill
from skills.skill import Input
from skills.speech.chapters import SpokenChapter
from skills.speech.no_speech import NO_SPEECH
from skills.telephone.model import CallModel, load_call_model
from skills.telephone.result import Call
from tests.skills import counted_call, sounds


@pytest.fixture(scope="module")
def model() -> CallModel:
    return load_call_model(load_settings(), "cpu")


@pytest.fixture(scope="module")
def heard(model: CallModel) -> Call:
    """A recording in which two people speak on one line."""
    return answer(model, sounds.call())


@pytest.fixture(scope="module")
def shown(heard: Call) -> Reply:
    return skill.render(heard)


def answer(model: CallModel, path: Path, **options: str) -> Call:
    (result,) = skill.run(model, [Input(path=path, name=path.name, options=options)])
    assert isinstance(result, Call), result
    return result


def test_two_people_on_one_line(heard: Call) -> None:
    def who(words: str) -> str:
        return next(each.speaker for each in heard.segments if words in each.text)

    assert len(heard.speakers) == 2
    assert len({each.speaker for each in heard.segments}) == 2
    assert who("Diane") == who("hear that New Jersey") != who("Sheila") == who("Yankee")
    assert heard.metrics["overlap_seconds"] is None  # one line carries both
    assert sum(part["words"] for part in heard.metrics["speakers"].values()) == len(
        heard.text.split()
    )


def test_the_figures_are_those_of_a_hand_count(model: CallModel, tmp_path: Path) -> None:
    call = answer(model, counted_call.make(tmp_path))
    parts = list(call.metrics["speakers"].values())

    assert (call.about.by, call.about.sure, len(call.speakers)) == ("side", True, 2)
    for found, counted in zip(parts, counted_call.PEOPLE, strict=True):
        for name, value in dataclasses.asdict(counted).items():
            assert found[name] == pytest.approx(value, rel=0.05), name
    assert call.metrics["overlap_seconds"] == pytest.approx(counted_call.OVERLAP, rel=0.05)
    assert call.metrics["silence_seconds"] == pytest.approx(counted_call.SILENCE, rel=0.05)
    assert call.metrics["longest_silence"] == pytest.approx(counted_call.LONGEST_SILENCE, rel=0.05)
    assert tuple(part["interruptions"] for part in parts) == counted_call.INTERRUPTIONS


def test_the_words_are_those_of_a_hand_count_where_one_speaks_at_a_time(
    model: CallModel, tmp_path: Path
) -> None:
    call = answer(model, counted_call.make(tmp_path, polite=True))
    parts = list(call.metrics["speakers"].values())

    assert [part["words"] for part in parts] == pytest.approx(counted_call.WORDS, rel=0.05)
    assert [part["words_a_minute"] for part in parts] == pytest.approx(
        counted_call.WORDS_A_MINUTE, rel=0.05
    )


def test_every_turn_is_where_it_was_counted(model: CallModel, tmp_path: Path) -> None:
    call = answer(model, counted_call.make(tmp_path))
    turns = [(call.speakers.index(who), start, end) for start, end, who in call.about.turns]

    assert [turn[0] for turn in turns] == [turn[0] for turn in counted_call.TURNS]
    for found, counted in zip(turns, counted_call.TURNS, strict=True):
        assert found[1:] == pytest.approx(counted[1:], abs=0.06)


def test_the_figures_of_a_telephone_call_are_those_of_a_hand_count(
    model: CallModel, shared_data: Path
) -> None:
    """Counted in the wave of the recording, to 10 ms; one sound for both people."""
    call = answer(model, shared_data / "speech/diarization/phone_call_2spk.flac")
    agent, customer = call.metrics["speakers"]["Agent"], call.metrics["speakers"]["Customer"]

    # The agent: 2.32-3.02, 10.45-13.84, 18.42-23.18, 28.89-29.43, 29.88-32.26 and 36.40-39.27.
    assert agent["talk_seconds"] == pytest.approx(14.64, rel=0.05)
    # The customer: 4.65-8.69, 15.50-16.64, 24.78-27.04, 33.93-34.68, 39.79-41.07, 42.43-42.70.
    assert customer["talk_seconds"] == pytest.approx(9.74, rel=0.05)
    assert agent["talk_share"] == pytest.approx(0.6, rel=0.05)
    assert (agent["longest_monologue"], customer["longest_monologue"]) == (
        pytest.approx(4.76, rel=0.05),
        pytest.approx(4.04, rel=0.05),
    )
    assert call.metrics["silence_seconds"] == pytest.approx(45.3 - 14.64 - 9.74, rel=0.05)
    assert agent["words"] == pytest.approx(49, rel=0.05)
    assert (agent["questions"], customer["questions"]) == (3, 0)
    assert call.metrics["long_silences"] == 0


def test_the_agent_and_the_number_of_speakers_may_be_said(model: CallModel) -> None:
    call = answer(model, sounds.call(), agent="second", speakers="2")

    assert call.speakers == ["Customer", "Agent"]


def test_a_side_that_nobody_is_on_alone_is_said_to_be_none(model: CallModel) -> None:
    call = answer(model, sounds.call(), agent="left")

    assert call.speakers == ["Speaker 1", "Speaker 2"]
    assert call.segments[0].speaker == "Speaker 1"
    assert any(note.startswith("agent:left needs") for note in skill.render(call).notes)


def test_a_number_of_speakers_that_the_sides_do_not_have_is_said_not_to_fit(
    model: CallModel, tmp_path: Path
) -> None:
    call = answer(model, counted_call.make(tmp_path), speakers="3")
    notes = skill.render(call).notes

    assert len(call.speakers) == 2
    assert "speakers:3 does not fit: by the sides of the recording I told 2 apart." in notes


def test_who_works_there_among_three_is_named_so(model: CallModel) -> None:
    call = answer(model, sounds.call(), agent="first", speakers="3")

    assert call.segments[0].speaker == "Agent"
    assert call.speakers[0] == "Agent"


def test_the_scorecard_follows_who_is_said_to_work_there_afterwards(
    model: CallModel, tmp_path: Path
) -> None:
    rules, path = "agent talks over 50 %; customer talks under 40 %", counted_call.make(tmp_path)
    call = answer(model, path, rules=rules, agent="left")
    values = json.loads(json.dumps(skill.pack(call)))
    swapped = skill.unpack(skill.amend(values, {"0": "Customer", "1": "Agent"}))
    other = answer(model, path, rules=rules, agent="right")

    assert [each.state for each in swapped.rules] == [each.state for each in other.rules]
    assert swapped.score == other.score != call.score


def test_the_result_is_plain_json(heard: Call) -> None:
    values = json.loads(json.dumps(dataclasses.asdict(heard)))

    assert set(values["segments"][0]) == {"start", "end", "text", "confidence", "speaker"}
    assert set(values["metrics"]["speakers"]) == set(heard.speakers)
    assert {"text", "language", "duration", "mood", "reason", "outcome", "actions"} <= set(values)


def test_every_file_opens(heard: Call, shown: Reply) -> None:
    from docx import Document

    files = {Path(each.name).suffix: each.content for each in shown.files}
    paragraphs = [each.text for each in Document(BytesIO(files[".docx"])).paragraphs]

    assert set(files) == {".txt", ".srt", ".vtt", ".json", ".docx"}
    assert json.loads(files[".json"])["text"] == heard.text
    assert files[".vtt"].startswith(b"WEBVTT")
    assert f"{heard.speakers[0]}:".encode() in files[".srt"]
    assert any("New Jersey" in text for text in paragraphs)
    assert "New Jersey" in files[".txt"].decode()


def test_the_answer_shows_who_spoke_how_much_and_what_it_does_not_know(shown: Reply) -> None:
    assert shown.table is not None
    assert all(shown.table.header[1:])  # every column has a name
    assert {len(row) for row in shown.table.rows} == {len(shown.table.header)} == {3}
    assert any("uncertain" in note for note in shown.notes)
    assert any("side of its own" in note for note in shown.notes)
    assert "%" in next(each.value for each in shown.figures if each.label == "Talk")


def test_rules_are_judged_and_shown_with_the_moment(model: CallModel) -> None:
    rules = "somebody says: new jersey; nobody says: yankee (x3); agent says: good bye"
    call = answer(model, sounds.call(), rules=rules)
    reply = skill.render(call)
    (card,) = reply.sections
    files = {Path(each.name).suffix: each.content for each in reply.files}
    written = json.loads(files[".json"])

    assert [each.state for each in call.rules] == ["passed", "failed", "failed"]
    assert call.score == 20.0
    assert card.title == "Scorecard: 1 of 3 rules passed, 20 % by weight"
    assert "New Jersey" in card.points[0].text
    assert card.points[0].source.endswith(f"00:{round(call.rules[0].start or 0):02}")
    assert (written["score"], written["rules"][1]["state"]) == (20.0, "failed")
    assert f"{card.title}\n✓ somebody says: new jersey" in files[".txt"].decode()


def test_an_alert_says_what_was_broken_and_when_without_a_word_of_the_call(
    model: CallModel,
) -> None:
    rules = "somebody says: new jersey; nobody says: yankee"
    alert = skill.render(answer(model, sounds.call(), rules=rules)).alert

    assert alert is not None
    (point,) = alert.points
    assert point.text == "✗ nobody says: yankee: said"
    assert ":" in point.source


def test_a_call_without_rules_has_no_scorecard(heard: Call, shown: Reply) -> None:
    assert (heard.rules, heard.score, shown.sections, shown.alert) == ([], None, (), None)


def test_a_rule_that_is_not_understood_is_refused_before_the_work(model: CallModel) -> None:
    (refused,) = skill.run(model, [Input(path=sounds.call(), options={"rules": "silnce 30"})])

    assert isinstance(refused, UserError)


def test_a_recording_in_which_nobody_speaks(model: CallModel, tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "silence.wav", sounds.silence(3))
    call = answer(model, path)

    assert (call.text, call.segments) == ("", [])
    assert skill.render(call).text == NO_SPEECH


def test_a_language_that_the_mood_is_not_told_in_has_none(
    model: CallModel, shared_data: Path
) -> None:
    call = answer(model, shared_data / "speech/clips/pv_de.flac")

    assert call.language == "de"
    assert call.mood == {"Speaker 1": [None] * 4}


def test_a_text_is_refused(model: CallModel) -> None:
    (refused,) = skill.run(model, [Input(text="Hello")])

    assert isinstance(refused, UserError)


def test_chapters_stand_in_the_answer_and_in_the_files(heard: Call) -> None:
    from docx import Document

    chapters = [
        SpokenChapter(start=0.0, end=15.0, title="Who is there"),
        SpokenChapter(start=15.0, end=30.0, title="Where we come from"),
    ]
    shown = skill.render(dataclasses.replace(heard, chapters=chapters, details=heard.about))
    files = {Path(each.name).suffix: each.content for each in shown.files}
    document = Document(BytesIO(files[".docx"])).paragraphs
    headings = [each.text for each in document if each.style.name == "Heading 2"]

    assert [each.text for section in shown.sections for each in section.points] == [
        "00:00 Who is there",
        "00:15 Where we come from",
    ]
    assert headings == ["Who is there", "Where we come from"]
    assert "== Where we come from ==" in files[".txt"].decode()
    assert json.loads(files[".json"])["chapters"][1] == {
        "start": 15.0, "end": 30.0, "title": "Where we come from",
    }  # fmt: skip


def test_half_a_minute_has_no_chapters(heard: Call, shown: Reply) -> None:
    assert (heard.chapters, shown.sections) == ([], ())
