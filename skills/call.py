"""/call: who said what in a recorded call, what it was about, what was promised, and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import InitVar, dataclass, replace
from pathlib import PurePath
from typing import Any

from core.errors import UserError
from core.reply import Attachment, Chart, Field, Figure, Point, Reply, Slice, Step, Table
from core.settings import load_settings
from skills.decode.audio import open_recording
from skills.decode.scratch import scratch_for
from skills.divisible import Divisible, Part, Partial
from skills.keeping import Keeping, Values
from skills.kinds import RECORDING
from skills.models import call_record
from skills.models.call_files import Line, attach, make_lines, make_spoken_cues, plain, spoken_text
from skills.models.call_metrics import Metrics
from skills.models.call_model import CallModel, load_call_model
from skills.models.call_report import Findings
from skills.models.call_study import Study, study
from skills.models.doubt import doubts, refuse_nonsense
from skills.models.embedded import embed
from skills.models.hearing import first_frame, hear, lead_of
from skills.models.languages import read_language
from skills.models.spoken_parts import divide, first_words, join, write_part
from skills.models.stretches import FRAME, RATE
from skills.models.subtitles import Cue, clock
from skills.skill import Input, Option

NO_SPEECH = "No speech found in this recording."
NAMES = {"first": 0, "second": 1, "left": 0, "right": 1}
SHOWN = 600  # characters of the transcript in the message; the whole is in the files
QUARTERS = ("First quarter", "Second quarter", "Third quarter", "Last quarter")


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What the answer needs and `--json` leaves out.

    `roles` are the speakers' names as they were found, whatever people call them since; `renamed`
    is how often they were given others. `meanings` are the vectors of the segments.
    """

    name: str
    model: str
    english_only: bool
    sure: bool
    by: str
    cues: tuple[Cue, ...]
    turns: tuple[tuple[float, float, str], ...]
    roles: tuple[str, ...] = ()
    meanings: str = ""
    renamed: int = 0


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call: `segments` say who said what when, in seconds; `mood` is 0 (negative) to 100.

    `mood` has for each speaker a value a quarter of the call, None where nothing was said.
    """

    text: str
    language: str
    duration: float
    speakers: list[str]
    segments: list[Line]
    metrics: dict[str, Any]
    mood: dict[str, list[float | None]]
    reason: dict[str, Any] | None
    outcome: dict[str, Any] | None
    actions: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    details: InitVar[Details]

    def __post_init__(self, details: Details) -> None:
        self.__dict__["about"] = details

    @property
    def about(self) -> Details:
        about: Details = self.__dict__["about"]
        return about


class CallSkill(Keeping[Call], Divisible[Call]):
    """Who said what in a recorded call."""

    name = "call"
    keeps = "call"
    title = "Call"
    summary = "Who said what in a call, and what was promised?"
    hint = "[link to a message with a recording] [speakers:2] [agent:first]"
    takes_files = (RECORDING,)
    model = "whisper-base"
    queue = "speech"
    options = (
        Option(
            name="speakers",
            description="How many people speak; found out by itself when left out.",
            choices=("auto", "1", "2", "3", "4", "5", "6", "7", "8"),
            default="auto",
        ),
        Option(
            name="agent",
            description="Who works for you: who speaks first or second, or the left or right side.",
            choices=("auto", *NAMES),
            default="auto",
        ),
        Option(name="language", description="The language spoken (en, de, fr, …)."),
    )
    examples = ("https://example.slack.com/archives/C024BE91L/p1355517523000005 agent:first",)

    def load(self, device: str) -> CallModel:
        return load_call_model(load_settings(), device)

    @contextmanager
    def opened(self, asked: Input) -> Iterator[Input]:
        if asked.path is None:
            raise UserError("Send a recording of a call: I listen, I do not read text.")
        _language(asked)
        asked.progress("Opening", 0.0)
        with (
            scratch_for(asked.path) as scratch,
            open_recording(asked.path, scratch=scratch, sides=2) as recording,
        ):
            yield replace(asked, opened=recording)

    def divide(self, model: Any, asked: Input, *, after: Part | None = None) -> Iterator[Part]:
        start = after["end"] if after else 0
        whisper = model.whisper
        return divide(asked.opened, most=whisper.batch, start=start, longest=whisper.longest)

    def work(self, model: Any, asked: Input, part: Part, *, lead: Partial | None) -> Partial:
        language = lead["language"] if lead else _language(asked)
        written = write_part(model.whisper, asked.opened, part, language=language)
        first, end = first_frame(part["start"]), part["end"]
        whole = asked.opened.whole and asked.opened.length()
        last = whole and end >= whole  # of the others the rest of a frame is in the next part
        before = lead_of(first * FRAME)
        sides = asked.opened.sides(
            first * FRAME - before, end if last else first_frame(end) * FRAME
        )
        asked.progress("Listening", end / whole if whole else 0.0)
        return {
            **written,
            "first": first,
            "heard": hear(model.voices, sides, lead=before),
            "model": model.whisper.label,
            "english_only": model.whisper.english_only,
        }

    def preview(self, lead: Partial) -> Reply | None:
        words = first_words(lead)
        if not words:
            return None
        return Reply(text=f"The first {clock(lead['end'] / RATE)}, so far:", body=words[:SHOWN])

    def join(self, model: Any, asked: Input, partials: Sequence[Partial]) -> Call:
        transcript = join(partials)
        english_only = partials[0]["english_only"]
        if not _language(asked):
            refuse_nonsense(transcript.language, transcript.segments, english_only=english_only)
        found = study(
            model,
            transcript,
            [(each["first"], each["heard"]) for each in partials],
            duration=partials[-1]["end"] / RATE,
            speakers=_count_of(asked),
            agent=NAMES.get(asked.options.get("agent", ""), -1),
        )
        details = Details(
            name=asked.name or (asked.path.name if asked.path else ""),
            model=partials[0]["model"],
            english_only=english_only,
            sure=found.speakers.sure,
            by=found.speakers.by,
            cues=tuple(make_spoken_cues(found.said, found.names)),
            turns=tuple(
                (turn.start, turn.end, found.names[turn.speaker]) for turn in found.speakers.turns()
            ),
            roles=tuple(found.names),
            meanings=embed(model.meanings, [each.text for each in found.said]),
        )
        return _call(found, transcript.language, details)

    def pack(self, result: Call) -> Values | None:
        return call_record.pack(result, result.about) if result.text else None

    def unpack(self, values: Values) -> Call:
        call, details = call_record.read(values)
        details["renamed"] = values["renamed"]
        return Call(
            **call_record.restore(Call, call),
            details=Details(**call_record.restore(Details, details)),
        )

    def about(self, values: Values, subject: str) -> str:
        return str(values["details"]["name"])  # without what was taken out of it

    def amend(self, values: Values, written: Mapping[str, str]) -> Values:
        roles = enumerate(values["details"]["roles"])
        names = {role: written[str(number)] for number, role in roles if str(number) in written}
        return call_record.give_names(values, names)

    def render(self, result: Call) -> Reply:
        length = Figure(label="Length", value=clock(result.duration))
        if not result.text:
            return Reply(
                text=NO_SPEECH,
                figures=(length,),
                notes=(f"By {result.about.model}.",),
                audio_seconds=result.duration,
            )
        return Reply(
            text=_summary(result),
            figures=(length, *_figures(result)),
            points=tuple(_points(result)),
            body=_shortened(spoken_text(result.segments)),
            table=_table(result),
            chart=_chart(result),
            files=tuple(_files(result)),
            notes=tuple(_notes(result)),
            step=_step(result),
            audio_seconds=result.duration,
        )


def _count_of(asked: Input) -> int:
    """How many speakers there are, 0 to find out."""
    said = asked.options.get("speakers", "auto")
    return int(said) if said.isdigit() else 0


def _language(asked: Input) -> str:
    return read_language(asked.options.get("language", ""))


def _call(found: Study, language: str, details: Details) -> Call:
    """The study with names instead of numbers."""
    names, findings = found.names, found.findings
    return Call(
        text=" ".join(each.text for each in found.said),
        language=language,
        duration=found.metrics.duration,
        speakers=names,
        segments=make_lines(found.said, names),
        metrics=_named(found.metrics, names),
        mood=dict(zip(names, found.mood, strict=True)),
        details=details,
        **_findings(findings, names),
    )


def _named(metrics: Metrics, names: Sequence[str]) -> dict[str, Any]:
    """The figures as plain values, each part under its speaker's name."""
    values = plain(metrics)
    parts = values.pop("parts")
    return {**values, "speakers": dict(zip(names, parts, strict=True))}


def _findings(findings: Findings, names: Sequence[str]) -> dict[str, Any]:
    def quote(each: Any) -> dict[str, Any] | None:
        if each is None:
            return None
        return {"speaker": names[each.speaker], "start": each.start, "text": each.text}

    outcome = quote(findings.outcome)
    return {
        "reason": quote(findings.reason),
        "outcome": outcome and {**outcome, "solved": findings.solved},
        "actions": [
            {"who": names[each.who], "what": each.what, "when": each.when, "start": each.start}
            for each in findings.promises
        ],
        "questions": [
            {
                "who": names[each.who], "text": each.text, "start": each.start,
                "answered": each.answered,
            }
            for each in findings.questions
        ],
    }  # fmt: skip


def _summary(result: Call) -> str:
    """Why and how it ended, quoted; what was not said is not claimed."""
    count = len(result.speakers)
    if result.reason:
        why = f"{result.reason['speaker']} called: “{_short(result.reason['text'])}”"
    else:
        why = f"A call of {clock(result.duration)} with {count} speaker{'s' * (count != 1)}."
    if not result.outcome:
        return f"{why} I found no outcome in what was said."
    how = {True: "It ended well", False: "It stayed open"}[result.outcome["solved"]]
    return f"{why} {how}: “{_short(result.outcome['text'])}”"


def _figures(result: Call) -> Iterator[Figure]:
    parts: Mapping[str, Any] = result.metrics["speakers"]
    if len(parts) > 1:
        shares = [f"{name} {round(100 * part['talk_share'])} %" for name, part in parts.items()]
        yield Figure(label="Talk", value=" · ".join(shares[:3]))
    silence = result.metrics["silence_seconds"] / max(1e-9, result.duration)
    yield Figure(label="Silence", value=f"{round(100 * silence)} %")
    asked = result.questions
    if asked:
        answered = sum(each["answered"] for each in asked)
        yield Figure(label="Questions", value=f"{len(asked)}, {answered} answered")


def _points(result: Call) -> Iterator[Point]:
    """What was promised, with who and when it was said."""
    for each in result.actions[:8]:
        due = f" (due: {each['when']})" if each["when"] else ""
        source = f"{each['who']}, {clock(each['start'])}"
        yield Point(text=f"{_short(each['what'])}{due}", source=source)


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
        header=("", *result.speakers),
        rows=tuple((label, *values) for label, values in rows),
    )


def _chart(result: Call) -> Chart | None:
    """How the customer felt, quarter by quarter; of unknown roles the first speaker's mood."""
    customer = call_record.who_is(call_record.CUSTOMER, result.speakers, result.about.roles)
    name = customer or result.speakers[0]
    values = result.mood[name]
    if sum(value is not None for value in values) < 2:
        return None
    slices = [
        Slice(label=label, value=value)
        for label, value in zip(QUARTERS, values, strict=True)
        if value is not None
    ]
    return Chart(
        title=f"Mood of {name} (0 negative, 100 positive)", kind="bar", slices=tuple(slices)
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
    return attach(stem, result.about.name, result.segments, result.about.cues, plain(result))


def _notes(result: Call) -> Iterator[str]:
    about = result.about
    yield f"By {about.model}, on your company's own machine; quotes are what was heard."
    if len(result.speakers) > 1:
        told = "by the side of the recording" if about.by == "side" else "by their voices"
        yield f"Speakers told apart {told}."
    if not about.sure:
        yield "Speakers uncertain: their voices are much alike here, so check who said what."
    if result.metrics["overlap_seconds"] is None and len(result.speakers) > 1:
        yield "Interruptions and overlap need a recording with each person on a side of its own."
    yield from doubts(result.language, result.segments, english_only=about.english_only)


def _short(text: str) -> str:
    return f"{text[:200].rsplit(' ', 1)[0]} …" if len(text) > 200 else text


def _shortened(text: str) -> str:
    return f"{text[:SHOWN].rsplit(' ', 1)[0]} …" if len(text) > SHOWN else text


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} s"


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


skill = CallSkill()
