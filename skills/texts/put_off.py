"""What is said to a question and does not answer it: "I'm not sure", "I'd have to ask".

The one place that knows it, for calls (call_question.py) and for what is written (answered.py).
What only says that somebody looks for the answer ("let me check") is none where people write; on
the telephone it comes while they speak. English only.
"""

from __future__ import annotations

import re

_FILLED = (
    r"^\W*(?:(?:well|um+|uh+|erm?|em|oh|hm+|ah|tbh|honestly|to be honest|so|yeah|okay|no|look|right"
    r"|(?:I['’]m )?(?:so |very )?sorry|good question|(?:that['’]s )?a (?:very )?good question)\W+)*"
)
CANNOT_TELL = re.compile(
    rf"{_FILLED}(?:(?:I['’]m\W+|I am )?not (?:\w+ )?(?:sure|certain)|no (?:idea|clue)|dunno|idk"
    r"|(?:that['’]s a )?(?:(?:very )?good|great) question|(?:very )?good point"
    r"|I (?:don['’]?t|do not|couldn['’]t|can['’]t|cannot|wouldn['’]t)(?: really| actually| honestly"
    r"| even)? (?:know|say\b|tell you|remember)|(?:it['’]s )?hard to (?:say|tell)|I wish I knew"
    r"|(?:I|we)['’]d (?:have|need) to (?:check|ask|look)|(?:I|we)(?:['’]ll| will) (?:have to "
    r"|need to )?(?:find out|ask|get back)|we['’]ll (?:have to )?(?:see|wait and see))\b",
    re.IGNORECASE,
)
# No answer, unless it is asked who has it.
HAS_NOT = re.compile(
    rf"{_FILLED}(?:I|we) (?:don['’]t|do not|haven['’]t) (?:have|got|been given|been told)\b",
    re.IGNORECASE,
)
ASKS_TO_HAVE = re.compile(r"\b(?:have|got|has|with you|to hand|handy)\b", re.IGNORECASE)
GUESSES = re.compile(
    r"\b(?:but|I think|probably|usually|normally|maybe|about (?:an? |\d)|should be|it should)\b",
    re.IGNORECASE,
)
# Where people write they look for it, ask it, too, or only speak about the question.
WRITTEN = re.compile(
    r"^\W*(?:(?:hm+|well|uh|tbh)\W+)?(?:i wonder|(?:i(?:'|’)?m |i am )?(?:also )?wondering|same"
    r" (?:question|here)|following|bump|ping|\+1 to the question|let me (?:check|look|ask|find"
    r"|see|think|get)|i(?:'|’)?ll (?:check|look|find|see)|i will (?:check|look|find|see)"
    r"|will (?:check|look|ask|find)|checking|looking(?: into)?|need to (?:check|ask|look|think)"
    r"|we(?:'|’)?(?:ll| should| need to| have to) (?:find out|ask|check)"
    r"|still (?:waiting|open|unclear|no)|any(?:one|body)\b|depends?\W*$|good to know"
    r"|thanks?\b|thank you|👀|:eyes:|can someone|who knows|please\b|don(?:'|’)?t forget|brb|afk"
    r"|(?:sorry,? )?(?:gotta|got to|have to) (?:run|go|jump|leave|hop)|unclear"
    r"|also (?:wondering|curious|interested)|i(?:'|’)?d (?:also )?like to know)",
    re.IGNORECASE,
)


def puts_off(question: str, reply: str, *, written: bool = False) -> bool:
    """Whether a reply answers nothing; who does not know but guesses answers."""
    if written and WRITTEN.match(reply):
        return True
    found = CANNOT_TELL.match(reply)
    if found is None and not ASKS_TO_HAVE.search(question):
        found = HAS_NOT.match(reply)
    return found is not None and not GUESSES.search(reply[found.end() :])
