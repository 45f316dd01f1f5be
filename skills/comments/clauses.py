"""Clauses: the parts of a comment that judge one thing each ("great screen | but it dies").

And whether one only asks for something, which is neither praise nor a complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from skills.decode.sentences import split_sentences
from skills.models.sentiment_words import analyzer

READ = 1_000  # characters of a comment
# A shorter clause says nothing alone; before and behind a "but" two words do ("great price, but").
FEWEST_WORDS, FEWEST_BESIDE_BUT = 3, 2
BEGINNING = (
    r"(?:the|my|our|its?|it['’]s|i|i['’]m|we|they|this|that|there|so|very|too|not|no|is|was|great"
    r"|good|bad|poor|nice|terrible|awful|excellent)\b"
)
CUT = re.compile(
    rf"[;:()\n–—]\s*|\s-+\s|,?\s(?:but|although|though|however|whereas|while|yet|except)\b"
    rf"|,\s(?=(?:and\s|but\s)?{BEGINNING})|\sand\s(?={BEGINNING})",
    re.IGNORECASE,
)
_WELCOME = r"(?:nice|good|great|helpful|useful|better|cool|lovely|welcome|appreciated)"
_HELPERS = r"(?:do|does|did|can|could|would|will|is|are|was|were|has|have|should|shall|may|might)"
ASKS = re.compile(
    r"\W*(?:and |but |so |also |maybe |perhaps )?(?:please|pls|kindly"
    # "Could you …", and not "Could not be happier" nor "Has a great screen"
    rf"|{_HELPERS} (?:i|you|we|they|he|she|it|there|this|that|these|those|the|my|your|our"
    r"|any(?:one|body)?|some(?:one|body)?)"
    # "When is …", and not "When it came, it was broken" nor "What a phone"
    rf"|(?:how|where|when|why|who)(?: (?:much|many|long|often|soon|far|come))? {_HELPERS}"
    rf"|(?:what|which)(?: [a-z]{{1,20}})? {_HELPERS}|(?:what|how) about"
    r"|add|allow|bring back|consider|let (?:us|me know)|give us|i wish|i hope|hopefully|hoping"
    r"|looking for|i(?:['’]d| would) (?:like|love|prefer|appreciate)|i(?:['’]m| am) looking"
    r"|i (?:want|need) to (?:know|cancel|change|order|activate|update|track|dispute|transfer|open"
    r"|close)|i (?:want|need) (?:you|more|an?|the|some)"
    rf"|(?:it |that |this )?(?:would|might) be {_WELCOME}"
    r"|(?:you|they|there) (?:should|could)|need(?:s)? (?:an?|more))\b",
    re.IGNORECASE,
)
WISHES = re.compile(
    rf"\b(?:please|pls|would help|would be (?:much |very |really )?{_WELCOME})\W*$", re.IGNORECASE
)
LONGEST_WISH = 60  # characters at a clause's end
ANGRY = -2.0  # VADER's valence of a word that no plain request has
EVENTS = frozenset(["fraud", "fraudulent", "stolen"])  # what happened to one who asks for help


def split_clauses(text: str) -> list[str]:
    """The clauses of the beginning of a comment, in order; a very short one joins its neighbour."""
    return [
        clause
        for line in text[:READ].splitlines()
        for sentence in split_sentences(line)
        for clause in _clauses(sentence)
    ]


def _clauses(sentence: str) -> Iterator[str]:
    """Cut where a new thing begins, and only where both sides are long enough."""
    start = 0
    for cut in CUT.finditer(sentence):
        fewest = FEWEST_BESIDE_BUT if "but" in cut[0].lower() else FEWEST_WORDS
        sides = sentence[start : cut.start()], sentence[cut.end() :]
        if all(len(side.split(None, fewest)) >= fewest for side in sides):
            yield sides[0].strip(" ,")
            start = cut.end()
    yield sentence[start:].strip(" ,")


def only_asks(clause: str) -> bool:
    """Whether it asks or wishes, without a word of anger in it."""
    asked = clause.rstrip(" \"'”’)").endswith("?")
    if not (asked or ASKS.match(clause) or WISHES.search(clause[-LONGEST_WISH:])):
        return False
    lexicon = analyzer().lexicon
    words = re.findall(r"[a-z']+", clause.lower())
    return all(word in EVENTS or lexicon.get(word, 0.0) > ANGRY for word in words)
