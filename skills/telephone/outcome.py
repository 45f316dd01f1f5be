"""What a sentence of a call does to its end: it settles it, leaves it open, or says what comes.

Told by who does what: who works there has done it ("I've put you down"), arranged it, refuses it or
hands it on; a customer finds that it works, or gives up. What is hoped, asked, told by others or
said under a condition settles nothing. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skills.telephone.promise import promises
from skills.telephone.settled import ARRANGED, COMES, DID, DOING, REMEDY, WORKS
from skills.telephone.unsettled import BEFOREHAND, FAILS, GIVES_UP, PENDING, REFUSED, REGRETS

STRONG, FAIR, WEAK = 3.0, 2.0, 1.0  # how much an act says of the end
NOT = re.compile(r"\b(?:not|never|no longer|nobody|hardly)\b|n['’]t\b", re.IGNORECASE)
NOTHING = re.compile(r"\bnothing\b|\b(?:don|won)['’]t (?:have|need) to\b", re.IGNORECASE)
UNSURE = re.compile(
    r"\b(?:hope\w*|supposed|should|would|could|might|told|said|says|say|think|wish|want\w*)\b"
    r"|['’]d\b",
    re.IGNORECASE,
)
_IF = r"if(?! you (?:could|can|want)\b)|unless|whether"
MIGHT_BE = re.compile(rf"\b(?:{_IF})\b", re.IGNORECASE)
CONDITION = re.compile(rf"\b(?:{_IF}|until(?! (?:then|now))|once|when(?:ever)?)\b", re.IGNORECASE)
BUT = re.compile(r"\bbut\b", re.IGNORECASE)
CLAUSE = re.compile(r"[,;:.!?–—]|\bworry\b|\b(?:and|but|so|because)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """What a sentence does to a call's end; the greater `weight`, the more it says.

    `solved` is None where it only says what comes next.
    """

    solved: bool | None
    weight: float


def act_of(text: str, *, served: bool) -> Act | None:
    """The act of a sentence, None where it has none; `served`: who says it works there, or may.

    "I can't, but I've sent you another": what stands behind the last "but". Of more than one act
    there a refusal counts before what was done, and that before what is to come.
    """
    if text.rstrip("\"'”’)").endswith("?"):
        return None
    acts = (act for part in reversed(BUT.split(text)) for act in _acts(part, served=served))
    return next(acts, None)


def _acts(text: str, *, served: bool) -> Iterator[Act]:
    if served and _is_real(REFUSED, text):
        yield Act(solved=False, weight=STRONG)
    if served and _is_real(REGRETS, text):
        yield Act(solved=False, weight=FAIR)
    if FAILS.search(text) and not CONDITION.search(text):
        yield Act(solved=False, weight=FAIR)
    if served and (_holds(DID, text) or _holds(ARRANGED, text)):
        yield Act(solved=True, weight=STRONG)
    if _holds(WORKS, text):
        yield Act(solved=True, weight=STRONG if served else FAIR)
    if served and _is_real(PENDING, text) and not BEFOREHAND.search(text):
        yield Act(solved=False, weight=STRONG)
    if served and _holds(DOING, text):
        yield Act(solved=True, weight=FAIR)
    if served and _holds(REMEDY, text):
        yield Act(solved=None, weight=FAIR)
    if not served and (found := GIVES_UP.search(text)) and not MIGHT_BE.search(text, found.end()):
        yield Act(solved=False, weight=FAIR)
    if served and (_holds(COMES, text) or promises(text)):
        yield Act(solved=None, weight=WEAK)


def _holds(pattern: re.Pattern[str], text: str) -> bool:
    """Whether it is said somewhere, and not denied, doubted or made to depend on something."""
    for found in pattern.finditer(text):
        before = text[: found.start()]
        clause = CLAUSE.split(before)[-1]
        denied = NOT.search(clause) or (NOT.search(found[0]) and not NOTHING.search(found[0]))
        if not (denied or UNSURE.search(clause) or CONDITION.search(before)):
            return True
    return False


def _is_real(pattern: re.Pattern[str], text: str) -> bool:
    """Whether it is said of what is, and not of what might be."""
    return any(not MIGHT_BE.search(text[: found.start()]) for found in pattern.finditer(text))
