"""Questions of a call, and whether they were answered.

Somebody else speaks up soon after it, and does not only say that he cannot tell; who says that may
still answer later on, with the question's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skills.texts.put_off import puts_off
from skills.texts.question import stems_of
from skills.timed import Sentence

ANSWER_SECONDS = 10.0
SOON, LATER = 3, 12  # sentences after the question: of a reply, of what was found out meanwhile


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
    if not puts_off(question.text, reply.text):
        return True
    asked = stems_of(question.text)
    return any(
        each.speaker == reply.speaker
        and each.start > reply.start
        and not _asks(each)
        and asked & stems_of(each.text)
        for each in after
    )
