"""Dates of birth: a date, written or said, behind a word that says whose it is.

Other dates are nobody's data, so without such a word none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from skills.pii.numbers import TEENS, TENS, UNITS

CUE = (
    r"\b(?:dates? of birth|birth ?date|birthday|d\.?o\.?b\b\.?|born|geburtsdatum|geboren|"
    r"date de naissance|née?|fecha de nacimiento|nacid[oa])"
)
# Some words, whose turn it is and a time may stand in between: "And your date of birth?", "It's …".
GAP = r"(?:\[[\d:.]{4,8}\]|(?:speaker|person|caller|participant)[ _]?\d{1,2}:|[^\d\[]){1,60}?"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|"
    r"juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|"
    r"novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
    r"noviembre|diciembre)\b\.?"
)
ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|(?:ten|eleven|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)th|twelfth"
    r"|twentieth|thirtieth"
)
SAID = "|".join(sorted([*UNITS, *TEENS, *TENS, "hundred", "thousand", "double"], reverse=True))
NUMBER = rf"(?:{SAID})\b(?:[ -](?:and )?(?:{SAID})\b){{0,3}}"
DAY = rf"(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th|\.|er)?|{ORDINAL}|{NUMBER})"
YEAR = rf"(?:\d{{4}}|['’]?\d{{2}}|{NUMBER})\b"
DATE = (
    r"(?:\d{1,2}[/.\- ]\d{1,2}[/.\- ](?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    rf"|{DAY}(?: of| de)? {MONTH}(?: de)?,? {YEAR}|{MONTH} {DAY},? {YEAR}"
    rf"|(?:{SAID})\b(?:[ ,-]{{1,2}}(?:and )?(?:{SAID})\b){{2,7}})(?!\d)"
)
BIRTH = re.compile(rf"{CUE}{GAP}\b(?P<date>{DATE})", re.IGNORECASE)


def find_births(text: str) -> Iterator[tuple[int, int]]:
    """The dates of birth in a text, as the letters from one to before another."""
    return (match.span("date") for match in BIRTH.finditer(text))
