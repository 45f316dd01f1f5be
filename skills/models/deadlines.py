"""Deadlines: until when something is to be done, in the words of the sentence that says it."""

from __future__ import annotations

import re

from skills.models.call_promise import DAYS, MONTHS, WHEN

_NUMBERS = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|ten|a few|a couple of)"
DUE = re.compile(
    rf"\b(?:by|before|until|till|no later than) (?:the )?(?:end of (?:the |this |next )?(?:day"
    rf"|week|month"
    rf"|quarter|year|sprint)|{DAYS}(?: (?:morning|noon|afternoon|evening|night))?|next \w+|this \w+"
    rf"|tomorrow(?: \w+)?|today|tonight|noon|lunch|then|eod|eow|eom|cob"
    rf"|\d{{1,2}}(?::\d\d)? ?(?:am|pm)?"
    rf"(?!\w)(?: {MONTHS})?|{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?: of)? {MONTHS}"
    rf"|\d{{1,2}}(?:st|nd|rd|th))\b|\b(?:eod|eow|asap|cob)\b|\bend of (?:day|week|month)\b"
    rf"|\bon {DAYS}\b|\b(?:this|next|tomorrow) (?:morning|afternoon|evening|week|month|{DAYS})\b"
    rf"|\b(?:in|within) {_NUMBERS} (?:minute|hour|day|week|month)s?\b|{WHEN.pattern}",
    re.IGNORECASE,
)
OF_A_THING = re.compile(r"\b(?:for|from|since|of|last|like|about) $", re.IGNORECASE)
WHEN_CUT = 40


def find_due(text: str) -> str:
    """Until when, in its words; "the room for Tuesday" is no date to keep."""
    for found in DUE.finditer(text):
        if not OF_A_THING.search(text[: found.start()]):
            return found[0][:WHEN_CUT]
    return ""
