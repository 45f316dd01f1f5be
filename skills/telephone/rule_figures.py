"""Rules about figures of a call: silence, interruptions, shares of the talk, paces and moods."""

from __future__ import annotations

from collections.abc import Collection

from core.rule import Kind, Rule
from skills.telephone.metrics import HELD, silences
from skills.telephone.rule_case import ALIKE, Conversation, Finding, agreed
from skills.telephone.verdicts import FAILED, PASSED, UNKNOWN

NEGATIVE = 40.0  # of 100: a mood below it
LAST_QUARTER = 3
ONE_SOUND = "that needs a recording with each person on a side of its own"


def judge_silence(rule: Rule, call: Conversation) -> Finding:
    start, seconds = max(silences(call.turns), key=lambda each: each[1], default=(None, 0.0))
    state = PASSED if seconds <= rule.limit else FAILED
    if start is None:
        return Finding(state=state, why="no long silence")
    return Finding(
        state=state, why=f"the longest is {_shown(seconds, rule.limit, digits=1)} s", start=start
    )


def judge_interruptions(rule: Rule, call: Conversation) -> Finding:
    """The longest time in which one goes on into another's turn, by whoever a rule speaks of."""
    if len(call.names) < 2 or not call.both:
        return Finding(state=UNKNOWN, why=ONE_SOUND)

    def longest(speakers: Collection[int]) -> Finding:
        found = [
            (min(turn.end, other.end) - turn.start, turn)
            for turn in call.turns
            if turn.speaker in speakers
            for other in call.turns
            if other.speaker != turn.speaker and other.start + HELD <= turn.start < other.end
        ]
        if not found:
            return Finding(state=PASSED, why="none")
        seconds, turn = max(found, key=lambda each: each[0])
        return Finding(
            state=PASSED if seconds <= rule.limit else FAILED,
            why=f"the longest is {_shown(seconds, rule.limit, digits=1)} s",
            speaker=turn.speaker,
            start=turn.start,
        )

    if rule.who == "anybody":
        return longest(range(len(call.names)))
    return agreed(rule, call, lambda speaker: longest([speaker]))


def judge_figure(rule: Rule, call: Conversation) -> Finding:
    if not call.sure:
        return Finding(state=UNKNOWN, why=ALIKE)
    if rule.kind is Kind.MOOD:
        return agreed(rule, call, lambda speaker: _mood(call, speaker))

    def measure(speaker: int) -> Finding:
        share = rule.kind is Kind.TALK
        value = 100 * call.talk_shares[speaker] if share else call.paces[speaker]
        kept = value >= rule.limit if rule.least else value <= rule.limit
        unit = "% of the talk" if share else "words a minute"
        return Finding(
            state=PASSED if kept else FAILED,
            why=f"{_shown(value, rule.limit)} {unit}",
            speaker=speaker,
        )

    return agreed(rule, call, measure)


def _mood(call: Conversation, speaker: int) -> Finding:
    value = call.mood[speaker][LAST_QUARTER]
    if not call.english:
        return Finding(state=UNKNOWN, why="moods are told in English only")
    if value is None:
        return Finding(state=UNKNOWN, why="nothing is said in the last quarter")
    start = LAST_QUARTER * call.duration / 4
    said = [s for s in call.sentences if s.speaker == speaker and s.start >= start]
    last = said[-1] if said else None
    return Finding(
        state=PASSED if value >= NEGATIVE else FAILED,
        why=f"mood {_shown(value, NEGATIVE)} of 100 in the last quarter",
        speaker=speaker,
        start=last.start if last else start,
        quote=last.text if last else "",
    )


def _shown(value: float, limit: float, *, digits: int = 0) -> str:
    """A figure with so many digits behind the point as show on which side of the limit it is."""
    text = f"{value:.{digits}f}"
    hidden = value != limit and (float(text) - limit) * (value - limit) <= 0
    return f"{value:.{digits + 1}f}" if hidden else text
