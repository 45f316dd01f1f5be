"""What a call was about, in its own words: why, how it ended, what was promised, what was asked.

Found by the phrases that people use on the telephone, and quoted; nothing is worded anew, so
nothing can be made up. English only: in other languages there are no findings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from skills.models.call_metrics import Sentence
from skills.models.call_outcome import DONE, how_it_ended
from skills.models.question import stems_of

WANTED = (
    r"\bI(?:'d| would) (?:like|love|need|want)\b|\bI (?:want|need|wanted|needed)\b"
    r"|\bI(?:'m| am) (?:calling|phoning|ringing|looking|trying|having|wondering|interested)\b"
    r"|\bI was (?:wondering|calling|charged|told|trying)\b"
    r"|\b(?:problem|issue|trouble|question|complaint|refund|charged|broken|faulty|missing|late)\b"
    r"|\bmy (?:order|account|bill|invoice|card|delivery|subscription|phone|payment|package)\b"
)
WANT = re.compile(WANTED, re.IGNORECASE)
REASON = re.compile(  # where it is known who does not work there, less will do
    rf"{WANTED}|\bI (?:have|had|got|'ve got) (?:a|an|some)\b"
    r"(?! (?:lot|bit|few|couple|minute|moment|second|time|pen|good|nice|great|lovely)\b)"
    r"|\b(?:isn't|is not|doesn't|does not|won't|hasn't|didn't|can't|cannot|stopped) \w+",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"\b(?:I|we)(?:'ll| will| shall)\b|\b(?:I'm|I am|we're|we are) going to\b"
    r"|\bI can (?:send|call|email|book|arrange|order|refund|replace)\b"
    r"|\byou(?:'ll| will) (?:get|receive|have|hear)\b"
    rf"|\bwill be (?:{DONE}|called|there|with you)\b"
    r"|\b(?:they|he|she|someone|somebody|(?:the|our|my|an?) [a-z]+)(?:'ll| will) (?:call|ring|phone"
    r"|email|text|contact|visit|write to you|get back to you|be in touch|come (?:out|by|round))\b"
    r"|\b(?:please|could you|can you|would you) (?:send|call|email|return|bring|confirm|check)\b",
    re.IGNORECASE,
)
NO_PROMISE = re.compile(
    r"\b(?:I'll|I will|we'll) (?:have|take|go with|be honest|say|see|bet|admit|just have"
    r"|think about)\b"
    r"|\bwe'll see\b|\bI will not\b|\bI won't\b|\?$",
    re.IGNORECASE,
)
DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|ten|twelve|twenty[- ]?four"
    r"|forty[- ]?eight)"
)
WHEN = re.compile(
    rf"\b(?:(?:by |on |until |before )?(?:today|tonight|tomorrow(?: morning| afternoon)?|{DAYS}"
    rf"|next (?:week|month|{DAYS})|this (?:week|afternoon|evening|morning|{DAYS})"
    rf"|(?:the )?end of (?:the )?(?:day|week|month)|{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?"
    rf"|the \d{{1,2}}(?:st|nd|rd|th)(?: of {MONTHS})?)"
    rf"|(?:within|in)(?: the next)?(?: a)? (?:few|couple of|{NUMBER})(?: (?:to|or) {NUMBER})?"
    r" (?:business |working )?(?:minute|hour|day|week|month)s?"
    r"|at \d{1,2}(?::\d\d)? ?(?:am|pm|a\.m\.|p\.m\.|o'clock)"
    r"|right away|straight away|immediately)\b",
    re.IGNORECASE,
)
# What hardly anybody says who does not work there, and what customers say now and then, too.
AGENT = re.compile(
    r"\b(?:how (?:can|may) (?:I|we) help|can I help you|what can (?:I|we) do for you"
    r"|you(?:'re| are) (?:speaking (?:with|to)|through to)|welcome to|bear with me"
    r"|sorry (?:to hear|about) (?:that|this)|suit you|thank(?:s| you) for (?:calling|holding)"
    r"|thank you for waiting|for your patience|would you like|which \w+ would you"
    r"|(?:may|can|could) I (?:have|get|take|ask for) (?:your|the)|(?:may|can) I ask"
    r"|let me (?:check|look|pull)"
    r"|I'll transfer|anything else (?:I|we) can|this is \w+ from)\b"
    # "Harbour Bank, Lucy speaking", and not "Hello, Lucy speaking".
    r"|(?:^|, )(?!(?:hello|hi|hey|yes|yeah|oh|good|this)\b)[\w' ]+, \w+ (?:speaking|here)\b",
    re.IGNORECASE,
)
PERHAPS_AGENT = re.compile(
    r"\b(?:my name is|this is \w+ speaking|let me see|anything else|we have|can I help"
    r"|\w+ speaking|which \w+ are you|we can|we'll"
    r"|our (?:engineer|technician|driver|team|system)"
    r"|your (?:order|account|name|address|number|email))\b",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"\b(?:hi|hello|hey|yeah|yes|okay|thanks?|thank you|good (?:morning|afternoon|evening)"
    r"|how are you|my name is \w+(?: \w+)?|this is \w+(?: \w+)?)\b",
    re.IGNORECASE,
)
SURELY = 2  # how much more one talks like somebody at work than the other
TELLING_WORDS = 3  # of a sentence that says what a customer wants in no words that we know
FIRST, LAST = 0.5, 0.6  # of the call: why is said up to here, how it ended from here on
ANSWER_SECONDS = 10.0
LEAST_WORDS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A sentence of the call: who said it and when, in seconds."""

    speaker: int
    start: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """What somebody said would be done; `when` in his words, "" when he did not say."""

    who: int
    what: str
    when: str
    start: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question, and whether somebody else spoke up after it."""

    who: int
    text: str
    start: float
    answered: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """`agent` is the speaker who works there, -1 when that cannot be told.

    `solved` is None when no outcome was said.
    """

    agent: int
    reason: Quote | None
    outcome: Quote | None
    solved: bool | None
    promises: list[Promise]
    questions: list[Question]


def find(sentences: Sequence[Sentence], *, speakers: int, agent: int = -1) -> Findings:
    """What is found in the sentences of a call, in order; `agent` when it is known."""
    agent = agent if agent >= 0 else _who_works_there(sentences, speakers)
    outcome, solved = _outcome(sentences, agent)
    return Findings(
        agent=agent,
        reason=find_reason(sentences, agent),
        outcome=outcome,
        solved=solved,
        promises=[_promise(each) for each in sentences if _promises(each.text)],
        questions=list(_questions(sentences)),
    )


def _who_works_there(sentences: Sequence[Sentence], speakers: int) -> int:
    """Of two speakers, who talks like somebody at work; -1 when neither does clearly."""
    if speakers != 2:
        return -1
    scores = [0, 0]
    for each in sentences:
        early = each.start < sentences[-1].end * FIRST
        scores[each.speaker] += (
            SURELY * bool(AGENT.search(each.text))
            + bool(PERHAPS_AGENT.search(each.text))
            - bool(early and REASON.search(each.text))
        )
    return scores.index(max(scores)) if abs(scores[0] - scores[1]) >= SURELY else -1


def find_reason(sentences: Sequence[Sentence], agent: int) -> Quote | None:
    """The first sentence in which somebody who does not work there says what he wants."""
    if not sentences:
        return None
    limit = max(60.0, sentences[-1].end * FIRST)
    pattern = WANT if agent < 0 else REASON
    said = [
        each
        for each in sentences
        if each.speaker != agent and each.start <= limit and len(each.text.split()) >= LEAST_WORDS
    ]
    found = next((each for each in said if pattern.search(each.text)), None)
    if found is None and agent >= 0:
        found = next((each for each in said if _tells(each.text)), None)
    return _quote(found) if found else None


def _tells(text: str) -> bool:
    """Whether it says more than a greeting."""
    return len(stems_of(GREETING.sub(" ", text))) >= TELLING_WORDS


def _outcome(sentences: Sequence[Sentence], agent: int) -> tuple[Quote | None, bool | None]:
    """The last sentence that says how it ended."""
    for each in reversed(sentences):
        if each.start < sentences[-1].end * LAST:
            break
        solved = how_it_ended(each.text, served=agent in (-1, each.speaker))
        if solved is not None:
            return _quote(each), solved
    return None, None


def _promises(text: str) -> bool:
    enough = len(text.split()) >= LEAST_WORDS
    return bool(enough and PROMISE.search(text) and not NO_PROMISE.search(text))


def _promise(sentence: Sentence) -> Promise:
    found = PROMISE.search(sentence.text)
    # "He is out today but I'll ask him tomorrow": the time of the promise rather than another.
    after = WHEN.search(sentence.text, found.start()) if found else None
    when = after or WHEN.search(sentence.text)
    return Promise(
        who=sentence.speaker,
        what=sentence.text,
        when=when[0] if when else "",
        start=sentence.start,
    )


def _questions(sentences: Sequence[Sentence]) -> list[Question]:
    found = []
    for index, each in enumerate(sentences):
        if not each.text.rstrip("\"'”’)").endswith("?"):
            continue
        following = sentences[index + 1 : index + 4]
        answered = any(
            other.speaker != each.speaker and other.start - each.end < ANSWER_SECONDS
            for other in following
        )
        found.append(
            Question(who=each.speaker, text=each.text, start=each.start, answered=answered)
        )
    return found


def _quote(sentence: Sentence) -> Quote:
    return Quote(speaker=sentence.speaker, start=sentence.start, text=sentence.text)
