"""Choices: a question of what to do ("A or B?", "shall we …?") and the answer that settles it.

Who asked closes the matter by naming a side ("Lisbon then!"), and so does anybody with such words;
else it takes an answer that somebody else shares or, of "shall we …?", a plain yes or no. Where
another is for the other side, or objects, nothing is settled by it. English only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from skills.texts.promises import is_promise
from skills.texts.question import stems_of
from skills.texts.sides import OR, Sides, sides_of
from skills.texts.talk import Remark, Talk

_SO = r"^\W*(?:(?:so|and|but|or|also|btw|wait|ok(?:ay)?)\W+)*"
# How things are is nothing to decide.
_STATE = (
    r"(?:have|know|need|own|get|expect|see|think|remember|still|even|ever|already|support|use"
    r"|accept|understand|agree|count|mean|owe|really|actually|currently|usually|normally|offer)\b"
)
OUGHT = re.compile(r"\b(?:should|shall) we\b|\bwhat do we do (?:with|about)\b", re.IGNORECASE)
WEIGHS = re.compile(
    rf"\b(?:should|shall) we\b|\bdo we (?:also |then |now |just )*(?!{_STATE})\w+"
    r"|\bare we (?:keeping|dropping|going (?:to|with|ahead)|doing|taking|inviting)\b",
    re.IGNORECASE,
)
PROPOSES = re.compile(  # "End of January then?"
    r"(?!.*(?:\b(?:is|are|was|were|did|does|do|has|have|what|who|why|how)\b|['’]s\b))"
    r"\W*\w.{3,50}\bthen\W*$",
    re.IGNORECASE,
)
ASKS_WHICH = re.compile(rf"{_SO}(?:what|which|when|where|how)\b", re.IGNORECASE)
WHY_OR_WHO = re.compile(rf"{_SO}(?:why|who)\b", re.IGNORECASE)
OF_FACTS = re.compile(
    rf"{_SO}(?:is|are(?! we)|was|were|did|does|has|have|had|how come|do (?!we\b)\w+|will|would|am)"
    r"\b|\byou\b",
    re.IGNORECASE,
)
CLOSES = re.compile(
    r"(?:^|[,;])[^,;?]{1,40}\b(?:then|it is|wins|won|it (?:shall|will) be)\b(?: then)?"
    r"\s*(?:[^\w\s]|$)",
    re.IGNORECASE,
)
_SAYS = r"^\W*(?:(?:strong|big|oh|ok(?:ay)?|clear|i(?:['’]d)? say|i vote)\W+)*"
YES = re.compile(
    rf"{_SAYS}(?:yes|yep|yeah|yup|sure|please do|(?:just )?do it|go for it|go ahead|definitely"
    r"|absolutely|of course|always|works for (?:me|us)|(?:fine|ok(?:ay)?|good) (?:with|by|for)"
    r" (?:me|us)|:\+1:|\+1|👍)(?![\w’'])",
    re.IGNORECASE,
)
NOT_NOW = re.compile(r"^\W*not (?:yet|now|for now)\b", re.IGNORECASE)
NO = re.compile(
    rf"{_SAYS}(?:no(?!\w)(?! (?:idea|clue|problem|worries|one|objections?))|nope|nah"
    r"|not (?:yet|now|for now|this|today|until|in)\b|let['’]?s not|please don['’]?t|better not"
    r"|never)(?![\w’'])",
    re.IGNORECASE,
)
HEDGES = re.compile(
    r"\b(?:i think|rather|maybe|perhaps|probably|depends?|hm+|not sure|no idea|might|if)\b",
    re.IGNORECASE,
)
SHARES = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|agreed?|\+1|:\+1:|👍|makes sense|fine|cool|good|great|perfect|works"
    r"|sounds good|deal|yes|yep|yeah|sure|alright|will do|do it|done|me too|same here|love it"
    r"|yay|nice|:(?:white_check_mark|ok_hand|raised_hands|thumbsup):)(?![\w’'])|fair\W*$)",
    re.IGNORECASE,
)
OBJECTS = re.compile(
    r"^\W*(?:no\b|nope|not|wait|hold on|hm+|but|are you sure|isn|can['’]?t we|-1)", re.IGNORECASE
)
PUT_OFF = re.compile(
    r"\b(?:park(?:ing)? (?:it|this|that)|(?:decide|discuss|talk about) (?:it |this |that )?(?:in|on"
    r"|at|later|tomorrow|next)|let['’]?s (?:discuss|talk|wait and)|undecided|no decision)\b",
    re.IGNORECASE,
)
# "ok, leaving it out"
SUMS_UP = re.compile(
    r"^\W*(?:(?:haha|lol)\W+)?(?:ok(?:ay)?|fine|alright|great|perfect)\b\W*"
    r"(?!(?:looking|checking|asking|waiting|posting|sending|reading)\b)"
    r"(?!.*\b(?:thanks?|thx|ty)\b)(?P<rest>.*)",
    re.IGNORECASE,
)
DOING = re.compile(r"(?!nothing|something|anything|everything)\w+ing\b", re.IGNORECASE)
HEARD_WITHIN = 10  # messages
SOON = 2  # sentences behind an answer in which somebody may share it
LONGEST, SHORTEST_ALONE = 14, 3  # words of an answer, and of a yes or no that nobody shares


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What was asked, and the sentence that settles it."""

    question: Remark
    answer: Remark


def find_choices(talk: Talk, decided: Collection[int]) -> Iterator[Choice]:
    """The questions of what to do that were settled; not where a message `decided` it already."""
    for remark in talk.remarks:
        if _weighs(remark):
            answer = _settled(talk, remark, decided)
            if answer is not None:
                yield Choice(question=remark, answer=answer)


def _weighs(remark: Remark) -> bool:
    """Whether a sentence asks what is to be done."""
    if not remark.asks or WHY_OR_WHO.match(remark.bare):
        return False
    if OR.search(remark.bare):
        return not OF_FACTS.search(remark.bare)
    if ASKS_WHICH.match(remark.bare):
        return bool(OUGHT.search(remark.bare))
    return bool(WEIGHS.search(remark.bare) or PROPOSES.match(remark.bare))


def _settled(talk: Talk, question: Remark, decided: Collection[int]) -> Remark | None:
    """The sentence that settles a question; None where it stays open or another one did."""
    heard = _Heard(question=question, sides=sides_of(question.bare))
    for place in talk.after(question.message)[:HEARD_WITHIN]:
        if place in decided or any(PUT_OFF.search(each.bare) for each in talk.of(place)):
            return None
        for remark in talk.of(place):
            if _weighs(remark):
                return heard.outcome()
            if not remark.asks:
                if closing := heard.closing(remark):
                    return closing
                heard.add(remark)
    return heard.outcome()


@dataclass(kw_only=True, slots=True)
class _Heard:
    """What was said to a question so far: the first answer, and what others made of it."""

    question: Remark
    sides: Sides
    others: set[str] = field(default_factory=set)
    answer: Remark | None = None
    side: int = -1
    since: int = 0  # sentences that were said after the answer
    shared: bool = False
    contested: bool = False

    def closing(self, remark: Remark) -> Remark | None:
        """What stands once it ends the matter: itself, or the answer that who asked repeats."""
        own = remark.author == self.question.author
        if not own:
            self.others.add(remark.author)
        if not self.others:
            return None
        if not self.sides:
            return remark if self._sums_up(remark, own=own) else None
        side, ends = self._side(remark), bool(CLOSES.search(remark.bare))
        if side < 0 or not (own or ends):
            return None
        repeats = self.answer is not None and side == self.side and not (ends or self.contested)
        return self.answer if repeats else remark

    def add(self, remark: Remark) -> None:
        """One more sentence, as the answer or as what somebody makes of it."""
        side = self._side(remark)
        if self.answer is None:
            if remark.author != self.question.author and self._answers(remark, side):
                self.answer, self.side = remark, side
            return
        self.since += 1
        if remark.author != self.answer.author:
            if OBJECTS.match(remark.bare) or side not in (-1, self.side):
                self.contested = True
            elif self.since <= SOON and (SHARES.match(remark.text) or side >= 0):
                self.shared = True

    def outcome(self) -> Remark | None:
        """An answer that somebody shares, or a plain yes or no; none that is contested."""
        if self.answer is None or self.contested:
            return None
        plain = self.side >= 0 and not self.sides and not NOT_NOW.match(self.answer.bare)
        alone = plain and len(self.answer.bare.split()) >= SHORTEST_ALONE
        return self.answer if self.shared or alone else None

    def _side(self, remark: Remark) -> int:
        """Which side it is for: 0 or 1, also for no and yes; -1 where that cannot be told."""
        if self.sides:
            return self.sides.chosen(remark.bare)
        if ASKS_WHICH.match(self.question.bare):
            return -1
        return 1 if YES.match(remark.text) else 0 if NO.match(remark.bare) else -1

    def _answers(self, remark: Remark, side: int) -> bool:
        """Whether it could settle the question."""
        if HEDGES.search(remark.bare) or len(remark.bare.split()) > LONGEST:
            return False
        return side >= 0 or (not self.sides and remark.first and not is_promise(remark))

    def _sums_up(self, remark: Remark, *, own: bool) -> bool:
        """Whether it is an "ok" and what that comes to."""
        found = SUMS_UP.match(remark.text)
        if found is None or is_promise(remark) or not (own or DOING.match(found["rest"])):
            return False
        said = stems_of(found["rest"])
        if self.answer is None:
            return bool(said) and len(found["rest"].split()) > 1
        return len(said & stems_of(self.question.bare)) > 1
