"""Unspoken sides: praise and blame that hold no word of it, and blame that falls on somebody else.

A model that was taught feelings reads "the parcel arrived a day early" as a plain fact, and
"someone stole my card" as dislike of the card.
"""

from __future__ import annotations

import re

READ = 1_000  # characters of a clause
_AMOUNT = r"(?:a|an|one|two|three|four|five|ten|a few|\d{1,3})"
_SHORT = r"(?:seconds?|minutes?|mins?|hours?|days?)"
UNSPOKEN_PRAISE = re.compile(
    rf"\b{_AMOUNT} (?:days?|hours?) (?:early|ahead)\b"
    r"|\b(?:ahead of|before) (?:schedule|time)\b|\b(?:earlier|sooner|faster) than "
    r"(?:i |we )?(?:expected|promised|planned|advertised|estimated|stated|thought)\b"
    rf"|\b(?:took|takes|came|comes|arriv|deliver|dispatch|repl|answer|respon|solv|resolv|fix|sort)"
    r"[a-z]{0,4} (?:[a-z']{1,12} ){0,3}?(?:only|just|under|less than|within) "
    rf"{_AMOUNT} {_SHORT}\b"
    r"(?! (?:to|before|until|for|after|late)\b)"
    r"|\b(?:solv|resolv|fix|sort|repl|answer|respon)[a-z]{1,4} (?:[a-z']{1,12} ){0,3}?"
    r"(?:in|within) (?:minutes|seconds|no time)\b"
    r"|\blasts? (?:me )?(?:(?:for )?(?:days|ages|weeks)|all (?:day|week)|forever)\b"
    r"|\bwithout (?:any |a )?(?:fuss|hassle|hitch|quibble|trouble)\b",
    re.IGNORECASE,
)
NOT_SO = re.compile(
    r"n['’]t\b|\b(?:not|never|nobody|no one|none|cannot|supposed|should|would|promis\w+|if)\b",
    re.IGNORECASE,
)
UNSPOKEN_BLAME = re.compile(
    r"\b(?:pric|cost|fee|charg)[a-z]{0,2} (?:just |has |have )?(?:went|gone|go|goes|keeps? going"
    r"|going) up\b|\b(?:pric|cost|fee)[a-z]{0,2} (?:have |has |just )?(?:doubled|tripled)\b",
    re.IGNORECASE,
)
BEFALLEN = re.compile(
    r"\b(?:(?:some(?:one|body)(?: else)?|thieves|a thief|hackers?|scammers?) "
    r"(?:has |have |had |is )?"
    r"(?:just )?(?:stole|stolen|used|uses|using|hacked|took|my|got my)"
    r"|some [a-z]{1,12} (?:has |have |just )?(?:stole|stolen|hacked)"
    r"|(?:was|were|been|got|is|are|be) (?:stolen|hacked|compromised|pickpocketed))\b",
    re.IGNORECASE,
)
UNSPOKEN = 0.5  # less than what is said outright, which is quoted before it


def is_befallen(clause: str) -> bool:
    """Whether others did it to the thing: nobody dislikes a card because it was stolen."""
    return BEFALLEN.search(clause[:READ]) is not None


def unspoken_side(clause: str) -> float:
    """The side of praise or blame that holds no word of it ("arrived a day early"); else 0."""
    if UNSPOKEN_PRAISE.search(clause[:READ]):
        return 0.0 if NOT_SO.search(clause[:READ]) else UNSPOKEN
    return -UNSPOKEN if UNSPOKEN_BLAME.search(clause[:READ]) else 0.0
