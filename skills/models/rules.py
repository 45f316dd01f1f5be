"""A call judged by rules: what was kept, what was not, and what cannot be told.

What depends on who works there, on voices told apart or on words that were hard to hear is judged
only where it comes out the same however that is; all else is "unknown", never "passed".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from core.rule import Kind, Rule
from skills.models.call_metrics import Sentence
from skills.models.rule_case import Conversation, Finding, doubt_about, roles
from skills.models.rule_figures import judge_figure, judge_interruptions, judge_silence
from skills.models.spoken_phrases import Heard, Match, find, words_of
from skills.models.verdicts import CLEAR, FAILED, FLAGGED, PASSED, UNKNOWN, Verdict

NO_SPEECH = "no speech was found"
HARD = "not heard, but the recording was hard to understand"


def judge(rules: Sequence[Rule], call: Conversation) -> list[Verdict]:
    """One verdict a rule, in order."""
    heard = [_words(call, speaker) for speaker in range(len(call.names))]
    return [_verdict(rule, _find(rule, call, heard), call) for rule in rules]


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


def _find(rule: Rule, call: Conversation, heard: Sequence[Sequence[Heard]]) -> Finding:
    if not call.sentences:
        return Finding(state=UNKNOWN, why=NO_SPEECH)
    if rule.kind in (Kind.SAYS, Kind.NEVER_SAYS, Kind.FLAG):
        return _said(rule, call, heard)
    if rule.kind is Kind.SILENCE:
        return judge_silence(rule, call)
    if rule.kind is Kind.INTERRUPTIONS:
        return judge_interruptions(rule, call)
    return judge_figure(rule, call)


def _words(call: Conversation, speaker: int) -> list[Heard]:
    """Every word of a speaker with its time: its own, or one by its place in the sentence."""
    return [
        word
        for index, each in enumerate(call.sentences)
        if each.speaker == speaker
        for word in _timed(each, index)
    ]


def _timed(sentence: Sentence, index: int) -> Iterator[Heard]:
    words = words_of(sentence.text)
    known = [word for word in getattr(sentence, "words", ()) if word.text.strip()]
    step = max(0.0, sentence.end - sentence.start) / max(1, len(words))
    for number, word in enumerate(words):
        start = sentence.start + number * step
        if known:  # counted off: short forms make two words of one
            near = known[min(len(known) - 1, number * len(known) // len(words))]
            start = near.start
        yield Heard(word=word, start=start, end=start + step, sentence=index)


def _said(rule: Rule, call: Conversation, heard: Sequence[Sequence[Heard]]) -> Finding:
    everywhere = _places(rule, call, heard, range(len(call.names)))
    by_role = _places(rule, call, heard, roles(rule.who, call))
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


def _places(
    rule: Rule, call: Conversation, heard: Sequence[Sequence[Heard]], speakers: Collection[int]
) -> list[Match]:
    found = [place for speaker in speakers for place in find(heard[speaker], rule.phrases)]
    if len(speakers) == len(call.names) > 1 and not call.both:
        # One sound for all: a word in the midst of a phrase may have gone to somebody else.
        mixed = sorted((word for each in heard for word in each), key=lambda word: word.start)
        found += find(mixed, rule.phrases)
    return sorted(found, key=lambda place: (place.start, place.sentence))


def _in_time(rule: Rule, call: Conversation, place: Match) -> bool:
    if rule.last:
        return place.start >= call.duration - rule.last
    return not rule.first or place.start <= rule.first


def _quoted(call: Conversation, place: Match, state: str, why: str) -> Finding:
    sentence = call.sentences[place.sentence]
    return Finding(
        state=state, why=why, speaker=sentence.speaker, start=place.start, quote=sentence.text
    )
