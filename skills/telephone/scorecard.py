"""The scorecard of a call in words: for the answer, its files, and whoever wants to be alerted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.reply import Figure, Point, Section
from core.rule import Rule
from skills.speech.subtitles import clock
from skills.telephone import rules as judging
from skills.telephone.rule_case import Conversation
from skills.telephone.study import Study
from skills.telephone.verdicts import (
    CLEAR,
    FAILED,
    FLAGGED,
    PASSED,
    UNKNOWN,
    Score,
    Verdict,
    add_up,
)
from skills.texts.shortened import shorten

MARKS = {PASSED: "✓", FAILED: "✗", UNKNOWN: "?", FLAGGED: "⚑", CLEAR: "–"}
LONGEST_QUOTE = 160


def judge_by_agent(
    rules: Sequence[Rule], found: Study, *, clear: bool, english: bool
) -> list[list[Verdict]]:
    """A verdict a rule when nobody knows who works there, then were it each of the speakers.

    `clear`: the words can be relied on, `english`: so can the moods.
    """
    parts = found.metrics.parts
    call = Conversation(
        sentences=found.said,
        turns=found.speakers.turns(),
        names=found.names,
        agent=found.findings.agent,
        mood=found.mood,
        talk_shares=[each.talk_share for each in parts],
        paces=[each.words_a_minute for each in parts],
        duration=found.metrics.duration,
        sure=found.speakers.sure,
        both=found.speakers.by != "voice",
        sides=found.speakers.by == "side",
        clear=clear,
        english=english,
    )
    return judging.judge_by_agent(rules, call, range(-1, found.speakers.count))


def figure(verdicts: Sequence[Verdict]) -> Figure:
    """ "Rules: 5 of 6, 83 %" """
    score = add_up(verdicts)
    if score.percent is None:
        return Figure(label="Rules", value="none could be judged")
    return Figure(label="Rules", value=f"{score.passed} of {score.judged}, {_percent(score)}")


def section(verdicts: Sequence[Verdict]) -> Section:
    """Every rule with its mark, why, when and in what words."""
    points = (Point(text=_line(each), source=_moment(each)) for each in verdicts)
    return Section(title=_title(verdicts), points=tuple(points))


def alert(verdicts: Sequence[Verdict]) -> Section | None:
    """What was not kept or is to be looked at, without a word of the call; None for nothing."""
    wanted = [each for each in verdicts if each.state in (FAILED, FLAGGED)]
    if not wanted:
        return None
    points = (
        Point(text=f"{MARKS[each.state]} {each.rule}: {each.why}", source=_moment(each))
        for each in wanted
    )
    return Section(title=_title(verdicts), points=tuple(points))


def written(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The scorecard as lines of a text."""
    yield _title(verdicts)
    for each in verdicts:
        moment = _moment(each)
        yield f"{_line(each)} ({moment})" if moment else _line(each)


def _title(verdicts: Sequence[Verdict]) -> str:
    """ "Scorecard: 5 of 6 rules passed, 83 %; 1 could not be judged" """
    score = add_up(verdicts)
    unknown = sum(each.state == UNKNOWN for each in verdicts)
    flagged = sum(each.state == FLAGGED for each in verdicts)
    parts = [f"{score.passed} of {score.judged} rules passed, {_percent(score)}"]
    if score.percent is None:
        parts = []
    parts += [f"{unknown} could not be judged"] * bool(unknown)
    parts += [f"{flagged} to look at"] * bool(flagged)
    return f"Scorecard: {'; '.join(parts) or 'nothing to look at'}"


def _percent(score: Score) -> str:
    by_weight = " by weight" if score.weighted else ""
    return f"{int((score.percent or 0) + 0.5)} %{by_weight}"


def _line(verdict: Verdict) -> str:
    quote = shorten(verdict.quote, LONGEST_QUOTE)
    said = f": “{quote}”" if quote else ""
    return f"{MARKS[verdict.state]} {verdict.rule} – {verdict.why}{said}"


def _moment(verdict: Verdict) -> str:
    """Who and when: "Agent, 00:04"; "" without a moment."""
    when = "" if verdict.start is None else clock(verdict.start)
    return ", ".join(each for each in (verdict.speaker, when) if each)
