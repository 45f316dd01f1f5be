"""A call as it is kept: it comes back as it was, and with new names everywhere a name stands."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from core.reply import Reply
from skills.call import skill
from skills.skill import Past
from skills.speech.subtitles import Cue
from skills.telephone.answer import ONE_VOICE
from skills.telephone.files import Line
from skills.telephone.past import read_calls
from skills.telephone.record import pack, restore, who_is
from skills.telephone.result import Call, Details, Told
from skills.telephone.verdicts import Verdict

SAID = [
    ("Agent", "Thank you for calling, this is the Agent desk."),
    ("Customer", "My parcel is late, where is it?"),
    ("Agent", "I will send you a new one by Friday."),
]


def a_call() -> Call:
    parts = {
        name: {
            "talk_seconds": 6.0, "talk_share": 0.5, "words": 12, "words_a_minute": 120.0,
            "longest_monologue": 3.0, "questions": 0, "patience": None, "interruptions": None,
            "loudness": -20.0,
        }
        for name in ("Agent", "Customer")
    }  # fmt: skip
    lines = [
        Line(start=4.0 * at, end=4.0 * at + 3, text=text, confidence=0.9, speaker=who)
        for at, (who, text) in enumerate(SAID)
    ]
    details = Details(
        name="call.wav", model="Whisper base", english_only=False, sure=True, by="voice",
        cues=tuple(
            Cue(start=each.start, end=each.end, lines=(f"{each.speaker}: {each.text}",))
            for each in lines
        ),
        turns=tuple((each.start, each.end, each.speaker) for each in lines),
        roles=("Agent", "Customer"),
    )  # fmt: skip
    return Call(
        text=" ".join(text for _, text in SAID), language="en", duration=12.0,
        speakers=["Agent", "Customer"], segments=lines,
        metrics={"duration": 12.0, "silence_seconds": 1.0, "overlap_seconds": None,
                 "speakers": parts},
        mood={"Agent": [50.0, 60.0, None, 50.0], "Customer": [10.0, 20.0, None, 30.0]},
        reason={"speaker": "Customer", "start": 4.0, "text": SAID[1][1]},
        outcome={"speaker": "Agent", "start": 8.0, "text": SAID[2][1], "solved": True},
        actions=[{"who": "Agent", "what": SAID[2][1], "when": "by Friday", "start": 8.0}],
        questions=[{"who": "Customer", "text": SAID[1][1], "start": 4.0, "answered": True}],
        rules=[], score=None, chapters=[],
        details=details,
    )  # fmt: skip


def told(speaker: str, score: float) -> Told:
    """A rule that this speaker said something, and why somebody called, in his words."""
    verdict = Verdict(
        rule="agent says: thank you", state="passed" if score else "failed", weight=1,
        why="said", speaker=speaker, start=0.0,
    )  # fmt: skip
    reason = {"speaker": speaker, "start": 0.0, "text": f"{speaker} says why."}
    outcome = {**reason, "text": f"{speaker} ends it.", "solved": True, "still_open": None}
    return Told(reason=reason, rules=[verdict], score=score, outcome=outcome)


def judged() -> Call:
    """A call whose scorecard is another for each who may work there."""
    nobody, agent, customer = told("Agent", 50.0), told("Agent", 100.0), told("Customer", 0.0)
    call = a_call()
    return replace(
        call, reason=agent.reason, rules=agent.rules, score=agent.score, outcome=agent.outcome,
        details=replace(call.about, if_agent=(nobody, agent, customer)),
    )  # fmt: skip


def renamed(*names: str) -> Call:
    values = stored(skill.pack(a_call()))
    return skill.unpack(stored(skill.amend(values, dict(enumerate_text(names)))))


def enumerate_text(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """As a form's fields are numbered."""
    return [(str(number), name) for number, name in enumerate(names)]


def stored(values: Any) -> Any:
    """As the database gives it back."""
    return json.loads(json.dumps(values))


def without_clock(reply: Reply) -> Reply:
    """The reply with what stands in its document, without when that was packed."""
    files = [
        replace(each, content=ZipFile(BytesIO(each.content)).read("word/document.xml"))
        if each.name.endswith(".docx")
        else each
        for each in reply.files
    ]
    return replace(reply, files=tuple(files))


def test_a_call_comes_back_as_it_was() -> None:
    found = skill.unpack(stored(skill.pack(a_call())))

    assert asdict(found) == asdict(a_call())
    assert asdict(found.about) == asdict(a_call().about)
    assert without_clock(skill.render(found)) == without_clock(skill.render(a_call()))


def test_new_names_stand_wherever_a_name_stood_and_the_words_stay_as_they_were_said() -> None:
    call = renamed("Maria", "Mr Öz")
    everything = str(asdict(call)) + str(asdict(replace(call.about, roles=())))

    assert call.speakers == ["Maria", "Mr Öz"]
    assert [each.speaker for each in call.segments] == ["Maria", "Mr Öz", "Maria"]
    assert list(call.metrics["speakers"]) == list(call.mood) == ["Maria", "Mr Öz"]
    assert everything.count("Agent") == 3  # the desk's: in text, segment and subtitle
    assert "Customer" not in everything
    assert [each.text for each in call.segments] == [text for _, text in SAID]


def test_every_file_has_the_new_names_and_says_that_it_is_a_newer_one() -> None:
    files = {each.name: each.content for each in skill.render(renamed("Maria", "Mr Öz")).files}
    texts = [content.decode() for name, content in files.items() if not name.endswith(".docx")]

    assert {f"call (renamed).{ending}" for ending in ("txt", "srt", "vtt", "json", "docx")} == set(
        files
    )
    assert all("Maria" in text and "Mr Öz" in text for text in texts)
    assert not any("Customer" in text for text in texts)


def test_who_turns_the_roles_round_turns_round_what_depends_on_them() -> None:
    values = stored(skill.pack(judged()))
    same, swapped = (
        skill.unpack(stored(skill.amend(values, dict(enumerate_text(names)))))
        for names in (("Maria", "Tom"), ("Customer", "Agent"))
    )

    assert (same.score, same.rules[0].state, same.rules[0].speaker) == (100.0, "passed", "Maria")
    assert (swapped.score, swapped.rules[0].state) == (0.0, "failed")
    assert swapped.rules[0].speaker == "Agent"  # the one who was taken for the customer
    assert swapped.reason == {"speaker": "Agent", "start": 0.0, "text": "Customer says why."}
    assert swapped.outcome is not None
    assert swapped.outcome["text"] == "Customer ends it."


def test_trends_count_the_score_that_holds_since_the_roles_were_turned_round() -> None:
    values = stored(skill.amend(stored(skill.pack(judged())), {"0": "Customer", "1": "Agent"}))
    (call,) = read_calls([Past(values=values, at=1.0)])

    assert call.score == 0.0


def noted(**details: Any) -> str:
    """The small print of a call of which these are known."""
    call = a_call()
    return str(skill.render(replace(call, details=replace(call.about, **details))).notes)


def test_voices_that_were_counted_by_nobody_are_said_to_be_a_guess() -> None:
    assert "may be mixed up" in noted()
    assert "may be mixed up" not in noted(counted=True)
    assert "may be mixed up" not in noted(by="side")
    assert "uncertain" in noted(sure=False)


def test_after_a_renaming_the_files_with_the_old_names_are_said_to_have_them() -> None:
    before, after = skill.render(a_call()), skill.render(renamed("Maria", "Tom"))

    assert not any("old ones" in note for note in before.notes)
    assert any("without “(renamed)” have the old ones" in note for note in after.notes)


def test_in_another_language_it_is_not_said_that_nothing_was_promised() -> None:
    call = a_call()
    german = replace(call, language="de", outcome=None, reason=None, details=call.about)

    assert skill.render(german).text.endswith("I find in English only.")


def test_questions_of_one_who_speaks_alone_are_not_called_unanswered() -> None:
    call = a_call()
    alone = replace(
        call, speakers=["Agent"], mood={"Agent": [None] * 4},
        metrics={**call.metrics, "speakers": {"Agent": call.metrics["speakers"]["Agent"]}},
        details=replace(call.about, roles=("Agent",)),
    )  # fmt: skip
    shown = skill.render(alone)
    figures = {each.label: each.value for each in shown.figures}

    assert figures["Questions"] == "1"
    assert ONE_VOICE in shown.notes


def test_a_second_renaming_starts_from_what_was_found() -> None:
    values = skill.pack(a_call())
    assert values is not None
    for names in ({"0": "text", "1": "start"}, {"0": "Maria", "1": "Tom"}):
        values = stored(skill.amend(values, names))
    call = skill.unpack(values)

    assert call.speakers == ["Maria", "Tom"]
    assert [each.text for each in call.segments] == [text for _, text in SAID]
    assert skill.render(call).files[0].name == "call (renamed 2).txt"


def test_the_form_asks_for_each_speaker_with_the_name_that_holds() -> None:
    step = skill.render(renamed("Maria", "Tom")).step

    assert step is not None
    assert [(each.label, each.value) for each in step.fields] == [
        ("Agent", "Maria"),
        ("Customer", "Tom"),
    ]


def test_whose_mood_is_shown_is_still_the_customers() -> None:
    titles = [
        chart.title for names in (("Maria", "Tom"), ("Customer", "Agent"))
        if (chart := skill.render(renamed(*names)).chart)
    ]  # fmt: skip

    assert titles == [
        "Mood of Tom (0 negative, 100 positive)",
        "Mood of Customer (0 negative, 100 positive)",
    ]


@pytest.mark.parametrize(
    ("speakers", "roles", "agent"),
    [
        (["Maria", "Tom"], ["Agent", "Customer"], "Maria"),
        (["Customer", "Agent"], ["Agent", "Customer"], "Agent"),
        (["customer", "Tom"], ["Speaker 1", "Speaker 2"], "Tom"),
        (["Ann", "Ben"], ["Speaker 1", "Speaker 2"], ""),
        (["Ann", "Customer", "Cleo"], ["Speaker 1", "Speaker 2", "Speaker 3"], ""),
    ],
)
def test_who_the_agent_is(speakers: list[str], roles: list[str], agent: str) -> None:
    assert who_is("Agent", speakers, roles) == agent


def test_values_of_another_version_are_refused_as_such() -> None:
    values = stored(skill.pack(a_call()))
    del values["call"]["segments"]

    with pytest.raises(ValueError, match="segments"):
        skill.unpack(values)


def test_a_recording_without_speech_is_not_kept() -> None:
    assert skill.pack(replace(a_call(), text="", details=a_call().about)) is None


@dataclass(frozen=True, kw_only=True)
class Beeped:
    """Details with a sound, as a call may have from which something was taken out."""

    roles: tuple[str, ...] = ("Agent",)
    sound: bytes = b"an mp3"


def test_of_a_sound_nothing_is_kept() -> None:
    values = stored(pack(a_call(), Beeped()))

    assert values["details"]["sound"] == ""
    assert restore(Beeped, values["details"]) == {"roles": ("Agent",), "sound": b""}


def test_the_answer_is_about_the_file_as_the_result_names_it() -> None:
    values = skill.pack(a_call())

    assert values is not None
    assert skill.about(values, "call of 030 1234567.wav") == "call.wav"


def test_who_works_there_may_be_the_one_who_called() -> None:
    call = a_call()
    first = replace(
        call.segments[0], text="Hi, this is Tom from Acme, I'm calling about the order."
    )
    outbound = replace(call, segments=[first, *call.segments[1:]], details=call.about)

    assert skill.render(outbound).text.startswith("Agent called; Customer said: “")
    assert skill.render(call).text.startswith("Customer called: “")


def test_who_is_asked_for_something_stands_beside_who_asks() -> None:
    asked = {**a_call().actions[0], "owner": "Customer"}
    kept = stored(skill.pack(replace(a_call(), actions=[asked], details=a_call().about)))

    (point,) = skill.render(skill.unpack(skill.amend(kept, {"1": "Mr Öz"}))).points

    assert point.source == "Agent asks Mr Öz, 00:08"


def test_what_only_comes_next_is_called_neither_good_nor_bad() -> None:
    outcome = {"speaker": "Agent", "start": 8.0, "text": SAID[2][1], "solved": None}
    call = replace(a_call(), outcome=outcome, details=a_call().about)

    assert skill.render(call).text.endswith(f"What comes next: “{SAID[2][1]}”")


def test_of_a_call_about_two_things_both_ends_are_told() -> None:
    left = {"speaker": "Agent", "start": 9.0, "text": "They will contact you."}
    call = a_call()
    outcome = {**(call.outcome or {}), "still_open": left}

    assert skill.render(replace(call, outcome=outcome, details=call.about)).text.endswith(
        f"One thing was settled: “{SAID[2][1]}” The other stayed open: “They will contact you.”"
    )


def test_where_nobody_knows_who_works_there_the_answer_says_how_to_tell_it() -> None:
    kept = json.dumps(skill.pack(replace(a_call(), outcome=None, details=a_call().about)))
    unknown = json.loads(
        kept.replace('"Agent"', '"Speaker 1"').replace('"Customer"', '"Speaker 2"')
    )

    assert skill.render(skill.unpack(unknown)).text.endswith(
        "so I say nothing of how it ended: name a speaker Agent, or write agent:first."
    )


def test_how_many_promises_there_are_stands_above_those_that_are_shown() -> None:
    call = a_call()
    many = replace(call, actions=call.actions * 9, details=call.about)
    (promised,) = (each for each in skill.render(many).figures if each.label.startswith("Promised"))

    assert promised.value == "9, the first 8 below"
    assert len(skill.render(many).points) == 8
