"""Deciding: whether a sentence says that something is decided, proposes it or agrees to it.

Patterns of English, one a way of saying it; what is around the sentence is decisions.py's concern.
"""

from __future__ import annotations

import re

from skills.texts.promises import DO
from skills.texts.question import stems_of
from skills.texts.talk import Remark

_DO = (
    r"(?:go (?:with|for|ahead|live)|stick (?:with|to)|use|ship|launch|release|drop|postpone|delay"
    r"|keep|switch|cancel|roll (?:back|out)|proceed|deprecate|migrate|move (?:to|the|it|our|forward"
    r"|ahead)|adopt|support|offer|hire|buy|freeze|skip|remove|start (?:using|with the)|stop)"
)
_WHEN = (
    r"(?:\d|v\d|q[1-4]\b|h[12]\b|next\b|tomorrow|today|(?:the )?(?:next|following|end)\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec)"
)
_NOT_OURS = r"(?:make|get|find|finish|reach|hit|fix|complete|resolve|meet|forget|see)\b"  # a fear
# Said to be decided.
DECIDED = re.compile(
    r"\b(?:we|they|everyone|everybody|both|team|board|management|council|committee|leadership"
    r"|all|i)(?:'ve|’ve| have| had| are|'re|’re)?"
    r"(?: all| both| now| just| finally| already| also| then| unanimously| therefore)*"
    r" (?:decided(?! (?:not )?(?:yet|how|what|when|who|where|which))|agreed|settled on|voted"
    r"(?! (?:against|for the record|\d))|approved|rejected|adopted|concluded|opted|chose"
    r"|chosen|signed off)\b"
    r"|^\W*(?:(?:alright|all right|great|fine|right|good)\W+)?(?:decided|agreed|resolved|settled)"
    r"(?: then)?(?: ?:|,? (?:to|on|that|we|with|against))\s*\w|\bwe go with(?:out)?\b"
    r"|\b(?:it|that|this) (?:is|was|has been|'s been)(?: now| hereby)? (?:decided|agreed|settled"
    r"|approved)\b|\b(?:it|that)['’]s (?:decided|agreed|settled|approved|a deal)\b"
    r"|\b(?:was|were|is|are|has been|have been|got)(?: now| finally| hereby)? (?:approved|rejected"
    r"|signed off)\b"
    r"|^\W*(?:final )?(?:decision|verdict|resolution|conclusion)(?: is| was)?\s*[:–—-]"
    r"|\b(?:new|final) (?:date|deadline|name|price|version) (?:is|will be)\b"
    r"|\b(?:the |our |my |final )decision (?:is|was)\b(?! (?:not|still|pending|due|open|up"
    r"|on hold))|^\W*(?:approved|rejected|greenlit|signed off)\b"
    r"|\b(?:consensus|agreement)(?: (?:of|from|in|at|among) [\w '’-]{2,40})? (?:is|was) (?:to"
    r"|that)\b"
    r"|\b(?:i|we) (?:hereby )?approved? (?:the|this|it|that)\b"
    # Reported of anybody: "HR agreed on …", "the CFO signed off".
    r"|\b(?!(?:not|never|nobody|who|was|were|is|are|be|been|get|to)\b)\w+(?: have| has| had)?"
    r"(?: all| just| both| finally| now)* (?:agreed (?:on|to|that)|decided (?:on|to|that|against)"
    r"|signed (?:it |this |that )?off|approved (?:the|this|that|it|our|my|a)|rejected (?:the|this"
    r"|our|my))\b",
    re.IGNORECASE,
)
# What others decide about us is news, and none of our decisions.
OTHERS = re.compile(
    r"^(?:(?!\bwe\b|\bi\b).)*\b(?:customers?|clients?|suppliers?|vendors?|competitors?|candidates?"
    r"|applicants?|users?)\b"
    r"[^.,;:]* (?:decided|chose|opted|agreed|voted)\b"
    r"|\b(?!we\b|i\b)\w+ (?:have |has |had |just |now )*(?:decided|chose|opted) (?:not )?to"
    r" \w+ us\b",
    re.IGNORECASE,
)
IT_IS = re.compile(
    r"^(?!.*\b(?:what|which|think|know|if|how|where|as|is|sure|believe|say|that"
    r"|because)\b.* it is)"
    r"[\w@ .'’-]{1,40} it is\b[ .!]*(?:then)?[.!]*$",
    re.IGNORECASE,
)
# Settled by being announced: "we'll ship on Friday", "we are going with B".
ANNOUNCED = re.compile(
    rf"\bwe(?:'ll|’ll| will)(?: now| just| then| therefore| instead)* (?:not |no longer )?{_DO}\b"
    rf"|\bwe(?:'re|’re| are)(?: now| just| then)* (?:not )?going (?:to {_DO}|with|ahead)\b"
    r"|\bwe(?:'re|’re| are)(?: now)? (?:sticking (?:with|to)|moving (?:ahead|forward) with"
    r"|switching to|dropping|postponing|cancel+ing|refunding|freezing|delaying"
    r"|staying (?:with|on) (?:the|our|v?\d)|not (?:renewing|launching|offering|buying))\b"
    r"|\bwe won(?:'|’)t (?:be )?(?:ship|support|use|launch|release|offer|hire|buy|join|renew"
    r"|extend|do|invite|pay)\w*\b"
    rf"|\bwe won(?:'|’)?t (?!{_NOT_OURS}){DO}\b"
    r"|\bwe no longer (?:offer|support|accept|sell|ship|allow)\b"
    r"|\bwe (?:keep|stick|stay) (?:in|with|at|to|on)\b(?! touch)|\bcleared (?:it|this|that) with\b"
    r"|^\W*(?:publishing|shipping|launching|releasing|deploying|going live) (?:it |this )?(?:on |at"
    rf" |in )?{_WHEN}"
    r"|\bwe (?:keep|leave) .{2,40} as (?:it|they) (?:is|are|was|were)\b|\bwe said (?:no|we|that)\b"
    rf"|^\W*(?:starting|beginning|effective) (?:on |from |with )?{_WHEN}"
    rf"|\bwe {_DO} [^.?]{{2,60}}\b(?:as of|from|starting|until|on) {_WHEN}(?!s\b)"
    r"|^\W*agreed[,:–—-]+ (?!i\b|but\b|and\b|though\b)\w+(?: [\w.-]+){0,6} (?:is|are|will|stays?"
    r"|goes)\b"
    r"|\bgoes to (?:the )?(?:top|backlog|bottom)\b"
    r"|\bwe (?:keep|stick|stay|hold|leave|wait)\b.*\b(?:until|till|for now)\b"
    rf"|\b(?:moves?|slips?|goe?s?) (?:to|into) {_WHEN}"
    rf"|\b(?:moved|postponed|pushed|delayed|shifted) (?:[\w-]+ ){{0,4}}(?:to|until|till) {_WHEN}"
    rf"|\bfrom (?:now|{_WHEN}[\w ]{{0,12}}) on(?:wards?)?\b|\bgoing forward\b"
    r"|^\W*(?:moving|postponing|cancel+ing|pushing|turning|switching|dropping|skipping|freezing"
    r"|keeping|shipping) (?:it|this|that|them|the \w+|back|off)\b.*(?:\bthen\W*$|\b(?:on|to|until"
    rf"|till) {_WHEN})"
    r"|^\W*(?!see |bye|talk|speak|until|till|by |since|back|let |thank|good"
    r"|well)[\w ]{2,25} then\W*$",
    re.IGNORECASE,
)
# Drawn from what was said before: "then we make an offer", "ok, let's say Friday".
CONCLUDED = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|fine|good|perfect|alright|all right|sold|deal|cool|yes|agreed"
    r"|understood|right)\b\W*)*(?:so )?then,? we(?:['’]ll)? (?:don['’]t |do not"
    rf" |no longer |just |all )*(?:{_DO}|{DO}|leave|wait)\b"
    r"|^\W*(?:ok(?:ay)?|then|so|great|fine|good|perfect|alright|yes|agreed|understood|sold)\b"
    r"[ ,.!:–—-]+(?:then |yes,? |so )*let(?:'|’)?s (?:not )?(?!see|hope|talk|discuss|meet|chat|sync"
    r"|catch|get|grab|have|ask|think|find|figure|check|look|start|begin|continue|first|try|go\b(?!"
    r" (?:with|for|ahead|live))|be\b|wrap|call it|eat|play|worry|say (?:it|that|you|he|she|they|we"
    r"|there|i)\b)\w+"
    rf"|^\W*(?:ok(?:ay)?|great|fine|good|perfect|alright|yes)\b[ ,.!:–—-]+{DO} .*\bthen\W*$"
    rf"|^\W*(?:ok(?:ay)?\W+)?(?:so|then)\b[ ,]+(?!maybe|perhaps|i )[\w -]{{1,40}} (?:moves?"
    r"|slips?|stays?|ships?|goes live|starts|closes|opens) (?:in|to|into|out|with|on|as|for|at)\b"
    r"|^\W*(?:ok(?:ay)?\W+)?(?:so|then)\b[ ,]+(?!(?:maybe|perhaps|i|he|she|it|this|that|they|you"
    r"|we|there|what|who|if|when|nobody|everybody)\b)(?:\w+ ){1,4}(?:will be (?=\d|called)"
    r"|gets (?:the|a) (?:offer|order|job|contract|slot|budget|deal|role|room)\b)",
    re.IGNORECASE,
)
# Said to a suggestion or a question: "yes, cut it", "so drop everything older".
ORDERED = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|yes|yep|yeah|then|so|fine|sure|right|great|good"
    r"|perfect)\b\W*)+(?:just |please )?"
    rf"(?:{_DO}|cut|cap|limit|raise|lower|disable|enable|merge|close|leave|extend|double|split)"
    r" (?:it|that|this|them|the|at|to|everything|a|both|all)\b",
    re.IGNORECASE,
)
# Proposed: a decision where nobody objects.
PROPOSED = re.compile(
    rf"\blet(?:'|’)?s (?:just |all |then |also |not |now )*(?:{_DO}|do (?:it|that|this|so|the|both"
    rf"|\w+day))\b"
    r"|\blet(?:'|’)?s not (?!worry|forget|get|be\b|jump|panic|pretend|kid|overdo|rush|overthink)\w+"
    r"|^\W*(?:ok(?:ay)?|alright|fine|great|good|so|yes|right)?\W*go ahead (?:with|and)\b",
    re.IGNORECASE,
)
ASSENT = re.compile(
    r"^\W*(?:ok(?:ay)?|yes|yep|great|perfect|fine|good|cool|done|alright|\+1)?\W*"
    r"(?:agreed|approved|deal|sold|let(?:'|’)?s do (?:it|that|this)|go (?:ahead|for it)|it(?:'"
    r"|’)s a deal"
    r"|signed off|decided|settled)(?: then)?(?:\W*$|\W+(?:i|we)(?:['’]ll| will| can)\b)",
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
    r"|^\W*had (?:we|i|they|you) "
    r"|\bagreed? (?:with (?:you|him|her|them|that|this|it|@)|but|in principle)|\bwe(?:'ll|’ll"
    r"| will) (?:\w+ ){0,2}decide\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3


def is_open(remark: Remark) -> bool:
    """Whether it only asks, or says that something is not decided yet."""
    return remark.asks or bool(NOT_YET.search(remark.text))


def agrees(remark: Remark) -> bool:
    """Whether it only agrees to what was said before, or points at it."""
    orders = PROPOSED.search(remark.bare) or ORDERED.search(remark.text)
    return bool(ASSENT.match(remark.bare) or (orders and points_back(remark)))


def is_said(remark: Remark) -> bool:
    """Whether it is said to be decided, and not only proposed."""
    if IT_IS.search(remark.bare):
        return True
    if OTHERS.search(remark.bare):
        return False
    return says(remark) and bool(DECIDED.search(remark.bare) or ANNOUNCED.search(remark.bare))


def is_proposed(remark: Remark) -> bool:
    """Whether it holds where nobody objects."""
    settles = PROPOSED.search(remark.bare) or any(
        form.search(remark.text) for form in (CONCLUDED, ORDERED)
    )
    return says(remark) and bool(settles)


def says(remark: Remark) -> bool:
    """Whether a sentence says what is decided."""
    return len(remark.bare.split()) >= FEWEST_WORDS and bool(stems_of(remark.bare))


def points_back(remark: Remark) -> bool:
    """Whether a proposal only points at another one: "let's do that", "go ahead with it"."""
    rest = PROPOSED.sub(" ", ORDERED.sub(" ", remark.text))
    return not stems_of(rest) and not re.search(r"\d", rest) and len(rest.split()) <= FEWEST_WORDS
