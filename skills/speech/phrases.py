"""Phrases found in what is said, though people and speech recognition vary them a little.

Words are compared without case, punctuation, ums, endings (guarantee, guaranteed) and short forms
(I'm, thanks for), and numbers as figures. Of every four words of a phrase one may be another,
missing or added, but never a "not" or a number: those turn a sentence round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

WORDS_A_SLIP = 4
LONGEST_PAUSE = 3.0  # seconds: who is silent for longer begins something new
LEAST_STEM = 4
NEVER = 1_000  # the cost of what must not differ

_SHORT_FORMS = (
    (re.compile(r"\b(?:thanks|thx)(?= (?:for|so|very|again|you|to)\b|$)"), "thank you"),
    (re.compile(r"\bthank you (?:so|very) much\b"), "thank you"),
    (re.compile(r"\b(?:um+|uh+|er+m?|mh?m+|hm+)\b"), ""),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bshan't\b"), "shall not"),
    (re.compile(r"\bcannot\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"\blet's\b"), "let us"),
    (re.compile(r"\b(it|that|what|there|here|he|she|how|who|where)'s\b"), r"\1 is"),
    (re.compile(r"'s?\b"), ""),
    (re.compile(r"\bgonna\b"), "going to"),
    (re.compile(r"\bwanna\b"), "want to"),
    (re.compile(r"\bok\b"), "okay"),
    (re.compile(r"(?<=\d)[,.](?=\d{3}\b)"), ""),
)
_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_STRICT = {"not", "no", "never", "nothing", "nobody", "none", "without"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """A word as it is compared, when it is said in seconds, and in which sentence."""

    word: str
    start: float
    end: float
    sentence: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """Where a phrase is said."""

    start: float
    sentence: int


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = "".join(each for each in folded if not unicodedata.combining(each))
    for pattern, full in _SHORT_FORMS:
        plain = pattern.sub(full, plain)
    return [_stem(each) for each in _numbers(re.findall(r"\w+", plain))]


def find(heard: Sequence[Heard], phrases: Sequence[str]) -> list[Match]:
    """Every place where one of the phrases is said, in order of time."""
    found: dict[tuple[float, int], Match] = {}
    for phrase in phrases:
        wanted = words_of(phrase)
        for run in _runs(heard):
            for place in _places(wanted, run):
                found.setdefault((place.start, place.sentence), place)
    return [found[key] for key in sorted(found)]


def _runs(heard: Sequence[Heard]) -> Iterator[Sequence[Heard]]:
    """What is said in one go: a phrase does not go on after a long pause."""
    begin = 0
    for index in range(1, len(heard) + 1):
        if index == len(heard) or heard[index].start - heard[index - 1].end > LONGEST_PAUSE:
            yield heard[begin:index]
            begin = index


def _places(wanted: Sequence[str], heard: Sequence[Heard]) -> Iterator[Match]:
    slips = len(wanted) // WORDS_A_SLIP
    # A match may be told to begin with a word that is right: before it, words are missing.
    beginnings = set(wanted[: slips + 1])
    words = [each.word for each in heard]
    after = 0
    for index, word in enumerate(words):
        if index < after or word not in beginnings:
            continue
        length = _length(tuple(wanted), tuple(words[index : index + len(wanted) + slips]), slips)
        if length:
            yield Match(start=heard[index].start, sentence=heard[index].sentence)
            after = index + length


@lru_cache(maxsize=4096)
def _length(wanted: tuple[str, ...], words: tuple[str, ...], slips: int) -> int:
    """How many of the words say what is wanted, 0 when they do not."""
    if not slips:
        return len(wanted) if words[: len(wanted)] == wanted else 0
    before = [0]
    for word in words:
        before.append(before[-1] + _price(word))
    for each in wanted:
        row = [before[0] + _price(each)]
        for index, word in enumerate(words):
            row.append(
                min(
                    before[index] + (0 if word == each else max(_price(word), _price(each))),
                    before[index + 1] + _price(each),
                    row[index] + _price(word),
                )
            )
        before = row
    best = min(before)
    return before.index(best) if best <= slips else 0


def _price(word: str) -> int:
    """What it costs when a word is missing, added or another."""
    return NEVER if word in _STRICT or (word.isdecimal() and word != "1") else 1


def _stem(word: str) -> str:
    """A word without its ending: "guarantee", "guarantees" and "guaranteed" are one."""
    for ending in ("ing", "d" if word.endswith("eed") else "ed", "es", "s"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= LEAST_STEM and not word.endswith("ss"):
            word = rest
            break
    bare = word.rstrip("e")
    word = bare if len(bare) >= LEAST_STEM else word
    return word[:-1] if len(word) > 2 and word[-1] == word[-2] and word.isalpha() else word


def _numbers(words: Sequence[str]) -> Iterator[str]:
    """Numbers as figures: "twenty four" is 24, and "three hundred" 300."""
    number = -1
    for word in words:
        if word in _TENS and number < 0:
            number = _TENS[word]
        elif word in _UNITS and number < 0:
            number = _UNITS[word]
        elif word in _UNITS and number >= 20 and number % 10 == 0 and 0 < _UNITS[word] < 10:
            number += _UNITS[word]
        elif word == "hundred" and 0 < number < 10:
            number *= 100
        else:
            if number >= 0:
                yield str(number)
            number = _TENS.get(word, _UNITS.get(word, -1))
            if number < 0:
                yield word
    if number >= 0:
        yield str(number)
