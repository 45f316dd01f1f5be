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
STOP = re.compile(r"(?:[.!?…]+[\"”’')\]»*_]*(?=\s)|[。！？]+[」』”]*)\s*")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})")
LAST_WORD = re.compile(r"([^\s(\[\"“‘'„«]+?)[.]?[\"”’')\]»*_]*\s*$")


def split_sentences(text: str) -> list[str]:
    """The sentences of one paragraph, in order; joined by a space they are the paragraph."""
    return [sentence for sentence in _cut(text) if sentence]


def _cut(text: str) -> Iterator[str]:
    start = 0
    for stop in STOP.finditer(text):
        if _ends(text[start : stop.end()], text[stop.end() :]):
            yield text[start : stop.end()].strip()
            start = stop.end()
    yield text[start:].strip()


def _ends(sentence: str, rest: str) -> bool:
    """Whether the full stop at the end of `sentence` ends it, seen from what follows."""
    mark = sentence.rstrip().rstrip("\"”’')]»*_")[-1:]
    if mark in "。！？":
        return True
    begin = rest.lstrip("\"“‘'(„«[*_")[:1]
    if not begin:
        return True
    if mark in "!?" or sentence.rstrip().endswith(("..", "…")):
        return not begin.islower()
    found = LAST_WORD.search(sentence.rstrip())
    word = found[1].rstrip(".") if found else ""
    if LIST_MARK.fullmatch(word) and len(sentence.split()) == 1:
        return False
    if word.lower() in WORDS_TOO:
        return not begin.isdigit()
    if word.lower() in ABBREVIATIONS or (INITIALS.fullmatch(word) and word != "I"):
        first = re.match(r"[\W_]*(\w+)", rest)
        follows = first[1] if first else ""
        may_end = word.lower() in ENDING or (len(word) > 1 and word.isupper())
        return may_end and follows[:1].isupper() and follows.lower() in STARTERS
    # People who type without capitals still end their sentences.
    return not begin.islower() or len(word) > 2


def count_words(text: str) -> int:
    """Words; for scripts without spaces, two characters count as one."""
    dense = sum("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text)
    return (
        len(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*", text))
        if not dense
        else (dense // 2 + len(re.findall(r"[a-zA-Z0-9]+", text)))
    )
