"""call: who said what in a real telephone call, with files that other programs open."""

from __future__ import annotations

import dataclasses
import json
from io import BytesIO
from pathlib import Path

import numpy
import pytest

from core.errors import UserError
from core.reply import Reply
from core.settings import load_settings
from skills.call import NO_SPEECH, Call, skill
from skills.models.call_model import CallModel, load_call_model
from skills.skill import Input
from tests.skills import sounds


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


def on_two_sides(path: Path) -> Path:
    """The call with everything that each speaker says on a side of its own."""
    rows = [line.split() for line in sounds.call().with_suffix(".rttm").read_text().splitlines()]
    sound = sounds.samples_of(sounds.call())
    times = numpy.arange(len(sound)) / sounds.RATE
    sides = numpy.zeros((len(sound), 2), dtype=numpy.int16)
    for row in rows:
        start, length, side = float(row[3]), float(row[4]), row[7] == rows[0][7]
        now = (times >= start) & (times < start + length)
        sides[now, int(side)] = sound[now]
    return sounds.write_stereo(path, sides)


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


def test_two_sides_are_two_people_and_may_be_heard_at_once(
    model: CallModel, tmp_path: Path
) -> None:
    call = answer(model, on_two_sides(tmp_path / "sides.wav"))
    parts = call.metrics["speakers"]

    def who(words: str) -> str:
        return next(each.speaker for each in call.segments if words in each.text)

    assert call.about.by == "side"
    assert who("Diane") != who("Sheila") == who("Yankee")
    # Counted by hand: 24.6 s of turns, of which the shorter speaker has 48 %.
    assert sum(part["talk_seconds"] for part in parts.values()) == pytest.approx(24.6, rel=0.15)
    assert min(part["talk_share"] for part in parts.values()) == pytest.approx(0.48, abs=0.03)
    assert call.metrics["overlap_seconds"] > 0
    assert all(part["interruptions"] is not None for part in parts.values())


def test_the_agent_and_the_number_of_speakers_may_be_said(model: CallModel) -> None:
    call = answer(model, sounds.call(), agent="second", speakers="2")

    assert call.speakers == ["Customer", "Agent"]


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


def test_a_text_is_refused(model: CallModel) -> None:
    (refused,) = skill.run(model, [Input(text="Hello")])

    assert isinstance(refused, UserError)
