"""Answered: whether what was said after a question answers it.

An answer is what somebody else says later in the same place and that takes up the question's
words, says yes or no, has the form that was asked for (a time, a number, a person), or is like it
in meaning. "Good question" and "I'll ask" are none (see put_off.py). Of calls, where people take
turns, it is told in call_question.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skills.texts.deadlines import WHEN
from skills.texts.promises import is_promise
from skills.texts.put_off import puts_off
from skills.texts.question import stems_of
from skills.texts.talk import Remark, Talk

Alike = Callable[[str, Sequence[str]], Sequence[float]]  # of a question to what was said after it

YES_OR_NO = re.compile(
    r"^\W*(?:so |and |but |or |also |btw |sorry |quick question\W+)*(?:is|are|was|were|do|does"
    r"|did|has"
    r"|have|had|can|could|will|would|should|shall|may|must|am|any(?:thing|body|one)?|isn['’]t|aren['’]t|don['’]t"
    r"|doesn['’]t|didn['’]t|won['’]t|can['’]t|haven['’]t|hasn['’]t)\b",
    re.IGNORECASE,
)
SAYS_YES_OR_NO = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|ya|no(?!\w)|nope|nah|sure|correct|exactly|indeed|right|true|of course"
    r"|absolutely|definitely|certainly|always|never|not (?:yet|really|any ?more|at the moment"
    r"|for now"
    r"|that i|as far)|done|it (?:is|isn|does|doesn|has|will|was|can)|they (?:are|do|have|will)"
    r"|we (?:do|don|are|can|will|have|should|already)|i (?:do|did|have|can|am|think so"
    r"|don['’]t think"
    r"|guess)|i(?:'|’)ve|ok(?:ay)?|afraid (?:so|not)|probably|maybe|only|both|neither|either|"
    r"affirmative|negative|👍|\+1|:\+1:|please do|go ahead|fine|let(?:'|’)?s"
    r"|that(?:'|’)s (?:fine|right|ok|true|correct|good)|i think (?:it|that|so|we)"
    r"|i(?:'|’| woul)d say|we should"
    r"|better|depends on)(?![\w’'])",
    re.IGNORECASE,
)
SELF_ANSWERED = re.compile(
    r"\b(?:never ?mind|nvm|found it|figured (?:it|this|that) out|solved|works now|it works|got it"
    r"|(?:i )?found (?:it|out|the)|answering (?:myself|my own)|question is answered|answered)\b",
    re.IGNORECASE,
)
KIND = re.compile(
    r"\b(?P<when>when|what time|which day|what day|how soon|by when|what date|which date"
    r"|since when)\b|\b(?P<count>how (?:many|much|long|often|old|far|big|large|high)|what(?:'s"
    r"| is) the (?:price|cost"
    r"|number|size|budget|version)|which version)\b|\b(?P<who>who(?:se|m)?|which (?:team|person))\b"
    r"|\b(?P<where>where|which (?:room|channel|folder|server|branch|repo\w*|link|page))\b"
    r"|\b(?P<why>why|how come|what for|for what reason)\b",
    re.IGNORECASE,
)
TIME = re.compile(
    rf"{WHEN.pattern}|\b\d{{1,2}}[:.]\d\d\b|\b\d{{1,2}} ?(?:am|pm)\b|\b(?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)days?\b|\b(?:today|tomorrow|yesterday|tonight|now|soon|asap|eod|eow|next|last|ago"
    r"|noon|midnight|morning|afternoon|evening|weekend|q[1-4]|(?:19|20)\d\d)\b|\b\d{1,2}(?:st|nd|rd"
    r"|th)\b|\b\d{1,2}[./-]\d{1,2}\b|\b(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b|\bin (?:a|an|\w+) (?:minute|hour|day|week|month)s?\b",
    re.IGNORECASE,
)
COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand"
    r"|million|half|none|all|both|few|several|most|nothing|zero"
    r"|more than|at (?:most|least)|up to|once|twice|daily|weekly|monthly)\b",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"https?://|\b(?:in|on|at|under|over|inside|behind|before|after|above|below|next to"
    r"|near) (?:the |our |my |your |a )?[\w#/]"
    r"|\b(?:here|there|upstairs|downstairs|online|remote)\b|#\w",
    re.IGNORECASE,
)
WHY = re.compile(
    r"\b(?:because|due to|since|so that|so we|reason|caused? by|cause)\b", re.IGNORECASE
)
# Who asked is content with what was said.
CONTENT = re.compile(
    r"^\W*(?:thanks?|thank you|thx|ty|great|nice|perfect|cool|awesome|good|excellent|ok(?:ay)?"
    r"|got it"
    r"|i see|makes sense|wonderful|lovely|wow|oh|ah|phew|fair|that helps|understood|sounds good)\b",
    re.IGNORECASE,
)
KNOWS = re.compile(
    r"^\W*(?:does|do|can|could) (?:(?:any|some)(?:one|body)|you) (?:know|remember|tell (?:me|us)) "
    r"(?=wh|how)",
    re.IGNORECASE,
)
WHO = re.compile(r"\W*who\b", re.IGNORECASE)
IS_THERE = re.compile(r"\b(?:have|has|there|got|know|any(?:thing|body|one)?)\b", re.IGNORECASE)
POINTS_BACK = re.compile(
    r"^\W*(?:they|it|he|she|those|these|that)(?:'|’)?(?:s|re|ll|ve)?\s(?!also\b)", re.IGNORECASE
)
SUGGESTS = re.compile(
    r"^\W*(?:(?:maybe|perhaps) )?(?:(?:we|you) (?:could|can|should|might|need)|let(?:'|’)?s"
    r"|how about|what about|i(?:'|’)d|i would|(?:just )?(?:use|try|ask|take|see)\b|my (?:vote|guess"
    r"|suggestion))",
    re.IGNORECASE,
)
NO_NAME = re.compile(rf"I['’]|{TIME.pattern}", re.IGNORECASE)
SOMEBODY = re.compile(
    r"@\w|\b(?:nobody|no ?one|every(?:one|body)|team|people|ask|him|her|them)\b", re.IGNORECASE
)
# Beside a promise: "not yet, I'll write one today".
SAYS_NO = re.compile(r"^\W*(?:not yet|nope|no\b(?! (?:problem|worries|idea|clue)))", re.IGNORECASE)
GOES_ON = re.compile(r"^\W*(?:and|so|then|ok(?:ay)?)\b", re.IGNORECASE)
MYSELF = re.compile(
    r"\byou (?:can|could|should|will|are)\b|^\W*(?:me\b|i (?:do|did|am|can|will|own|have)\b(?!['’])"
    r"|i(?:'|’)(?:ll|m|ve)\b(?! (?:be )?(?:on|out|off|away|late|sick)\b))[^.]*?\b(?:it|that|this"
    r"|on it|one|them|do|did|am|can|will|own|handle|care)?\W*$",
    re.IGNORECASE,
)
FORMS = {"when": TIME, "count": COUNT, "where": PLACE, "why": WHY, "who": MYSELF}
HEARD_WITHIN = 600  # messages: a thread of thousands would be read once more for every question
LONG_WORDS = 30  # so much is said at once to a question only
SHORT_WORDS, SOON = 6, 2  # words of an answer that needs no more proof; messages it comes within
FEWEST_WORDS = 3
LIKE, LIKE_AT_ONCE = 0.5, 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What somebody else said later: the `nearest` first; `alone` while nothing else was asked."""

    said: list[Remark]
    nearest: bool
    alone: bool


def is_answered(talk: Talk, question: Remark, alike: Alike) -> bool:
    """Whether somebody answered it, or the one who asked did; also in the same message."""
    own = [each for each in talk.of(question.message) if not each.asks]
    if any(SELF_ANSWERED.search(each.text) for each in own):
        return True
    replies: list[Reply] = []
    others_asked = 0
    for place in talk.after(question.message)[:HEARD_WITHIN]:
        said = talk.of(place)
        if talk.messages[place].author == question.author:
            content = replies and said and not others_asked and _is_content(said[0])
            if content or any(_settles(each, question) for each in said):
                return True
        elif said and not puts_off(question.bare, said[0].bare, written=True):
            if not others_asked and WHO.match(question.bare) and any(map(is_promise, said)):
                return True
            telling = [each for each in said if _tells(each)]
            if telling:
                replies.append(Reply(said=telling, nearest=not replies, alone=not others_asked))
        others_asked += any(each.asks for each in said)
    return _by_words(question, replies) or _by_meaning(question, replies, alike)


def _tells(remark: Remark) -> bool:
    """Whether it says something, and does not only ask or promise."""
    return not remark.asks and (not is_promise(remark) or bool(SAYS_NO.match(remark.text)))


def _is_content(remark: Remark) -> bool:
    """Whether who asked takes what was said for an answer, and goes on from there."""
    return bool(CONTENT.match(remark.bare) or GOES_ON.match(remark.text))


def _settles(remark: Remark, question: Remark) -> bool:
    """Whether who asked says that it is found out, or does it himself."""
    if SELF_ANSWERED.search(remark.text):
        return True
    return is_promise(remark) and bool(stems_of(remark.bare) & stems_of(question.bare))


def _by_words(question: Remark, replies: Sequence[Reply]) -> bool:
    """Whether a reply takes up words of the question, or one of the first has an answer's form."""
    stems = stems_of(question.bare) or stems_of(question.text)
    needed = 1 if len(stems) <= 2 else 2
    for number, reply in enumerate(replies):
        heard = frozenset[str]().union(*(stems_of(each.bare) for each in reply.said))
        if len(stems & heard) >= needed:
            return True
        if number < SOON and reply.alone and _has_form(question, reply):
            return True
    return False


def _has_form(question: Remark, reply: Reply) -> bool:
    """Whether a reply looks like what was asked for."""
    first, asked = reply.said[0].bare, KNOWS.sub("", question.bare)
    words = len(first.split())
    short = words <= SHORT_WORDS
    if reply.nearest and sum(len(each.text.split()) for each in reply.said) >= LONG_WORDS:
        return True
    if reply.nearest and (POINTS_BACK.match(first) or _is_about_oneself(asked, first)):
        return True
    kind = KIND.search(asked)
    if YES_OR_NO.match(asked):
        counted = IS_THERE.search(question.bare) and (COUNT.search(first) or PLACE.search(first))
        yes_or_no = any(SAYS_YES_OR_NO.match(each.bare) for each in reply.said[:2])
        return yes_or_no or (
            reply.nearest and bool(counted) and (short or bool(COUNT.match(first)))
        )
    if kind is None:
        told = short and not CONTENT.match(first)
        return reply.nearest and (told or bool(SUGGESTS.match(first)))
    form = FORMS[str(kind.lastgroup)]
    fits = bool(form.search(first))
    if kind.lastgroup == "who":
        return reply.nearest and (fits or words <= FEWEST_WORDS or _names_somebody(first))
    begins = re.match(rf"\W*(?:\w+\s+){{0,3}}?(?:{form.pattern})", first, re.IGNORECASE)
    return (fits and short) or (reply.nearest and (bool(begins) or words <= FEWEST_WORDS))


def _names_somebody(reply: str) -> bool:
    """Whether it names a person or a team, or says that there is none."""
    first, *rest = reply.split()
    named = [each for each in (first, *rest) if each[:1].isupper() and each.lower() != "i"]
    known = [each for each in named if stems_of(each) and not NO_NAME.match(each)]
    return bool(known or SOMEBODY.search(reply))


def _is_about_oneself(question: str, reply: str) -> bool:
    """Whether "you" were asked and "I" answer."""
    return bool(
        re.search(r"\byou(?:r|'ve|'re)?\b", question, re.IGNORECASE)
        and re.match(r"\W*(?:i|we|my|our|mine)\b", reply, re.IGNORECASE)
    )


def _by_meaning(question: Remark, replies: Sequence[Reply], alike: Alike) -> bool:
    """Whether a reply is like the question in meaning; the first needs less of that."""
    if not replies:
        return False
    texts = [" ".join(each.bare for each in reply.said) for reply in replies]
    return any(
        like >= (LIKE_AT_ONCE if reply.nearest and reply.alone else LIKE)
        for reply, like in zip(
            replies,
            alike(question.bare if stems_of(question.bare) else question.text, texts),
            strict=True,
        )
    )
