"""Decisions: the sentences in which people say that something is decided, word for word.

Found by the phrases of English, and by what settles a question (choices.py). A proposal counts once
it is not a question and nobody objects; an assent alone ("Agreed.") is shown with what it agrees
to, or not at all. Rather one too few than one that nobody took.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skills.texts.choices import find_choices
from skills.texts.deciding import agrees, is_open, is_proposed, is_said, says
from skills.texts.question import stems_of
from skills.texts.talk import Remark, Talk

# What an assent may answer.
SUGGESTS = re.compile(
    r"^\W*i c(?:an|ould) \w+|\b(?:should|shall|could|can|may) (?:we|i)\b|\bhow about\b"
    r"|\bwhat about\b|\blet(?:'|’)?s\b"
    r"|\b(?:i|we) (?:propose|suggest|recommend|vote)\b|\b(?:my |a )?(?:proposal|suggestion)\b"
    r"|\b(?:we|i)(?:'d| would|’d) (?:like to|prefer|go with|rather)\b|\bwe should\b|\bwe could\b"
    r"|\b(?:i'm|i am|i’m) for\b|\bok(?:ay)? (?:to|if)\b|\bdo we want\b|\bwhy don(?:'|’)t we\b",
    re.IGNORECASE,
)
OBJECTS = re.compile(
    r"^\W*(?:no\b(?! (?:problem|worries|objection))|nope|not (?:sure|yet|so fast|convinced|really)"
    r"|wait\b|hold on|hmm+|i disagree|disagree|i(?:'m|’m| am) (?:not|against)|please don(?:'|’)t|-1"
    r"|i(?:'d| would|’d) (?:rather|prefer|not)|but\b|i don(?:'|’)t (?:think|like|agree)|rather\b"
    r"|can(?:'|’)t we|are you sure|why not\b)",
    re.IGNORECASE,
)
REPORTS = re.compile(r"^\W*(?:approved|signed off|settled|decided)", re.IGNORECASE)
TAKES_BACK = re.compile(
    r"\b(?:scratch (?:that|this|it)|forget (?:that|it|what i said)|change of plans?"
    r"|on second thoughts?|(?:i|we)(?:['’]ve| have)? changed (?:my|our) minds?"
    r"|i take (?:that|it) back|strike that)\b|^\W*(?:actually|hm+|wait),? no\b",
    re.IGNORECASE,
)
TAKEN_BACK_WITHIN = 6  # messages
HEARD_WITHIN = 3  # messages in which somebody may object to a proposal


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """The sentence, the place of its message and, of an assent, the sentence that it agrees to."""

    text: str
    message: int
    about: str = ""


def find_decisions(talk: Talk) -> list[Decision]:
    """The decisions of a talk, in order, each once; those that were taken back are left out."""
    found: dict[str, Decision] = {}
    said = list(_decisions(talk))
    for each in (*said, *_chosen(talk, said)):
        found.setdefault(" ".join((each.about or each.text).lower().split()), each)
    decided = sorted(found.values(), key=lambda each: each.message)
    return [each for each in decided if not _is_taken_back(talk, each, decided)]


def _decisions(talk: Talk) -> Iterator[Decision]:
    for remark in talk.remarks:
        if is_open(remark):
            continue
        if agrees(remark):
            yield from _agreed(talk, remark)
        elif is_said(remark) or (is_proposed(remark) and not _objected(talk, remark)):
            yield Decision(text=remark.text, message=remark.message)


def _chosen(talk: Talk, said: list[Decision]) -> Iterator[Decision]:
    """What settles a question of what to do, where no such sentence does."""
    for choice in find_choices(talk, {each.message for each in said}):
        answer = choice.answer
        yield Decision(text=answer.text, message=answer.message, about=choice.question.text)


def _agreed(talk: Talk, remark: Remark) -> Iterator[Decision]:
    """What was agreed to, or what stands behind the "Sold."."""
    if _objected(talk, remark):
        return
    about = _suggestion(talk, remark)
    if not about and not REPORTS.match(remark.bare):
        about = _question(talk, remark)
    if about:
        yield Decision(text=remark.text, message=remark.message, about=about)
    elif told := _next(talk, remark):
        yield Decision(text=told.text, message=told.message)


def _next(talk: Talk, remark: Remark) -> Remark | None:
    """The sentence behind a "Sold." that says what is sold."""
    own = talk.of(remark.message)
    following = own[own.index(remark) + 1 :][:1]
    return next((each for each in following if not each.asks and says(each)), None)


def _is_taken_back(talk: Talk, decision: Decision, decided: list[Decision]) -> bool:
    """Whether somebody says soon after it, and before the next decision, that it does not hold."""
    for place in talk.after(decision.message)[:TAKEN_BACK_WITHIN]:
        if any(TAKES_BACK.search(each.text) for each in talk.of(place)):
            return True
        if any(other.message == place for other in decided):
            return False
    return False


def _suggestion(talk: Talk, remark: Remark) -> str:
    """What was suggested just before by somebody else, "" when that cannot be told."""
    for place in talk.before(remark.message)[:HEARD_WITHIN]:
        if talk.messages[place].author == remark.author:
            continue
        for other in reversed(talk.of(place)):
            if SUGGESTS.search(other.text):
                return other.text
    return ""


def _question(talk: Talk, remark: Remark) -> str:
    """What somebody else asked just before, which "let's drop it" answers; "" when nobody did."""
    for place in talk.before(remark.message)[:1]:
        asked = [each.text for each in talk.of(place) if each.asks and stems_of(each.bare)]
        if asked and talk.messages[place].author != remark.author:
            return asked[-1]
    return ""


def _objected(talk: Talk, remark: Remark) -> bool:
    """Whether somebody else speaks against it at once."""
    return any(
        OBJECTS.match(said.bare)
        for place in talk.after(remark.message)[:HEARD_WITHIN]
        if talk.messages[place].author != remark.author
        for said in talk.of(place)[:1]
    )
