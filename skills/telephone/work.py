"""A recorded call at work: opened, written down part by part, joined, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from core.errors import UserError
from core.reply import Reply
from core.rule import Rule, read_rules
from skills.decode.audio import open_recording
from skills.decode.scratch import scratch_for
from skills.divisible import Part, Partial
from skills.keeping import Values
from skills.models.embedded import embed
from skills.models.languages import is_english
from skills.models.stretches import FRAME, RATE
from skills.skill import Input
from skills.speech import parts as parts
from skills.speech.doubt import is_clear, refuse_nonsense
from skills.speech.hearing import first_frame, hear, lead_of
from skills.speech.redacted import is_wanted, name_of, take_out
from skills.speech.transcript import Transcript
from skills.telephone import record as call_record
from skills.telephone import scorecard
from skills.telephone.answer import SHOWN
from skills.telephone.files import make_spoken_cues
from skills.telephone.model import CallModel
from skills.telephone.result import Call, Details, Told, make_call, tell
from skills.telephone.study import Study, study, who_is_meant


@contextmanager
def opened(asked: Input) -> Iterator[Input]:
    """A recording with its sides, closed in the end; what cannot be understood is refused."""
    if asked.path is None:
        raise UserError("Send a recording of a call: I listen, I do not read text.")
    parts.language_of(asked)
    _rules(asked)
    asked.progress("Opening", 0.0)
    with (
        scratch_for(asked.path) as scratch,
        open_recording(asked.path, scratch=scratch, sides=2) as recording,
    ):
        yield replace(asked, opened=recording)


def divide(model: CallModel, asked: Input, *, after: Part | None = None) -> Iterator[Part]:
    """The parts of the recording that follow `after`."""
    start = after["end"] if after else 0
    whisper = model.whisper
    return parts.divide(asked.opened, most=whisper.batch, start=start, longest=whisper.longest)


def work(model: CallModel, asked: Input, part: Part, *, lead: Partial | None) -> Partial:
    """The words of a part and what was heard of its voices."""
    language = lead["language"] if lead else parts.language_of(asked)
    first, end = first_frame(part["start"]), part["end"]
    whole = asked.opened.whole and asked.opened.length()
    asked.progress("Listening", parts.how_far(asked.opened, part["start"]))
    written = parts.write_part(model.whisper, asked.opened, part, language=language)
    last = whole and end >= whole  # of the others the rest of a frame is in the next part
    before = lead_of(first * FRAME)
    sides = asked.opened.sides(first * FRAME - before, end if last else first_frame(end) * FRAME)
    asked.progress("Listening", parts.how_far(asked.opened, end))
    return {
        **written,
        "first": first,
        "heard": hear(model.voices, sides, lead=before),
        "whole_only": is_wanted(asked.options),
    }


def preview(lead: Partial) -> Reply | None:
    """The first words, as far as they may be shown."""
    return parts.preview(lead, parts.first_words(lead)[:SHOWN])


def join(model: CallModel, asked: Input, partials: Sequence[Partial]) -> Call:
    """The call, studied as a whole."""
    transcript, taken = take_out(parts.join(partials), asked)
    english_only = partials[0]["english_only"]
    if not parts.language_of(asked):
        refuse_nonsense(transcript.language, transcript.segments, english_only=english_only)
    found = study(
        model,
        transcript,
        [(each["first"], each["heard"]) for each in partials],
        duration=partials[-1]["end"] / RATE,
        opened=lambda: opened(asked),
        speakers=_count_of(asked),
        agent=_agent(asked),
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
        if_agent=_tell(asked, found, transcript, english_only=english_only),
        unmet=_unmet(asked, found),
        counted=_count_of(asked) > 0,
    )
    return make_call(found, transcript.language, details)


def pack(result: Call) -> Values | None:
    """The call as it is kept; None when nobody spoke."""
    return call_record.pack(result, result.about) if result.text else None


def unpack(values: Values) -> Call:
    """A call that was kept."""
    call, details = call_record.read(values)
    details["renamed"] = values["renamed"]
    return Call(
        **call_record.restore(Call, call),
        details=Details(**call_record.restore(Details, details)),
    )


def amend(values: Values, written: Mapping[str, str]) -> Values:
    """The call as it was kept, with the names that somebody gave to its speakers."""
    roles = enumerate(values["details"]["roles"])
    names = {role: written[str(number)] for number, role in roles if str(number) in written}
    return call_record.give_names(values, names)


def _count_of(asked: Input) -> int:
    """How many speakers there are, 0 to find out."""
    said = asked.options.get("speakers", "auto")
    return int(said) if said.isdigit() else 0


def _agent(asked: Input) -> str:
    """Who is said to work there, "" when nobody says it."""
    return asked.options.get("agent", "auto").replace("auto", "")


def _unmet(asked: Input, found: Study) -> tuple[str, ...]:
    """What a person said of the speakers that does not fit what was heard."""
    agent, count = _agent(asked), _count_of(asked)
    nobody = agent and who_is_meant(agent, found.speakers, found.said) < 0
    others = count and count != found.speakers.count
    return (*[f"agent:{agent}"] * bool(nobody), *[f"speakers:{count}"] * bool(others))


def _tell(
    asked: Input, found: Study, transcript: Transcript, *, english_only: bool
) -> tuple[Told, ...]:
    """What is told when nobody knows who works there, then when it is each of the speakers."""
    rules, language = _rules(asked), transcript.language
    clear = is_clear(language, transcript.segments, english_only=english_only)
    english = is_english(language)
    cards = scorecard.judge_by_agent(rules, found, clear=clear, english=english)
    return tuple(tell(found, card, agent=agent) for agent, card in enumerate(cards, start=-1))


def _rules(asked: Input) -> tuple[Rule, ...]:
    return read_rules(asked.options.get("rules", ""))
