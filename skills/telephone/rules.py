"""A call judged by rules: what was kept, what was not, and what cannot be told.

What depends on who works there, on voices told apart or on words that were hard to hear is judged
only where it comes out the same however that is; all else is "unknown", never "passed".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.rule import Kind, Rule
from skills.speech.phrases import Match
from skills.speech.words import SpokenWords
from skills.telephone.rule_case import Conversation, Finding, doubt_about, roles
from skills.telephone.rule_figures import judge_figure, judge_interruptions, judge_silence
from skills.telephone.verdicts import CLEAR, FAILED, FLAGGED, PASSED, UNKNOWN, Verdict

NO_SPEECH = "no speech was found"
HARD = "not heard, but the recording was hard to understand"


def judge_by_agent(
    rules: Sequence[Rule], call: Conversation, agents: Sequence[int]
) -> list[list[Verdict]]:
    """One verdict a rule, were it each of some speakers who works there (-1: nobody knows)."""
    words = SpokenWords(call.sentences, speakers=len(call.names), sides=call.sides)
    cases = [replace(call, agent=agent) for agent in agents]
    return [[_verdict(rule, _find(rule, case, words), case) for rule in rules] for case in cases]


def _verdict(rule: Rule, finding: Finding, call: Conversation) -> Verdict:
    return Verdict(
        rule=rule.line,
        state=finding.state,
        weight=rule.weight,
        why=finding.why,
        speaker=call.names[finding.speaker] if finding.speaker >= 0 else "",
        start=None if finding.start is None else round(finding.start, 2),
        quote=finding.quote,
    )


def _find(rule: Rule, call: Conversation, words: SpokenWords) -> Finding:
    if not call.sentences:
        return Finding(state=UNKNOWN, why=NO_SPEECH)
    if rule.kind in (Kind.SAYS, Kind.NEVER_SAYS, Kind.FLAG):
        return _said(rule, call, words)
    if rule.kind is Kind.SILENCE:
        return judge_silence(rule, call)
    if rule.kind is Kind.INTERRUPTIONS:
        return judge_interruptions(rule, call)
    return judge_figure(rule, call)


def _said(rule: Rule, call: Conversation, words: SpokenWords) -> Finding:
    everywhere = words.find(rule.phrases, range(len(call.names)))
    by_role = words.find(rule.phrases, roles(rule.who, call))
    counted = [each for each in by_role if _in_time(rule, call, each)]
    good, bad = _words_for(rule.kind)
    if counted and (doubt := doubt_about(rule.who, call)):
        state = FLAGGED if rule.kind is Kind.FLAG else UNKNOWN  # a flag asks to have a look
        return _quoted(call, counted[0], state, f"somebody says it, but {doubt}")
    if counted:
        return _quoted(call, counted[0], good, "said")
    if not call.clear:
        return Finding(state=UNKNOWN, why=HARD)
    others = by_role or (everywhere if rule.kind is Kind.SAYS else [])
    if not others:
        return Finding(state=bad, why="not said")
    late = "said, but not then" if by_role else "said by another only"
    return _quoted(call, others[0], bad, late)


def _words_for(kind: Kind) -> tuple[str, str]:
    """The states of a rule whose phrase is said, and is not said."""
    return {
        Kind.SAYS: (PASSED, FAILED),
        Kind.NEVER_SAYS: (FAILED, PASSED),
        Kind.FLAG: (FLAGGED, CLEAR),
    }[kind]


def _in_time(rule: Rule, call: Conversation, place: Match) -> bool:
    if rule.last:
        return place.start >= call.duration - rule.last
    return not rule.first or place.start <= rule.first


def _quoted(call: Conversation, place: Match, state: str, why: str) -> Finding:
    sentence = call.sentences[place.sentence]
    return Finding(
        state=state, why=why, speaker=sentence.speaker, start=place.start, quote=sentence.text
    )
