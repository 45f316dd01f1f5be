"""A call studied: its speakers and their names, who said what, the figures, moods and findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from skills.models.languages import is_english
from skills.options import ORDER, SIDES
from skills.skill import Input
from skills.speech.chapters import SpokenChapter, find_chapters
from skills.speech.diarizer import hear_voices
from skills.speech.hearing import Hearing, Json, put_together
from skills.speech.speakers import Speakers, tell_apart
from skills.speech.transcript import Transcript
from skills.speech.turns import Spoken, give_words
from skills.telephone.metrics import Metrics, measure
from skills.telephone.model import CallModel
from skills.telephone.record import AGENT, CUSTOMER
from skills.telephone.report import Findings, find

QUIETEST = -100.0
ENOUGH = 2_000  # characters that show which language it is


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """All that is found out; `mood` has four values a speaker, 0..100 or None for silence."""

    speakers: Speakers
    names: list[str]
    said: list[Spoken]
    metrics: Metrics
    mood: list[list[float | None]]
    findings: Findings
    chapters: list[SpokenChapter]


def study(
    model: CallModel,
    transcript: Transcript,
    heard: Sequence[tuple[int, Json]],
    *,
    duration: float,
    opened: Callable[[], AbstractContextManager[Input]],
    speakers: int = 0,
    agent: str = "",
) -> Study:
    """A call from its words and its sound; `speakers` and `agent` where a person said them.

    The recording is `opened` only to hear all of it once more, where that tells voices apart.
    """
    hearing = put_together(heard)
    apart, alone = _tell_apart(model, hearing, speakers, opened)
    said = give_words(transcript.segments, alone)
    if apart.by != "side":
        apart, alone = (each.ordered(in_order(said)) for each in (apart, alone))
        said = give_words(transcript.segments, alone)
    findings = find(said, speakers=apart.count, agent=who_is_meant(agent, apart, said))
    return Study(
        speakers=apart,
        names=_names(apart.count, findings.agent),
        said=said,
        metrics=measure(
            apart.turns(),
            said,
            duration=duration,
            loudness=[_loudness(hearing, apart, number) for number in range(apart.count)],
            both=apart.by != "voice",
        ),
        mood=_moods(model, said, apart.count, duration, language=transcript.language),
        findings=findings,
        chapters=find_chapters(said, duration=duration, embedder=model.meaning),
    )


def _tell_apart(
    model: CallModel,
    hearing: Hearing,
    count: int,
    opened: Callable[[], AbstractContextManager[Input]],
) -> tuple[Speakers, Speakers]:
    """Who speaks when, and who is given the words: by the sides, the diarizer, or voice prints."""
    apart = tell_apart(hearing, count=count)
    if apart.by == "side" or model.diarizer is None:
        return apart, apart
    with opened() as asked:
        found = hear_voices(
            model.diarizer,
            asked.opened,
            frames=len(hearing.level),
            count=count,
            progress=asked.progress,
        )
    return found or (apart, apart)


def in_order(said: Sequence[Spoken]) -> list[int]:
    """The speakers in the order of their first words."""
    return list(dict.fromkeys(each.speaker for each in said))


def who_is_meant(agent: str, speakers: Speakers, said: Sequence[Spoken]) -> int:
    """Who works there as a person says it; -1 when there is nobody of that kind."""
    if agent in SIDES:
        return SIDES.index(agent) if speakers.by == "side" else -1
    order = in_order(said)
    place = ORDER.index(agent) if agent in ORDER else len(order)
    return order[place] if place < len(order) else -1


def _names(count: int, agent: int) -> list[str]:
    """Agent, and Customer where there are two; else numbers, by first words or from the left."""
    if agent < 0:
        return [f"Speaker {number + 1}" for number in range(count)]
    others = [CUSTOMER if count == 2 else f"Speaker {number + 1}" for number in range(count)]
    return [AGENT if number == agent else other for number, other in enumerate(others)]


def _loudness(hearing: Hearing, speakers: Speakers, number: int) -> float:
    """The root mean square while one speaks, on the own side or the louder one, in dB."""
    import numpy

    active = speakers.active[:, number]
    if not active.any():
        return QUIETEST
    level = hearing.level[:, number] if speakers.by == "side" else hearing.level.max(axis=1)
    return float(10 * numpy.log10((10 ** (level[active] / 10)).mean()))


def _moods(
    model: CallModel, said: Sequence[Spoken], count: int, duration: float, *, language: str
) -> list[list[float | None]]:
    """The mood of each speaker in each quarter: 50 + 50 * (positive - negative), by words.

    In a language that the model has not learned nobody knows any.
    """
    text = " ".join(each.text for each in said)
    if not is_english(language) and not model.sentiment.understands(text[:ENOUGH]):
        said = []
    shares: Any = model.sentiment.score([each.text for each in said]) if said else []
    sums: list[list[list[float]]] = [[[0.0, 0.0] for _ in range(4)] for _ in range(count)]
    for each, (negative, _, positive) in zip(said, shares, strict=True):
        quarter = min(3, int(4 * each.start / max(1e-9, duration)))
        weight = len(each.text.split())
        sums[each.speaker][quarter][0] += weight * (50 + 50 * float(positive - negative))
        sums[each.speaker][quarter][1] += weight
    return [[round(a / b, 1) if b else None for a, b in quarters] for quarters in sums]
