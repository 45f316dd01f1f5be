"""A call judged by rules: what was kept, what was not, and what cannot be told.

What depends on who works there, on voices told apart or on words that were hard to hear is judged
only where it comes out the same however that is; all else is "unknown", never "passed".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from core.rule import Kind, Rule
from skills.models.call_metrics import HELD, Sentence, silences
from skills.models.speakers import Turn
from skills.models.spoken_phrases import Heard, Match, find, words_of
from skills.models.verdicts import CLEAR, FAILED, FLAGGED, PASSED, UNKNOWN, Verdict

NEGATIVE = 40.0  # of 100: a mood below it
LAST_QUARTER = 3
NO_SPEECH = "no speech was found"
WHO_IS_IT = "who works for you is not known (agent:first says it)"
ALIKE = "the voices are too alike to be sure who speaks"
HARD = "not heard, but the recording was hard to understand"
ONE_SOUND = "that needs a recording with each person on a side of its own"


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """What rules are judged by.

    `agent` is the speaker who works there, -1 when unknown; `mood` has four values a speaker.
    `sure`: the speakers are told apart reliably; `both`: also while they speak at once; `clear`:
    the words can be relied on; `english`: so can the mood.
    """

    sentences: Sequence[Sentence]
    turns: Sequence[Turn]
    names: Sequence[str]
    agent: int
    mood: Sequence[Sequence[float | None]]
    talk_shares: Sequence[float]
    paces: Sequence[float]
    duration: float
    sure: bool
    both: bool
    clear: bool
    english: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Finding:
    """A verdict without its rule."""

    state: str
    why: str
    speaker: int = -1
    start: float | None = None
    quote: str = ""


def judge(rules: Sequence[Rule], call: Conversation) -> list[Verdict]:
    """One verdict a rule, in order."""
    heard = [_words(call, speaker) for speaker in range(len(call.names))]
    return [_verdict(rule, _find(rule, call, heard), call) for rule in rules]


def _verdict(rule: Rule, finding: _Finding, call: Conversation) -> Verdict:
    return Verdict(
        rule=rule.line,
        state=finding.state,
        weight=rule.weight,
        why=finding.why,
        speaker=call.names[finding.speaker] if finding.speaker >= 0 else "",
        start=None if finding.start is None else round(finding.start, 2),
        quote=finding.quote,
    )


def _find(rule: Rule, call: Conversation, heard: Sequence[Sequence[Heard]]) -> _Finding:
    if not call.sentences:
        return _Finding(state=UNKNOWN, why=NO_SPEECH)
    if rule.kind in (Kind.SAYS, Kind.NEVER_SAYS, Kind.FLAG):
        return _said(rule, call, heard)
    if rule.kind is Kind.SILENCE:
        return _silence(rule, call)
    if rule.kind is Kind.INTERRUPTIONS:
        return _interruptions(rule, call)
    return _measured(rule, call)


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


def _roles(who: str, call: Conversation) -> list[int]:
    """Every speaker who may be the one that a rule speaks of."""
    everybody = list(range(len(call.names)))
    if who == "anybody" or _doubt(who, call):
        return everybody
    return [each for each in everybody if (each == call.agent) is (who == "agent")]


def _doubt(who: str, call: Conversation) -> str:
    """Why it is not known who a rule speaks of; "" when it is."""
    if who == "anybody":
        return ""
    if not call.sure:
        return ALIKE
    if len(call.names) < 2:
        return "only one speaker was told apart"
    return WHO_IS_IT if call.agent < 0 else ""


def _said(rule: Rule, call: Conversation, heard: Sequence[Sequence[Heard]]) -> _Finding:
    everywhere = _places(rule, call, heard, range(len(call.names)))
    by_role = _places(rule, call, heard, _roles(rule.who, call))
    counted = [each for each in by_role if _in_time(rule, call, each)]
    good, bad = _words_for(rule.kind)
    if counted and (doubt := _doubt(rule.who, call)):
        state = FLAGGED if rule.kind is Kind.FLAG else UNKNOWN  # a flag asks to have a look
        return _quoted(call, counted[0], state, f"somebody says it, but {doubt}")
    if counted:
        return _quoted(call, counted[0], good, "said")
    if not call.clear:
        return _Finding(state=UNKNOWN, why=HARD)
    others = by_role or (everywhere if rule.kind is Kind.SAYS else [])
    if not others:
        return _Finding(state=bad, why="not said")
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


def _quoted(call: Conversation, place: Match, state: str, why: str) -> _Finding:
    sentence = call.sentences[place.sentence]
    return _Finding(
        state=state, why=why, speaker=sentence.speaker, start=place.start, quote=sentence.text
    )


def _silence(rule: Rule, call: Conversation) -> _Finding:
    start, seconds = max(silences(call.turns), key=lambda each: each[1], default=(None, 0.0))
    state = PASSED if seconds <= rule.limit else FAILED
    if start is None:
        return _Finding(state=state, why="no silence")
    return _Finding(state=state, why=f"the longest is {seconds:.1f} s", start=start)


def _interruptions(rule: Rule, call: Conversation) -> _Finding:
    """The longest time in which one goes on into another's turn, by whoever a rule speaks of."""
    if len(call.names) < 2 or not call.both:
        return _Finding(state=UNKNOWN, why=ONE_SOUND)

    def longest(speakers: Collection[int]) -> _Finding:
        found = [
            (min(turn.end, other.end) - turn.start, turn)
            for turn in call.turns
            if turn.speaker in speakers
            for other in call.turns
            if other.speaker != turn.speaker and other.start + HELD <= turn.start < other.end
        ]
        if not found:
            return _Finding(state=PASSED, why="none")
        seconds, turn = max(found, key=lambda each: each[0])
        return _Finding(
            state=PASSED if seconds <= rule.limit else FAILED,
            why=f"the longest is {seconds:.1f} s",
            speaker=turn.speaker,
            start=turn.start,
        )

    if rule.who == "anybody":
        return longest(range(len(call.names)))
    return _agreed(rule, call, lambda speaker: longest([speaker]))


def _measured(rule: Rule, call: Conversation) -> _Finding:
    if not call.sure:
        return _Finding(state=UNKNOWN, why=ALIKE)
    if rule.kind is Kind.MOOD:
        return _agreed(rule, call, lambda speaker: _mood(call, speaker))

    def measure(speaker: int) -> _Finding:
        share = rule.kind is Kind.TALK
        value = 100 * call.talk_shares[speaker] if share else call.paces[speaker]
        kept = value >= rule.limit if rule.least else value <= rule.limit
        unit = "% of the talk" if share else "words a minute"
        return _Finding(
            state=PASSED if kept else FAILED, why=f"{value:.0f} {unit}", speaker=speaker
        )

    return _agreed(rule, call, measure)


def _agreed(rule: Rule, call: Conversation, look: Callable[[int], _Finding]) -> _Finding:
    """What is found of everybody who may be meant, where that is the same of all."""
    findings = [look(speaker) for speaker in _roles(rule.who, call)]
    doubt = _doubt(rule.who, call)
    if len({each.state for each in findings}) > 1 or len(call.names) < 2:
        return _Finding(state=UNKNOWN, why=doubt or f"more than one may be the {rule.who}")
    if len(findings) > 1:
        return _Finding(state=findings[0].state, why=" or ".join(each.why for each in findings))
    return findings[0]


def _mood(call: Conversation, speaker: int) -> _Finding:
    value = call.mood[speaker][LAST_QUARTER]
    if not call.english:
        return _Finding(state=UNKNOWN, why="moods are told in English only")
    if value is None:
        return _Finding(state=UNKNOWN, why="nothing is said in the last quarter")
    start = LAST_QUARTER * call.duration / 4
    said = [s for s in call.sentences if s.speaker == speaker and s.start >= start]
    last = said[-1] if said else None
    return _Finding(
        state=PASSED if value >= NEGATIVE else FAILED,
        why=f"mood {value:.0f} of 100 in the last quarter",
        speaker=speaker,
        start=last.start if last else start,
        quote=last.text if last else "",
    )
