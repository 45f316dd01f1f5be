"""The figures of a call, from who speaks when and what is said; each formula is in docs/calls.md.

All times are seconds. A turn is one person's speech without a pause of more than 0.35 s; words
count for whoever speaks while they are said. What needs both voices at once (overlap,
interruptions) is None where the recording does not tell them apart.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from skills.speech.speakers import Turn
from skills.timed import Sentence

LONG_SILENCE = 3.0
TAKEN_OVER = 2.0  # who is interrupted stops within so long
HELD, TAKEN = 0.5, 1.0  # how long one spoke before, and the other goes on at least


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One speaker's part in a call.

    `talk_share` is of all speech, 0..1; `patience` the median wait before an answer, None when
    there was none; `interruptions` how often this speaker broke in; `loudness` in dB below full
    scale.
    """

    talk_seconds: float
    talk_share: float
    words: int
    words_a_minute: float
    longest_monologue: float
    questions: int
    patience: float | None
    interruptions: int | None
    loudness: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Metrics:
    """A call as a whole, and each speaker's part in it.

    `silence_seconds` is what nobody speaks of the whole recording, `longest_silence` one pause
    between two turns, `long_silences` how many of these last 3 s and more.
    """

    duration: float
    silence_seconds: float
    longest_silence: float
    long_silences: int
    overlap_seconds: float | None
    parts: list[Part]


def measure(
    turns: Sequence[Turn],
    sentences: Sequence[Sentence],
    *,
    duration: float,
    loudness: Sequence[float],
    both: bool,
) -> Metrics:
    """The figures of a call; `loudness` is each speaker's, `both`: voices may be heard at once."""
    spoken = _union(turns)
    pauses = [seconds for _, seconds in silences(turns)]
    talk = [_seconds(turns, speaker) for speaker in range(len(loudness))]
    return Metrics(
        duration=round(duration, 2),
        silence_seconds=round(max(0.0, duration - sum(end - start for start, end in spoken)), 2),
        longest_silence=round(max(pauses, default=0.0), 2),
        long_silences=sum(pause >= LONG_SILENCE for pause in pauses),
        overlap_seconds=round(_overlap(turns), 2) if both else None,
        parts=[
            _part(speaker, turns, sentences, talk, loudness[speaker], both)
            for speaker in range(len(loudness))
        ],
    )


def silences(turns: Sequence[Turn]) -> list[tuple[float, float]]:
    """Every pause between two turns: when it begins, and how long it is."""
    return [
        (before[1], max(0.0, after[0] - before[1]))
        for before, after in itertools.pairwise(_union(turns))
    ]


def _part(
    speaker: int,
    turns: Sequence[Turn],
    sentences: Sequence[Sentence],
    talk: Sequence[float],
    loudness: float,
    both: bool,
) -> Part:
    mine = [each for each in sentences if each.speaker == speaker]
    words = sum(len(each.text.split()) for each in mine)
    waits = _waits(turns, speaker)
    return Part(
        talk_seconds=round(talk[speaker], 2),
        talk_share=round(talk[speaker] / max(1e-9, sum(talk)), 3),
        words=words,
        words_a_minute=round(60 * words / talk[speaker], 1) if talk[speaker] else 0.0,
        longest_monologue=round(_longest_monologue(turns, speaker), 2),
        questions=sum(each.text.rstrip("\"'”’)").endswith("?") for each in mine),
        patience=round(median(waits), 2) if waits else None,
        interruptions=_interruptions(turns, speaker) if both else None,
        loudness=round(loudness, 1),
    )


def _seconds(turns: Sequence[Turn], speaker: int) -> float:
    return sum(turn.end - turn.start for turn in turns if turn.speaker == speaker)


def _union(turns: Sequence[Turn]) -> list[tuple[float, float]]:
    """When anybody speaks."""
    spans: list[tuple[float, float]] = []
    for turn in turns:
        if spans and turn.start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], turn.end)
        else:
            spans.append((turn.start, turn.end))
    return spans


def _overlap(turns: Sequence[Turn]) -> float:
    """The seconds in which more than one speaks."""
    edges = sorted([(turn.start, 1) for turn in turns] + [(turn.end, -1) for turn in turns])
    total, speaking, before = 0.0, 0, 0.0
    for at, step in edges:
        total += at - before if speaking > 1 else 0.0
        speaking, before = speaking + step, at
    return total


def _longest_monologue(turns: Sequence[Turn], speaker: int) -> float:
    """From the first of one's turns to the end of the last before anybody else begins one."""
    longest, start = 0.0, -1.0
    for turn in turns:
        if turn.speaker != speaker:
            start = -1.0
            continue
        start = turn.start if start < 0 else start
        longest = max(longest, turn.end - start)
    return longest


def _waits(turns: Sequence[Turn], speaker: int) -> list[float]:
    """How long this speaker waits after another's turn, each time he begins to answer it."""
    return [
        turn.start - before.end
        for before, turn in itertools.pairwise(turns)
        if turn.speaker == speaker and before.speaker != speaker and turn.start >= before.end
    ]


def _interruptions(turns: Sequence[Turn], speaker: int) -> int:
    """How often one begins within another's turn and makes him stop, and goes on."""
    return sum(
        other.start + HELD <= turn.start < other.end <= turn.start + TAKEN_OVER
        and turn.end >= other.end
        and turn.end - turn.start >= TAKEN
        for turn in turns
        if turn.speaker == speaker
        for other in turns
        if other.speaker != speaker
    )
