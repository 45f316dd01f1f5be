"""/call: who said what in a recorded call, what it was about, what was promised, and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from core.errors import UserError
from core.reply import Reply
from core.rule import Rule, read_rules
from core.settings import load_settings
from skills.decode.audio import open_recording
from skills.decode.scratch import scratch_for
from skills.divisible import Divisible, Part, Partial
from skills.keeping import Keeping, Values
from skills.kinds import RECORDING
from skills.models import call_record, scorecard
from skills.models.call_answer import SHOWN, answer
from skills.models.call_files import make_spoken_cues
from skills.models.call_model import CallModel, load_call_model
from skills.models.call_result import Call, Details, make_call
from skills.models.call_study import study
from skills.models.doubt import is_clear, refuse_nonsense
from skills.models.embedded import embed
from skills.models.hearing import first_frame, hear, lead_of
from skills.models.languages import read_language
from skills.models.redacted_speech import (
    REDACT,
    is_wanted,
    name_of,
    take_out,
    without_secrets,
)
from skills.models.spoken_parts import divide, first_words, join, write_part
from skills.models.stretches import FRAME, RATE
from skills.models.subtitles import clock
from skills.skill import Input, Option

NAMES = {"first": 0, "second": 1, "left": 0, "right": 1}


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
        Option(
            name="rules",
            description="What to check instead of the channel's own rules: "
            'rules:"silence under 30 s; nobody says: guarantee".',
        ),
        REDACT,
    )
    examples = ("https://example.slack.com/archives/C024BE91L/p1355517523000005 agent:first",)

    def load(self, device: str) -> CallModel:
        return load_call_model(load_settings(), device)

    def subject(self, name: str, options: Mapping[str, str]) -> str:
        return without_secrets(name, options)

    @contextmanager
    def opened(self, asked: Input) -> Iterator[Input]:
        if asked.path is None:
            raise UserError("Send a recording of a call: I listen, I do not read text.")
        _language(asked)
        _rules(asked)
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
            "whole_only": is_wanted(asked.options),
        }

    def preview(self, lead: Partial) -> Reply | None:
        words = first_words(lead)
        if not words or lead["whole_only"]:  # a number that the next part ends is not known yet
            return None
        return Reply(text=f"The first {clock(lead['end'] / RATE)}, so far:", body=words[:SHOWN])

    def join(self, model: Any, asked: Input, partials: Sequence[Partial]) -> Call:
        transcript, taken = take_out(join(partials), asked)
        english_only = partials[0]["english_only"]
        if not _language(asked):
            refuse_nonsense(transcript.language, transcript.segments, english_only=english_only)
        found = study(
            model,
            transcript,
            [(each["first"], each["heard"]) for each in partials],
            duration=partials[-1]["end"] / RATE,
            opened=lambda: self.opened(asked),
            speakers=_count_of(asked),
            agent=NAMES.get(asked.options.get("agent", ""), -1),
        )
        details = Details(
            name=name_of(asked),
            model=partials[0]["model"],
            english_only=english_only,
            sure=found.speakers.sure,
            by=found.speakers.by,
            cues=tuple(make_spoken_cues(found.said, found.names)),
            turns=tuple(
                (turn.start, turn.end, found.names[turn.speaker]) for turn in found.speakers.turns()
            ),
            roles=tuple(found.names),
            meanings=embed(model.meaning, [each.text for each in found.said]),
            taken=taken,
        )
        verdicts = scorecard.judge_call(
            _rules(asked),
            found,
            clear=is_clear(transcript.language, transcript.segments, english_only=english_only),
            english=transcript.language in ("", "en"),
        )
        return make_call(found, transcript.language, verdicts, details)

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
        return answer(result)


def _count_of(asked: Input) -> int:
    """How many speakers there are, 0 to find out."""
    said = asked.options.get("speakers", "auto")
    return int(said) if said.isdigit() else 0


def _language(asked: Input) -> str:
    return read_language(asked.options.get("language", ""))


def _rules(asked: Input) -> tuple[Rule, ...]:
    return read_rules(asked.options.get("rules", ""))


skill = CallSkill()
