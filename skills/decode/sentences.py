"""Sentences: a paragraph is cut where a reader would stop, and no letter of it is changed.

Own rules, because the kept splitters are either models or unkept (pysbd's last release is of 2021):
abbreviations, initials, numbers, list marks, quotes, and the full stops of other scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS_WORDS = """
mr mrs ms dr prof rev hon sen rep gov gen col lt sgt capt st mt ft sr jr messrs mme mlle hr fr
e.g i.e eg ie cf vs viz al etc approx ca no nos vol vols ed eds p pp par sec ch art fig figs
eq eqs ref refs tab tel fax ext dept est inc ltd corp co bros llc plc min max avg jan feb mar
apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m z.b
bzw usw d.h u.a sog nr str abs evtl ggf inkl zzgl vgl m.e av env
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS_WORDS.split())
# Abbreviations that are also words: only before a number ("No. 5", "Fig. 3", "Sun. 4 May").
_WORDS_TOO_WORDS = """
no art fig figs tab mar mon wed sat sun ed sec par min max col gen fax est abs ext av ref rep
"""
WORDS_TOO = frozenset(_WORDS_TOO_WORDS.split())
# Abbreviations that may also end a sentence, when what follows certainly begins one.
ENDING = frozenset(
    ["etc", "inc", "ltd", "corp", "co", "a.m", "p.m", "jr", "sr", "al", "llc", "plc"]
)
_STARTERS_WORDS = """
the a an it he she we they this that these those there i you in on at but and however if when
as for our my his her its their after before while since what who how why
"""
STARTERS = frozenset(_STARTERS_WORDS.split())
# A run of stops is looked at once: a second try from its middle would end at the same place.
STOP = re.compile(
    r"(?:(?<![.!?…])(?P<marks>[.!?…]++)(?P<closers>[\"”’')\]»*_]*+)(?=\s)"
    r"|[。！？]++[」』”]*+)\s*+"
)
DENSE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})")
WORD_BEFORE = re.compile(r"[^\s(\[\"“‘'„«]*$")
LONGEST_WORD = 40  # no abbreviation is longer, and nothing further back decides about a stop
BEGIN = re.compile(r"[\"“‘'(„«\[*_]*+(.?)", re.DOTALL)
FOLLOWING_WORD = re.compile(r"[\W_]*+(\w{0,20})")


def split_sentences(text: str) -> list[str]:
    """The sentences of one paragraph, in order; joined by a space they are the paragraph."""
    return [sentence for sentence in _cut(text) if sentence]


def _cut(text: str) -> Iterator[str]:
    start = 0
    for stop in STOP.finditer(text):
        if _ends(text, start, stop):
            yield text[start : stop.end()].strip()
            start = stop.end()
    yield text[start:].strip()


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the sentence that began at `start` ends with this stop.

    It looks at a bounded piece on either side: a text may be one sentence of megabytes.
    """
    marks = stop["marks"]
    begin = BEGIN.match(text, stop.end())[1]  # type: ignore[index]  # matches anything
    if marks is None or not begin:  # a stop of another script
        return True
    if marks[-1] in "!?" or f"{marks}{stop['closers']}".endswith(("..", "…")):
        return not begin.islower()
    before = text[max(start, stop.start() - LONGEST_WORD) : stop.start()]
    word = WORD_BEFORE.search(before)[0]  # type: ignore[index]  # as above
    if LIST_MARK.fullmatch(word) and _is_alone(text, start, stop.start()):
        return False
    if word.lower() in WORDS_TOO:
        return not begin.isdigit()
    if word.lower() in ABBREVIATIONS or (INITIALS.fullmatch(word) and word != "I"):
        follows = FOLLOWING_WORD.match(text, stop.end())[1]  # type: ignore[index]  # as above
        may_end = word.lower() in ENDING or (len(word) > 1 and word.isupper())
        return may_end and follows[:1].isupper() and follows.lower() in STARTERS
    # People who type without capitals still end their sentences.
    return not begin.islower() or len(word) > 2


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether one word is all of the sentence so far."""
    return end - start <= LONGEST_WORD and len(text[start:end].split()) == 1


def count_words(text: str) -> int:
    """Words; for scripts without spaces, two characters count as one."""
    dense = 0 if text.isascii() else len(DENSE.findall(text))
    if dense:
        return dense // 2 + len(re.findall(r"[a-zA-Z0-9]+", text))
    return len(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*", text))
