"""Deadlines: until when something is to be done, in the words of the sentence that says it."""

from __future__ import annotations

import re

DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty"
    r"|thirty|twenty[- ]?four|forty[- ]?eight)"
)
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon"
    r"|midday|lunchtime|midnight)"
)
WHEN = re.compile(
    rf"\b(?:(?:by |on |until |before )?(?:later today|today|tonight|tomorrow(?: morning| afternoon"
    rf"| evening)?|{DAYS}(?: morning| afternoon| evening)?"
    rf"|next (?:week|month|{DAYS})|this (?:week|afternoon|evening|morning|{DAYS})"
    rf"|(?:the )?end of (?:the |this |next )?(?:day|week|month)|{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?"
    rf"|the \d{{1,2}}(?:st|nd|rd|th)(?: of {MONTHS})?)"
    rf"|(?:within|in)(?: about)?(?: the next)?(?: a)? (?:few|couple of|{NUMBER})"
    rf"(?: (?:to|or) {NUMBER})? (?:business |working )?(?:minute|hour|day|week|month)s?"
    r"|(?:within|in|over) the (?:next )?(?:hour|day|week|month|few days)|within the hour"
    r"|at \d{1,2}(?::\d\d)? ?(?:am|pm|a\.m\.|p\.m\.|o'clock)"
    rf"|(?:by|before|after) {_CLOCK}(?: ?(?:am|pm|o'clock))?(?: (?:today|tonight|tomorrow"
    r"|this (?:morning|afternoon|evening)|in the (?:morning|afternoon|evening)))?(?=\W|$)"
    r"(?! (?:\w+ )?(?:pounds?|euros?|dollars?|days?|weeks?|hours?|minutes?|months?|years?|people"
    r"|of|other|more)\b)"
    r"|first thing(?: tomorrow| in the morning)?|in the morning"
    r"|right (?:away|now)|straight away|immediately"
    r"|(?:the |an? |half an )(?:evening|night|day|week|hour) before(?! last\b))\b",
    re.IGNORECASE,
)
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
