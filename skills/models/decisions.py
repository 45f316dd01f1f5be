"""Decisions: the sentences in which people say that something is decided, word for word.

Found by the phrases of English. A proposal counts once it is not a question and nobody objects; an
assent alone ("Agreed.") is shown with what it agrees to, or not at all. Rather one too few than one
that nobody took.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skills.models.question import stems_of
from skills.models.talk import Remark, Talk

_DO = (
    r"(?:go (?:with|for|ahead|live)|stick (?:with|to)|use|ship|launch|release|drop|postpone|delay"
    r"|keep|switch|cancel|roll (?:back|out)|proceed|deprecate|migrate|move (?:to|the|it|our|forward"
    r"|ahead)|adopt|support|offer|hire|buy|freeze|skip|remove|start (?:using|with the)|stop)"
)
# Said to be decided.
DECIDED = re.compile(
    r"\b(?:we|they|everyone|everybody|both|team|board|management|council|committee|leadership"
    r"|all|i)(?:'ve|’ve| have| had| are|'re|’re)?"
    r"(?: all| both| now| just| finally| already| also| then| unanimously| therefore)*"
    r" (?:decided(?! (?:not )?(?:yet|how|what|when|who|where|which))|agreed|settled on|voted"
    r"(?! (?:against|for the record))|approved|rejected|adopted|concluded|opted|chose"
    r"|have chosen|signed off)\b"
    r"|^\W*(?:(?:alright|all right|great|fine|right|good)\W+)?(?:decided|agreed|resolved|settled)"
    r"(?: then)?(?: ?:|,? (?:to|on|that|we|with|against))\s*\w|\bwe go with(?:out)?\b"
    r"|\b(?:it|that|this) (?:is|was|has been|'s been)(?: now| hereby)? (?:decided|agreed|settled"
    r"|approved)\b|\b(?:it|that)['’]s (?:decided|agreed|settled|approved|a deal)\b"
    r"|\b(?:was|were|is|are|has been|have been|got)(?: now| finally| hereby)? (?:approved|rejected"
    r"|signed off)\b"
    r"|^\W*(?:final )?(?:decision|verdict|resolution|conclusion)(?: is| was)?\s*[:–—-]"
    r"|\b(?:the |our |my |final )decision (?:is|was)\b(?! (?:not|still|pending|due|open|up"
    r"|on hold))|^\W*(?:approved|rejected|greenlit|signed off)\b"
    r"|\b(?:i|we) (?:hereby )?approved? (?:the|this|it|that)\b"
    r"|^(?!.*\b(?:what|which|think|know|if|how|where|as|is|sure|believe|say|that"
    r"|because)\b.* it is)"
    r"[\w@ .'’-]{2,40} it is\b[ .!]*(?:then)?[.!]*$",
    re.IGNORECASE,
)
# Settled by being announced: "we'll ship on Friday", "we are going with B".
ANNOUNCED = re.compile(
    rf"\bwe(?:'ll|’ll| will)(?: now| just| then| therefore| instead)* (?:not |no longer )?{_DO}\b"
    rf"|\bwe(?:'re|’re| are)(?: now| just| then)* (?:not )?going (?:to {_DO}|with|ahead)\b"
    r"|\bwe(?:'re|’re| are)(?: now)? (?:sticking (?:with|to)|moving (?:ahead|forward) with"
    r"|switching to|dropping|postponing)\b"
    r"|\bwe won(?:'|’)t (?:be )?(?:ship|support|use|launch|release|offer|hire|buy|join|renew"
    r"|extend|do|invite|pay)\w*\b"
    r"|^\W*(?!see |bye|talk|speak|until|till|by |since|back|let |thank|good"
    r"|well)[\w ]{2,25} then\W*$",
    re.IGNORECASE,
)
# Proposed: a decision where nobody objects.
PROPOSED = re.compile(
    rf"\blet(?:'|’)?s (?:just |all |then |also |not |now )*(?:{_DO}|do (?:it|that|this|so|the|both"
    rf"|\w+day))\b"
    r"|\blet(?:'|’)?s not (?!worry|forget|get|be\b|jump|panic|pretend|kid)\w+"
    r"|^\W*(?:ok(?:ay)?|alright|fine|great|good|so|yes|right)?\W*go ahead (?:with|and)\b",
    re.IGNORECASE,
)
ASSENT = re.compile(
    r"^\W*(?:ok(?:ay)?|yes|yep|great|perfect|fine|good|cool|done|alright|\+1)?\W*"
    r"(?:agreed|approved|deal|let(?:'|’)?s do (?:it|that|this)|go (?:ahead|for it)|it(?:'"
    r"|’)s a deal"
    r"|signed off|decided|settled)(?: then)?(?:\W*$|\W+(?:i|we)(?:['’]ll| will| can)\b)",
    re.IGNORECASE,
)
# What an assent may answer.
SUGGESTS = re.compile(
    r"\b(?:should|shall|could|can|may) (?:we|i)\b|\bhow about\b|\bwhat about\b|\blet(?:'|’)?s\b"
    r"|\b(?:i|we) (?:propose|suggest|recommend|vote)\b|\b(?:my |a )?(?:proposal|suggestion)\b"
    r"|\b(?:we|i)(?:'d| would|’d) (?:like to|prefer|go with|rather)\b|\bwe should\b|\bwe could\b"
    r"|\b(?:i'm|i am|i’m) for\b|\bok(?:ay)? (?:to|if)\b|\bdo we want\b|\bwhy don(?:'|’)t we\b",
    re.IGNORECASE,
)
NOT_YET = re.compile(
    r"(?:n['’]t|\b(?:not|never|no one|nobody|nothing)) (?:\w+ ){0,3}(?:decid|agree|approv|settl"
    r"|sign)|\bundecided\b"
    r"|\b(?:if|when|once|until|unless|whether|as soon as|assuming|in case|before|after|hop(?:e|ing)"
    r"|wait(?:ing)? for|maybe|perhaps|might|could|would|should|wish|suppose|probably|need(?:s)? to"
    r"|has to|have to|had to|to be|not sure)\b(?=[^.;]*\b(?:decid|agree|approv|settl|sign|ship"
    r"|launch|releas|go (?:with|for|ahead)|going|postpone|use|drop|switch|move|cancel|rejected))"
    r"|\balmost (?:decided|agreed)|\bdecided (?:not )?yet\b|\bagree to disagree\b"
    r"|\bagreed? (?:with (?:you|him|her|them|that|this|it|@)|but|in principle)|\bwe(?:'ll|’ll"
    r"| will) (?:\w+ ){0,2}decide\b",
    re.IGNORECASE,
)
OBJECTS = re.compile(
    r"^\W*(?:no\b(?! (?:problem|worries|objection))|nope|not (?:sure|yet|so fast|convinced|really)"
    r"|wait\b|hold on|hmm+|i disagree|disagree|i(?:'m|’m| am) (?:not|against)|please don(?:'|’)t|-1"
    r"|i(?:'d| would|’d) (?:rather|prefer|not)|but\b|i don(?:'|’)t (?:think|like|agree)|rather\b"
    r"|can(?:'|’)t we|are you sure|why not\b)",
    re.IGNORECASE,
)
HEARD_WITHIN = 3  # messages in which somebody may object to a proposal
FEWEST_WORDS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """The sentence, the place of its message and, of an assent, the sentence that it agrees to."""

    text: str
    message: int
    about: str = ""


def find_decisions(talk: Talk) -> list[Decision]:
    """The decisions of a talk, in order, each once."""
    found: dict[str, Decision] = {}
    for each in _decisions(talk):
        found[" ".join((each.about or each.text).lower().split())] = each
    return sorted(found.values(), key=lambda each: each.message)


def _decisions(talk: Talk) -> Iterator[Decision]:
    for remark in talk.remarks:
        if remark.asks or NOT_YET.search(remark.text):
            continue
        proposed = PROPOSED.search(remark.bare)
        if ASSENT.match(remark.bare) or (proposed and _points_back(remark)):
            about = _suggestion(talk, remark)
            if about and not _objected(talk, remark):
                yield Decision(text=remark.text, message=remark.message, about=about)
        elif _says(remark) and (_is_said(remark) or (proposed and not _objected(talk, remark))):
            yield Decision(text=remark.text, message=remark.message)


def _is_said(remark: Remark) -> bool:
    """Whether it is said to be decided, and not only proposed."""
    return bool(DECIDED.search(remark.bare) or ANNOUNCED.search(remark.bare))


def _says(remark: Remark) -> bool:
    """Whether a sentence says what is decided."""
    return len(remark.bare.split()) >= FEWEST_WORDS and bool(stems_of(remark.bare))


def _points_back(remark: Remark) -> bool:
    """Whether a proposal only points at another one: "let's do that", "go ahead with it"."""
    rest = PROPOSED.sub(" ", remark.bare)
    return not stems_of(rest) and not re.search(r"\d", rest) and len(rest.split()) <= FEWEST_WORDS


def _suggestion(talk: Talk, remark: Remark) -> str:
    """What was suggested just before by somebody else, "" when that cannot be told."""
    for place in talk.before(remark.message)[:HEARD_WITHIN]:
        if talk.messages[place].author == remark.author:
            continue
        for other in reversed(talk.of(place)):
            if SUGGESTS.search(other.text):
                return other.text
    return ""


def _objected(talk: Talk, remark: Remark) -> bool:
    """Whether somebody else speaks against it at once."""
    return any(
        OBJECTS.match(said.bare)
        for place in talk.after(remark.message)[:HEARD_WITHIN]
        if talk.messages[place].author != remark.author
        for said in talk.of(place)[:1]
    )
