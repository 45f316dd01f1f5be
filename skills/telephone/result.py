"""`Call`: what is found out about a call, with names instead of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skills.detailed import Detailed
from skills.speech.chapters import SpokenChapter
from skills.speech.redacted import Taken
from skills.speech.subtitles import Cue
from skills.telephone.files import Line, make_lines, plain
from skills.telephone.metrics import Metrics
from skills.telephone.report import End, Findings, Quote, tell_end, tell_reason
from skills.telephone.study import Study
from skills.telephone.verdicts import Verdict, add_up


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What of a call depends on who works there."""

    reason: dict[str, Any] | None
    rules: list[Verdict]
    score: float | None
    outcome: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What the answer needs and `--json` leaves out.

    `roles` are the speakers' names as they were found, whatever people call them since; `renamed`
    is how often they were given others. `meanings` are the vectors of the segments. `if_agent` is
    what is told when nobody knows who works there, then when it is each of the speakers: people may
    say it later. `unmet` are options that what was heard does not fit ("agent:left"); `counted`:
    a person said how many speakers there are.
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
    taken: Taken | None = None
    if_agent: tuple[Told, ...] = ()
    unmet: tuple[str, ...] = ()
    counted: bool = False


@dataclass(frozen=True, kw_only=True)
class Call(Detailed[Details]):
    """A call: `segments` say who said what when, in seconds; `mood` is 0 (negative) to 100.

    `mood` has for each speaker a value a quarter of the call, None where nothing was said. `score`
    is how much of its rules was kept, in percent; None where none could be judged.
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
    rules: list[Verdict]
    score: float | None
    chapters: list[SpokenChapter]


def tell(found: Study, verdicts: list[Verdict], *, agent: int) -> Told:
    """What is told when the `agent` works there, -1 when nobody knows; `verdicts` are of that."""
    reason = _quote(tell_reason(found.said, agent), found.names)
    return Told(
        reason=reason,
        rules=verdicts,
        score=add_up(verdicts).percent,
        outcome=_outcome(tell_end(found.said, agent), found.names),
    )


def make_call(found: Study, language: str, details: Details) -> Call:
    """The study with names instead of numbers."""
    names, findings = found.names, found.findings
    told = details.if_agent[findings.agent + 1]
    return Call(
        text=" ".join(each.text for each in found.said),
        language=language,
        duration=found.metrics.duration,
        speakers=names,
        segments=make_lines(found.said, names),
        metrics=_named(found.metrics, names),
        mood=dict(zip(names, found.mood, strict=True)),
        reason=told.reason,
        outcome=told.outcome,
        rules=told.rules,
        score=told.score,
        chapters=found.chapters,
        details=details,
        **_findings(findings, names),
    )


def _named(metrics: Metrics, names: Sequence[str]) -> dict[str, Any]:
    """The figures as plain values, each part under its speaker's name."""
    values = plain(metrics)
    parts = values.pop("parts")
    return {**values, "speakers": dict(zip(names, parts, strict=True))}


def _findings(findings: Findings, names: Sequence[str]) -> dict[str, Any]:
    return {
        "actions": [
            {
                "who": names[each.who], "owner": names[each.owner] if each.owner >= 0 else "",
                "what": each.what, "when": each.when, "start": each.start,
            }
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


def _outcome(end: End | None, names: Sequence[str]) -> dict[str, Any] | None:
    if end is None:
        return None
    still_open = _quote(end.still_open, names)
    return {**(_quote(end.quote, names) or {}), "solved": end.solved, "still_open": still_open}


def _quote(each: Quote | None, names: Sequence[str]) -> dict[str, Any] | None:
    if each is None:
        return None
    return {"speaker": names[each.speaker], "start": each.start, "text": each.text}
