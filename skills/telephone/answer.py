"""What is said about a call: a summary, figures, lists, a chart, a table and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from core.reply import Attachment, Chart, Field, Figure, Point, Reply, Section, Slice, Step, Table
from skills.models.languages import is_english
from skills.options import SIDES
from skills.speech import redacted as redacted_speech
from skills.speech.doubt import doubts
from skills.speech.no_speech import no_speech
from skills.speech.redacted import describe_taken
from skills.speech.subtitles import clock
from skills.telephone import record as call_record
from skills.telephone import scorecard
from skills.telephone.files import attach, plain, spoken_text
from skills.telephone.result import Call
from skills.texts.shortened import shorten

ENGLISH_ONLY = "Why they called, how it ended and what was promised I find in English only."
MIXED_UP = "Voices may be mixed up in noise: speakers:2 tells me how many people there are."
ONE_VOICE = (
    "I heard one voice: where two people sound alike, speakers:2 tells me that there are two."
)
SHOWN = 600  # characters of the transcript in the message; the whole is in the files
QUOTED = 200  # characters of a sentence
MOST_PROMISES = 8
# Who works there says it at the beginning where it is not the customer who called.
CALLING = re.compile(r"\b(?:I'm|I am|we're|we are) (?:just )?(?:calling|phoning|ringing)\b", re.I)
GREETING_SECONDS = 60.0
ENDED = {True: "It ended well", False: "It stayed open", None: "What comes next"}
PARTLY, STILL_OPEN = "One thing was settled", "The other stayed open"
NO_OUTCOME = "I found no outcome in what was said."
WHO_WORKS_THERE = (
    "I could not tell who works for you, so I say nothing of how it ended: "
    "name a speaker Agent, or write agent:first."
)
QUARTERS = ("First quarter", "Second quarter", "Third quarter", "Last quarter")


def answer(result: Call) -> Reply:
    """The whole answer."""
    if not result.text:
        return no_speech(model=result.about.model, duration=result.duration)
    return Reply(
        text=_summary(result),
        figures=tuple(_figures(result)),
        points=tuple(_points(result)),
        sections=(*_scorecard(result), *_chapters(result)),
        body=shorten(spoken_text(result.segments), SHOWN),
        table=_table(result),
        chart=_chart(result),
        files=tuple(_files(result)),
        notes=tuple(_notes(result)),
        step=_step(result),
        audio_seconds=result.duration,
        alert=scorecard.alert(result.rules),
    )


def _summary(result: Call) -> str:
    """Why and how it ended, quoted; what was not said is not claimed."""
    count = len(result.speakers)
    if result.reason:
        why = f"{_who_called(result)}: “{shorten(result.reason['text'], QUOTED)}”"
    else:
        why = f"A call of {clock(result.duration)} with {count} speaker{'s' * (count != 1)}."
    if not _is_english(result):
        return f"{why} {ENGLISH_ONLY}"
    return f"{why} {_how_it_ended(result)}"


def _how_it_ended(result: Call) -> str:
    end = result.outcome
    if not end:
        agent = call_record.who_is(call_record.AGENT, result.speakers, result.about.roles)
        return NO_OUTCOME if agent or len(result.speakers) == 1 else WHO_WORKS_THERE
    left = end.get("still_open")  # calls that were kept before have none
    how = PARTLY if left else ENDED[end["solved"]]
    rest = f" {STILL_OPEN}: “{shorten(left['text'], QUOTED)}”" if left else ""
    return f"{how}: “{shorten(end['text'], QUOTED)}”{rest}"


def _is_english(result: Call) -> bool:
    """Whether it is in the language in which reasons and promises are found."""
    return is_english(result.language)


def _who_called(result: Call) -> str:
    """Who says why: he who says that he calls, or else the customer."""
    speaker = str(result.reason and result.reason["speaker"])
    agent = call_record.who_is(call_record.AGENT, result.speakers, result.about.roles)
    called = speaker != agent and any(
        CALLING.search(each.text) and each.start < GREETING_SECONDS
        for each in result.segments
        if each.speaker == agent
    )
    return f"{agent} called; {speaker} said" if called else f"{speaker} called"


def _figures(result: Call) -> Iterator[Figure]:
    parts: Mapping[str, Any] = result.metrics["speakers"]
    yield Figure(label="Length", value=clock(result.duration))
    if len(parts) > 1:
        shares = [f"{name} {round(100 * part['talk_share'])} %" for name, part in parts.items()]
        yield Figure(label="Talk", value=" · ".join(shares[:3]))
    silence = result.metrics["silence_seconds"] / max(1e-9, result.duration)
    yield Figure(label="Silence", value=f"{round(100 * silence)} %")
    asked = result.questions
    if asked:
        answered = sum(each["answered"] for each in asked)
        both = f", {answered} answered" if len(parts) > 1 else ""  # alone nobody can answer
        yield Figure(label="Questions", value=f"{len(asked)}{both}")
    if count := len(result.actions):
        most = f", the first {MOST_PROMISES} below" if count > MOST_PROMISES else ""
        yield Figure(label="Promised or asked for", value=f"{count}{most}")
    if result.rules:
        yield scorecard.figure(result.rules)


def _points(result: Call) -> Iterator[Point]:
    """What was promised, with who and when it was said."""
    for each in result.actions[:MOST_PROMISES]:
        due = f" (due: {each['when']})" if each["when"] else ""
        owner = each.get("owner") or each["who"]  # calls that were kept before have none
        asked = f" asks {owner}" if owner != each["who"] else ""
        source = f"{each['who']}{asked}, {clock(each['start'])}"
        yield Point(text=f"{shorten(each['what'], QUOTED)}{due}", source=source)


def _scorecard(result: Call) -> Iterator[Section]:
    """Which rules were kept, where there are any."""
    if result.rules:
        yield scorecard.section(result.rules)


def _chapters(result: Call) -> Iterator[Section]:
    """What was spoken of from when on, where the recording is long enough to need that."""
    if result.chapters:
        points = (Point(text=f"{clock(each.start)} {each.title}") for each in result.chapters)
        yield Section(title="Chapters", points=tuple(points))


def _table(result: Call) -> Table:
    """A column a speaker."""
    parts = result.metrics["speakers"]
    rows = [
        ("Talk time", [clock(part["talk_seconds"]) for part in parts.values()]),
        ("Words a minute", [f"{part['words_a_minute']:.0f}" for part in parts.values()]),
        ("Longest monologue", [clock(part["longest_monologue"]) for part in parts.values()]),
        ("Questions", [str(part["questions"]) for part in parts.values()]),
        ("Waits before answering", [_seconds(part["patience"]) for part in parts.values()]),
        ("Interruptions", [_number(part["interruptions"]) for part in parts.values()]),
        ("Loudness", [f"{part['loudness']:.0f} dB" for part in parts.values()]),
    ]
    return Table(
        caption="The call in figures",
        header=("In figures", *result.speakers),
        rows=tuple((label, *values) for label, values in rows),
    )


def _chart(result: Call) -> Chart | None:
    """How the customer felt, quarter by quarter; of unknown roles the first who is not ours."""
    agent, customer = (
        call_record.who_is(role, result.speakers, result.about.roles)
        for role in (call_record.AGENT, call_record.CUSTOMER)
    )
    name = customer or next((each for each in result.speakers if each != agent), agent)
    values = result.mood[name]
    if sum(value is not None for value in values) < 2:
        return None
    slices = [
        Slice(label=label, value=value)
        for label, value in zip(QUARTERS, values, strict=True)
        if value is not None
    ]
    return Chart(
        title=f"Mood of {name} (0 negative, 100 positive)",
        kind="bar",
        slices=tuple(slices),
        series="Mood",
    )


def _step(result: Call) -> Step:
    """Who the speakers are, people know better."""
    named = zip(result.about.roles, result.speakers, strict=True)
    fields = (Field(label=role, value=name) for role, name in named)
    return Step(label="Name the speakers", fields=tuple(fields))


def _files(result: Call) -> list[Attachment]:
    stem = PurePath(result.about.name).stem or "call"
    if times := result.about.renamed:
        stem += f" (renamed {times})" if times > 1 else " (renamed)"
    written = attach(
        stem,
        result.about.name,
        result.segments,
        result.about.cues,
        plain(result),
        chapters=result.chapters,
        scorecard=tuple(scorecard.written(result.rules)) if result.rules else (),
    )
    return [*written, *redacted_speech.attach(stem, result.about.name, result.about.taken)]


def _notes(result: Call) -> Iterator[str]:
    about = result.about
    yield f"By {about.model}, on your company's own machine; quotes are what was heard."
    yield from describe_taken(about.taken)
    if about.renamed:
        yield "People gave the names since; files above without “(renamed)” have the old ones."
    if len(result.speakers) > 1:
        told = {"side": "the side of the recording", "voice": "their voices"}
        yield f"Speakers told apart by {told.get(about.by, f'their voices, by {about.by}')}."
    if about.by == "voice" and about.sure and not about.counted:
        yield MIXED_UP if len(result.speakers) > 1 else ONE_VOICE
    yield from (_unmet(option, result) for option in about.unmet)
    if not about.sure:
        yield "Speakers uncertain: voices are alike or faint here, so check who said what."
    if result.metrics["overlap_seconds"] is None and len(result.speakers) > 1:
        yield "Interruptions and overlap need a recording with each person on a side of its own."
    yield from doubts(result.language, result.segments, english_only=about.english_only)


def _unmet(option: str, result: Call) -> str:
    """Why what a person said of the speakers could not be used."""
    name, _, value = option.partition(":")
    if value in SIDES:
        return f"{option} needs a person on each side: here agent:first or agent:second says it."
    if name == "agent":
        return f"{option} is nobody here: not so many people were told apart."
    told = "by the sides of the recording" if result.about.by == "side" else "by their voices"
    return f"{option} does not fit: {told} I told {len(result.speakers)} apart."


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} s"


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)
