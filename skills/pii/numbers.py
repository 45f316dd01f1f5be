"""Numbers as they are said or written: "double four", "oh", "twenty three", "forty one eleven"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from skills.pii.tokens import Token, words

UNITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "niner": "9",
}  # fmt: skip
TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
    "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
TENS = {
    "twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6",
    "seventy": "7", "eighty": "8", "ninety": "9",
}  # fmt: skip
TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
POINTING = frozenset(words("the this that which new another other no any every each old only"))
# "the next four?" asks for digits and is none.
ASKING = frozenset(words("first next last other final remaining"))
EXTENSION = re.compile(r"x\d{1,6}\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Digits that were said or written in one go, the tokens `first` to `last`.

    `loose` when more than a space, a dash or a dot divides it from the group before; `glued` when
    a letter stands right beside it.
    """

    digits: str
    start: int
    end: int
    first: int
    last: int
    spoken: bool
    loose: bool = True
    glued: bool = False


def read_groups(text: str, tokens: Sequence[Token]) -> list[Group]:
    """All numbers of a text, in order."""
    groups: list[Group] = []
    index = 0
    while index < len(tokens):
        digits, used = _number_at(text, tokens, index)
        if not digits:
            index += 1
            continue
        first, last = tokens[index], tokens[index + used - 1]
        glued = bool(
            (first.start and text[first.start - 1].isalpha())
            or (last.end < len(text) and text[last.end].isalpha())
        ) and not EXTENSION.match(text, last.end)
        groups.append(
            Group(
                digits=digits, start=first.start, end=last.end, first=index,
                last=index + used - 1, spoken=not first.text[0].isdigit(), glued=glued,
            )
        )  # fmt: skip
        index += used
    return groups


def _number_at(text: str, tokens: Sequence[Token], index: int) -> tuple[str, int]:
    """The digits that begin at a token and how many tokens they take; "" and 0 for none."""
    word = tokens[index].text
    if word[0].isdigit():
        return "".join(str(unicodedata.digit(letter)) for letter in word), 1
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if word in TIMES:
        one = UNITS.get(following) or (following if len(following) == 1 else "")
        return (one * TIMES[word], 2) if one.isdigit() else ("", 0)
    if word in ("oh", "o") and not _beside_number(tokens, index):
        return "", 0
    if word == "one" and _is_pronoun(tokens, index):
        return "", 0
    asked = word in UNITS and index > 0 and tokens[index - 1].text in ASKING
    if asked and not text[tokens[index - 1].end : tokens[index].start].strip():
        return "", 0
    digits, used = _below_hundred(text, tokens, index)
    if not digits:
        return "", 0
    return _multiplied(text, tokens, index, digits, used)


def _below_hundred(text: str, tokens: Sequence[Token], index: int) -> tuple[str, int]:
    if index >= len(tokens):
        return "", 0
    word = tokens[index].text
    if word in UNITS:
        return UNITS[word], 1
    if word in TEENS:
        return TEENS[word], 1
    if word not in TENS:
        return "", 0
    following = "0"  # "twenty, nine" are two
    if index + 1 < len(tokens) and not text[tokens[index].end : tokens[index + 1].start].strip(
        " -"
    ):
        following = UNITS.get(tokens[index + 1].text, "0")
    return (TENS[word] + following, 2) if following != "0" else (TENS[word] + "0", 1)


def _multiplied(
    text: str, tokens: Sequence[Token], index: int, digits: str, used: int
) -> tuple[str, int]:
    """With "hundred" and "thousand" behind it: "eight hundred", "two thousand and four"."""
    for word, zeros in (("thousand", 3), ("hundred", 2)):
        place = index + used
        if place < len(tokens) and tokens[place].text == word:
            used += 1
            place += 1
            joined = place < len(tokens) and tokens[place].text == "and"
            rest, more = _below_hundred(text, tokens, place + joined)
            fits = rest and (joined or len(rest) == 2)
            value = int(digits) * 10**zeros + (int(rest) if fits else 0)
            return str(value), used + (more + joined if fits else 0)
    return digits, used


def _is_pronoun(tokens: Sequence[Token], index: int) -> bool:
    """Whether it is "the one you want", and no digit."""
    if not index or tokens[index - 1].text not in POINTING or index + 1 == len(tokens):
        return False
    following = tokens[index + 1].text
    return not (following[0].isdigit() or following in UNITS | TEENS | TENS | TIMES)


def _beside_number(tokens: Sequence[Token], index: int) -> bool:
    around = [tokens[near].text for near in (index - 1, index + 1) if 0 <= near < len(tokens)]
    return any(
        word in UNITS or word in TENS or word in TEENS or word in TIMES or word[0].isdigit()
        for word in around
    )
