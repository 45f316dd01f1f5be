"""Open questions: what somebody asked and nobody answered (see answered.py).

Left out is what asks nothing ("makes sense?") and what asks for something to be done (tasks.py).
"""

from __future__ import annotations

import re
from dataclasses import replace

from skills.texts.answered import Alike, is_answered
from skills.texts.question import stems_of
from skills.texts.talk import Remark, Talk

ASKS_WITHOUT_MARK = re.compile(
    r"^\W*(?:(?:does|do|did|has|have|can|could|would) (?:anyone|anybody|someone|somebody)|(?:any"
    r"|some)"
    r"(?:one|body) (?:know|have|seen|has|knows))\b[^.!]*$",
    re.IGNORECASE,
)
# They ask nothing, or nothing that an answer is missed to.
IDLE = re.compile(
    r"^\W*(?:(?:so |and |but |ok(?:ay)? |well )?(?:right|really|ok(?:ay)?|no|yes|yeah|huh|what"
    r"|why not"
    r"|sorry|pardon|eh|hm+|seriously|makes? sense|does (?:that|this|it) make sense|see|sure|agreed"
    r"|deal|anyone|any ?(?:thoughts|questions|ideas|objections|feedback|takers|news|updates?"
    r"|comments|opinions)|thoughts|ideas|comments|questions|got it|ready|correct|or not|you know"
    r"|any(?:body|one) else|anything else)"
    r"|how(?:'s| is| are)? (?:are )?(?:you|everyone|everybody|it going|things)\b.*|what(?:'|’)?s up"
    r"|how about (?:you|that)|any(?:one|body) (?:up|in|keen|game|hungry) .*"
    r"|who knows|who cares|why me|you know what|guess what|what if"
    r"|(?:isn|aren|wasn|weren|don|doesn|didn|won|can|couldn|wouldn|shouldn)(?:'|’)?t (?:it|they|he"
    r"|she|we|you|i|that|this)|(?:is|are|was|do|does|did) (?:it|they|he|she|we|you|that))\W*$",
    re.IGNORECASE,
)
TAG = re.compile(
    r",\s*(?:any(?:body|one)(?: else)?|right|no|yes|ok(?:ay)?|correct|(?:is|are|was|do|does|did"
    r"|has|have|wo|ca|could|would"
    r"|should)(?:n['’]t)? (?:it|they|we|you|he|she))\W*$",
    re.IGNORECASE,
)
# A request to somebody is something to do, not a question (see tasks.py).
REQUEST = re.compile(
    r"^\W*(?:can|could|would|will) (?:you|u)(?: \w+)? (?:please )?(?!tell|say|explain|confirm"
    r"|remember"
    r"|recall|see|reproduce|make it|come|join|attend)\w+",
    re.IGNORECASE,
)
SUGGESTION = re.compile(
    r"^\W*(?:how about|why don(?:'|’)t (?:we|you)|what if we|(?:shall|can|could"
    r"|may) (?:we|i)"
    r" (?:start|begin|go on|move on|talk|discuss|ask|add|come in|chat|give|thank|propose|say"
    r"|just|make|meet|catch up|sync))\b",
    re.IGNORECASE,
)
# A question without a telling word is long, or stands behind a sentence that says what it is about.
OPENS = re.compile(
    r"^\W*(?:when|who|where|why|how|which|what|do|does|did|is|are|can|could|will|should|has|have)\b",
    re.IGNORECASE,
)
FOLLOWS = re.compile(r"^\W*(?:and|what about) (?:the |our |your )?\w+ \w+", re.IGNORECASE)
FEWEST_WORDS, FEWEST_EMPTY = 3, 5


def find_open_questions(talk: Talk, alike: Alike) -> list[Remark]:
    """The questions that nobody answered, in order; one that is asked again counts once."""
    found: dict[frozenset[str], Remark] = {}
    for remark in talk.remarks:
        question = _with_its_subject(talk, remark)
        if is_question(question) and not is_answered(talk, question, alike):
            found[stems_of(question.text) or frozenset([question.text])] = question
    return sorted(found.values(), key=lambda each: each.message)


def _with_its_subject(talk: Talk, remark: Remark) -> Remark:
    """Of "They asked about Berlin. Can we?" both sentences; most questions need no other."""
    if not remark.asks or remark.first or stems_of(remark.bare) or not OPENS.match(remark.bare):
        return remark
    own = talk.of(remark.message)
    before = own[own.index(remark) - 1]
    return remark if before.asks else replace(remark, text=f"{before.text} {remark.text}")


def is_question(remark: Remark) -> bool:
    """Whether a sentence asks something that an answer could be missed to."""
    if not (remark.asks or (remark.last and ASKS_WITHOUT_MARK.match(remark.bare))):
        return False
    words = len(remark.bare.split())
    if stems_of(remark.bare):
        enough = words >= FEWEST_WORDS or bool(FOLLOWS.match(remark.text))
    else:
        told = bool(stems_of(remark.text)) and words > 1
        enough = told or (words >= FEWEST_EMPTY and bool(OPENS.match(remark.bare)))
    if not enough:
        return False
    idle = IDLE.match(remark.bare) or TAG.search(remark.bare) or SUGGESTION.match(remark.bare)
    return not (idle or REQUEST.match(remark.bare))
