"""What somebody on the telephone promises or asks for: what is to be done, by whom and until when.

"I'll send it" is to be done by who says it, "please send it" by the other. What is done while they
speak ("I'll have a look"), what others are said to have promised, and questions are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skills.telephone.settled import DONE
from skills.texts.deadlines import WHEN
from skills.timed import Sentence

_WILL = r"(?:['’]ll| will)"
_OTHERS = (
    r"(?:they|he|she|someone|somebody|(?:the|our|my|an?|your) (?:[\w-]+ ){0,3}?(?:team|manager"
    r"|supervisor|colleague|specialist|engineer|technician|driver|courier|adviser|advisor|department"
    r"|office|doctor|nurse|agent|[a-z]+))"
)
_REACH = (
    r"(?:call|ring|phone|email|text|contact|visit|message|write to you|(?:get|come) back to you"
    r"|be in touch|reach out|follow up|come (?:out|by|round)|collect|pick (?:it|that) up"
    r"|give you an? (?:ring|call|shout|bell|buzz|update)|be the ones? to)"
)
PROMISE = re.compile(
    rf"\b(?:I|we)(?:{_WILL}| shall)\b|\b(?:I['’]m|I am|we['’]re|we are) (?:going to|gonna)\b"
    r"|\bI can (?:send|call|email|book|arrange|order|refund|replace)\b"
    rf"|\byou{_WILL}(?: just| also| then| all)* (?:get|receive|have|hear"
    r"|see (?:it|that|them)(?! as\b))\b|\byou should (?:get|receive|hear)\b"
    rf"|\bthere{_WILL} be (?:an?|one|some(?:one|body)) [\w ]{{0,20}}?"
    r"(?:in the post|coming|with you)\b"
    rf"|{_WILL} be (?:{DONE}|called|there|with you)\b"
    rf"|\b{_OTHERS}(?:{_WILL}| should| (?:is|are) going to)(?: \w+ly| then| also)? {_REACH}\b"
    rf"|\b(?:it|that|(?:the|a|your) (?:\w+ )?\w+){_WILL} (?:show(?: up)?|arrive|go out|come"
    r"|be (?:posted|in the post))\b"
    r"|\b(?:it|that|one) (?:goes|is going) out (?:today|tonight|tomorrow|this|on|first)\b",
    re.IGNORECASE,
)
_DO = (
    r"(?:send|call|ring|phone|e-?mail|return|bring|upload|post|pick|drop|fill|sign|leave|confirm"
    r"|check|reply|pay|keep|book|forward|text|let (?:us|me) know|get|put|make sure|contact|take"
    r"|include|give)"
)
ASKED = re.compile(
    rf"\b(?:please|(?:could|can|would) you)(?: just| please| also)* {_DO}\b"
    rf"|(?<!wonder )(?<!wondering )(?<!know )(?<!see )(?<!ask )\bif you (?:could|would|can)(?: just"
    rf"| please| also)* {_DO}\b(?![^?]*[, ](?:I|we|you|it|that|they|he|she)(?: can| could| will"
    r"| would|['’]ll|['’]d)\b)"
    rf"|\byou{_WILL}?(?: just| also)* (?:need|have) to(?: just| also)* {_DO}\b"
    r"|^\W*(?:(?:and|so|then|okay|ok|but|also|just)\W+)*(?:send|bring|upload|return|e-?mail|fill|sign"
    r"|make sure|don['’]t forget|let (?:us|me) know|give (?:us|me) a (?:call|ring))\b"
    r"|\bdon['’]t forget (?:to|your)\b",
    re.IGNORECASE,
)
NO_PROMISE = re.compile(
    r"\b(?:I'll|I will|we'll) (?:have(?! (?:it|that|this|them|those|yours) (?:done|ready|finished"
    r"|with you)\b)|take|go with|be honest|say|see|bet|admit|just have"
    r"|think about|do (?:everything|what|my best|all|the)|go for|stick with|be able)\b"
    r"|\b(?:I'll|I will|we'll) (?:write|note|jot) (?:it|that|this) down\b"
    r"|\bwe'll see\b|\b(?:I|we|you|they|he|she|it)(?:['’]ll| will)(?: \w+ly)? not\b|\bwon['’]t\b"
    r"|\b(?:say|says|said|saying|told me|tell me|thought|hope)(?: that)? (?:they|he|she|you|it|I|we"
    r"|someone|somebody)(?:['’]ll| will|['’]d| would)\b|\bI told (?:him|her|them)\b"
    r"|\b(?:sure|think) (?:I|we|it|they|you) will\W*$",
    re.IGNORECASE,
)
# Done while they speak, unless a time is said.
AT_ONCE = re.compile(
    r"\b(?:I|we)(?:['’]ll| will|['’]m going to)(?: just| quickly| now)* (?:check|look|see|pull|read"
    r"|spell|explain|put you (?:on|through)|pop you|hold|wait|stay|tell you|show you|start|try"
    r"|be (?!in touch\b|\w+ing\b)|give you (?:the|a|my) (?:number|reference))\b",
    re.IGNORECASE,
)
INTERROGATIVE = re.compile(
    r"^\W*(?:(?:and|so|but|okay|or|well|then)\W+)*(?:can|could|will|would|do|does|did|is|are|was"
    r"|have|has|what|when|where|who|why|how|which|shall|should|may)\b",
    re.IGNORECASE,
)
# "I can send a new one or refund you, which would you prefer?"
OFFERED = re.compile(r"\b(?:I|we) can\b.{0,200}\bor\b", re.IGNORECASE)
# Not at a time, but upon something.
UPON = re.compile(
    r"\b(?:as soon as|once|when|the (?:minute|moment)) (?:I|we|you|they|he|she|it)(?:['’]\w+)?"
    r" (?:\w+ ){0,3}?\w+(?=\W*$|[,.;])",
    re.IGNORECASE,
)
NEAR = re.compile(r"\W*(?!(?:and|but)\b)(?:[\w'’]+\W+){0,2}", re.IGNORECASE)
LEAST_WORDS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """What somebody said would be done; `when` in his words, "" when he did not say.

    `owner` is who is to do it, -1 where that cannot be told.
    """

    who: int
    owner: int
    what: str
    when: str
    start: float


def find_promises(sentences: Sequence[Sentence], *, speakers: int) -> Iterator[Promise]:
    """What is promised and asked for in a call, in order."""
    for each in sentences:
        promised = _found(PROMISE, each.text)
        found = promised or _found(ASKED, each.text)
        if found is None:
            continue
        other = 1 - each.speaker if speakers == 2 else -1
        when = _when(each.text, found.start())
        if when or not AT_ONCE.search(each.text):
            yield Promise(
                who=each.speaker,
                owner=each.speaker if promised else other,
                what=each.text,
                when=when,
                start=each.start,
            )


def promises(text: str) -> bool:
    """Whether somebody says in it what he, or one of his, is going to do later."""
    return _found(PROMISE, text) is not None and not AT_ONCE.search(text)


def _found(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Where something is promised; of a question only in what is said before it asks."""
    if len(text.split()) < LEAST_WORDS or NO_PROMISE.search(text):
        return None
    if not text.rstrip("\"'”’)").endswith("?"):
        return pattern.search(text)
    told = text.rpartition(",")[0]
    offered = INTERROGATIVE.match(text) or OFFERED.search(told)
    return None if offered else pattern.search(told)


def _when(text: str, start: int) -> str:
    """Until when; "he is out today but I'll ask him tomorrow": the time of the promise rather."""
    if after := WHEN.search(text, start) or UPON.search(text, start):
        return after[0]
    before = WHEN.search(text[:start])
    near = before and NEAR.fullmatch(text[before.end() : start])
    return before[0] if before and near else ""
