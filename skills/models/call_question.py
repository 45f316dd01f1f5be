"""Questions of a call, and whether they were answered.

Somebody else speaks up soon after it, and does not only say that he cannot tell; who says that may
still answer later on, with the question's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skills.models.call_metrics import Sentence
from skills.models.question import stems_of

ANSWER_SECONDS = 10.0
SOON, LATER = 3, 12  # sentences after the question: of a reply, of what was found out meanwhile
_FILLED = (
    r"^\W*(?:(?:well|um+|uh+|erm?|em|oh|hm+|ah|honestly|to be honest|so|yeah|okay|no|look|right"
    r"|(?:I['’]m )?(?:so |very )?sorry|good question|(?:that['’]s )?a (?:very )?good question)\W+)*"
)
CANNOT_TELL = re.compile(
    rf"{_FILLED}(?:(?:I['’]m\W+|I am )?not (?:\w+ )?(?:sure|certain)|no idea|(?:that['’]s a )?"
    r"(?:very )?good question"
    r"|I (?:don['’]t|do not|couldn['’]t|can['’]t|cannot|wouldn['’]t)(?: really| actually| honestly"
    r"| even)? (?:know|say\b|tell you|remember)|(?:it['’]s )?hard to (?:say|tell)|I wish I knew"
    r"|(?:I|we)['’]d have to (?:check|ask|look)|(?:I|we)(?:['’]ll| will) (?:have to |need to )?"
    r"(?:find out|ask|get back)|we['’]ll (?:have to )?(?:see|wait and see))\b",
    re.IGNORECASE,
)
# No answer, unless it is asked who has it.
HAS_NOT = re.compile(
    rf"{_FILLED}(?:I|we) (?:don['’]t|do not|haven['’]t) (?:have|got|been given|been told)\b",
    re.IGNORECASE,
)
ASKS_TO_HAVE = re.compile(r"\b(?:have|got|has|with you|to hand|handy)\b", re.IGNORECASE)
GUESSES = re.compile(
    r"\b(?:but|I think|probably|usually|normally|maybe|about (?:an? |\d)|should be|it should)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question, and whether somebody else answered it."""

    who: int
    text: str
    start: float
    answered: bool


def find_questions(sentences: Sequence[Sentence]) -> Iterator[Question]:
    """The sentences that end with a question mark."""
    for place, each in enumerate(sentences):
        if _asks(each):
            yield Question(
                who=each.speaker,
                text=each.text,
                start=each.start,
                answered=_is_answered(each, sentences[place + 1 : place + 1 + LATER]),
            )


def _asks(sentence: Sentence) -> bool:
    return sentence.text.rstrip("\"'”’)").endswith("?")


def _is_answered(question: Sentence, after: Sequence[Sentence]) -> bool:
    """Whether the first reply tells something, or what its speaker says later does."""
    reply = next((each for each in after[:SOON] if each.speaker != question.speaker), None)
    if reply is None or reply.start - question.end >= ANSWER_SECONDS:
        return False
    if not _cannot_tell(question.text, reply.text):
        return True
    asked = stems_of(question.text)
    return any(
        each.speaker == reply.speaker
        and each.start > reply.start
        and not _asks(each)
        and asked & stems_of(each.text)
        for each in after
    )


def _cannot_tell(question: str, reply: str) -> bool:
    """Whether somebody only says that he does not know."""
    found = CANNOT_TELL.match(reply)
    if found is None and not ASKS_TO_HAVE.search(question):
        found = HAS_NOT.match(reply)
    return found is not None and not GUESSES.search(reply[found.end() :])
