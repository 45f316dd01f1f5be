"""Who works there: of two people on the telephone the one who talks like somebody at work."""

from __future__ import annotations

import re
from collections.abc import Sequence

from skills.telephone.reason import REASON, is_early
from skills.timed import Sentence

# What a customer is asked for.
_DETAILS = (
    r"(?:\w+ ){0,2}(?:number|name|reference|post ?code|zip ?code|e-?mail|address|registration"
    r"|password|date of birth|details)\b"
)
# What hardly anybody says who does not work there, and what customers say now and then, too.
AGENT = re.compile(
    r"\b(?:how (?:can|may) (?:I|we) (?:help|assist)|can I help you|what can (?:I|we) do for you"
    r"|you(?:['’]re| are) (?:speaking (?:with|to)|talking to|through to)|welcome to|bear with me"
    r"|sorry (?:to hear|about) (?:that|this)|suit you|thank(?:s| you) for (?:calling|holding)"
    r"|thank you for waiting|for your patience|would you like|which \w+ would you"
    rf"|(?:may|can|could) I (?:have|get|take|ask for) (?:your\b|the {_DETAILS})|(?:may|can) I ask"
    r"|who am I (?:speaking|talking) (?:to|with)|let me (?:check|look|pull)"
    r"|I'll transfer|anything else (?:I|we) can|this is \w+ from"
    r"|catching you at a bad time|is that (?:Mr|Mrs|Ms|Miss|Dr))\b"
    # "Harbour Bank, Lucy speaking", and not "Hello, Lucy speaking".
    r"|(?:^|, )(?!(?:hello|hi|hey|yes|yeah|oh|good|this)\b)[\w' ]+, \w+ (?:speaking|here)\b"
    r"|(?:^|, )(?!(?:hello|hi|hey|yes|yeah|oh|good|um|well)\b)[\w'& ]{3,}"
    r"(?:, good (?:morning|afternoon|evening))?, this is"
    r" (?!about|an?\b|the\b|my\b|not\b|just\b)\w+(?:\W*$|, (?:how|what|can)\b)",
    re.IGNORECASE,
)
PERHAPS_AGENT = re.compile(
    r"\b(?:my name is|this is \w+ speaking|let me see|anything else|we have|can I help"
    r"|\w+ speaking|which \w+ are you|we can(?!['’]t)|do you mind me asking|date of birth"
    r"|you['’]re (?:very |most )?welcome|my pleasure|we['’]ll (?:send|call|ring|get|refund|let you)"
    rf"|(?:what(?:['’]s| is)|have you got|do you have) (?:your|the) {_DETAILS}"
    r"|our (?:engineer|technician|driver|team|system)"
    r"|your (?:order|account|name|address|number|email))\b",
    re.IGNORECASE,
)
CUSTOMER = re.compile(
    r"\bthank(?:s| you)(?: (?:so|very) much)? for (?:all )?(?:your|the) help\b", re.IGNORECASE
)
SURELY = 2  # how much more one talks like somebody at work than the other


def find_agent(sentences: Sequence[Sentence], speakers: int) -> int:
    """Of two speakers, who talks like somebody at work; -1 when neither does clearly.

    That the other one tells of a trouble is not enough: colleagues and applicants do, too.
    """
    if speakers != 2:
        return -1
    at_work, scores = [0, 0], [0, 0]
    for each in sentences:
        early = is_early(each, sentences)
        said = SURELY * bool(AGENT.search(each.text)) + bool(PERHAPS_AGENT.search(each.text))
        thanks = bool(CUSTOMER.search(each.text))
        at_work[each.speaker] += said
        at_work[1 - each.speaker] += thanks
        scores[each.speaker] += said - (thanks or bool(early and REASON.search(each.text)))
    likely = scores.index(max(scores))
    sure = at_work[likely] >= SURELY and scores[0] != scores[1]
    return likely if sure else -1
