"""Tokens: the words and numbers of a text with their places, and what of it is nobody's data.

Times of a subtitle and the names of who speaks are left out, so that a number which two people say
in turns stays one; dates, clock times and prices stay as a `STOP`, which no number goes across.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

STOP = "\0"
WORD = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*")
CUE = re.compile(r"(?m)^\d+[ \t]*\r?\n(?=\d\d?:\d\d:\d\d)")
TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[,.]\d{1,3})?"
STAMP = re.compile(rf"(?m)^{TIME} --> {TIME}[^\n]*$|\[{TIME}\]|^{TIME}(?=\s+\S)")
LABEL = re.compile(
    r"(?m)^[ \t]*(?:[-–*>]\s*)?(?:\[[\d:.,]+\]\s*)?"
    r"((?:agent|caller|customer|client|operator|support|rep|advisor|host|guest|user|patient|doctor"
    r"|interviewer|interviewee|sales|(?:speaker|person|participant|caller)[ _]?\d{1,2}|[A-Z]"
    r"|spk_?\d{1,2})[ \t]*:)",
    re.IGNORECASE,
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATE = re.compile(
    r"(?<![\d/.\-+])(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})"
    r"|\d{1,2}-\d{1,2}-\d{4}|(?:19|20)\d\d-\d{2}-\d{2}|(?:19|20)\d\d/\d{2}/\d{2})(?![\d/\-]|\.\d)"
    rf"|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH} (?:19|20)\d\d\b",
    re.IGNORECASE,
)
CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])(?:\s?[ap]\.?m\b)?", re.IGNORECASE)
PRICE = re.compile(
    r"[$€£¥]\s?\d[\d,. ]{0,20}\d|[$€£¥]\s?\d|\b\d[\d,.]{0,15}\s?(?:[$€£¥%]|"
    r"(?:usd|eur|gbp|percent|per cent|dollars?|euros?|pounds?|cents|bucks|quid"
    r"|miles|kilomet\w+|minutes"
    r"|seconds|hours|days|weeks"
    r"|months|years|pieces|units|people|users|points|kg|km|gb|mb|tb|ms|°)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters, or digits, from `start` to `end`; STOP where no number goes on.

    `cue` is the kind of number that the last `said` words up to this one speak of, "" for none, and
    `until` the last token that they can speak of, as an index; None for as far as it may be.
    """

    text: str
    start: int
    end: int
    cue: str = ""
    said: int = 1
    until: int | None = None


def words(listed: str) -> tuple[str, ...]:
    """The words of a list that is written as a text."""
    return tuple(listed.split())


def tokenize(text: str) -> list[Token]:
    """The tokens in order."""
    skipped = [*_ranges(CUE, text), *_ranges(STAMP, text)]
    skipped += [match.span(1) for match in LABEL.finditer(text)]
    stops = [span for each in (DATE, CLOCK, PRICE) for span in _ranges(each, text)]
    skip, stop = _marked(text, skipped), _marked(text, stops)
    tokens = []
    for match in WORD.finditer(text):
        start, end = match.span()
        if skip[start]:
            continue
        if stop[start]:
            tokens.append(Token(STOP, start, end))
        else:
            tokens.append(Token(match[0].lower().replace("’", "'"), start, end))
    return tokens


def _ranges(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _marked(text: str, ranges: list[tuple[int, int]]) -> bytearray:
    """A flag a letter."""
    marks = bytearray(len(text) + 1)
    for start, end in ranges:
        marks[start:end] = b"\1" * (end - start)
    return marks
