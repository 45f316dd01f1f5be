"""Letters and digits said or written one after another, as one string with its places."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from skills.pii.cues import CLOSE, cue_before
from skills.pii.fillers import is_filler
from skills.pii.numbers import Group
from skills.pii.tokens import Token, words

LEADING = ("it's", "that's", "is")  # to a word, unless a number is asked for
LIKE = ("for", "as", "like")
MOST_LETTERS = 6
SHORT = frozenset(
    words(
        "is it to my no of on at so we he or as an be by do go if in me up us am uh um er ok oh mm "
        "hm ah mr ms dr st ya la le el es un de"
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spelled:
    """`places[i]` is where the token of the letter `text[i]` starts and ends in the source.

    `tokens[i]` is the index of that token; `inner[i]` has 1 set when a letter stands right before
    it and 2 when one stands right behind it.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    tokens: tuple[int, ...]
    inner: tuple[int, ...]

    def begins(self, start: int) -> bool:
        """Whether a token begins here that is no part of a longer word."""
        if self.inner[start] & 1:
            return False
        return start == 0 or self.places[start - 1] != self.places[start]

    def whole(self, start: int, end: int) -> bool:
        """Whether `start` to `end` is no part of a longer token or word."""
        if self.inner[end - 1] & 2 or not self.begins(start):
            return False
        return end == len(self.text) or self.places[end - 1] != self.places[end]


def read_spelled(
    text: str, tokens: Sequence[Token], groups: Sequence[Group], echoes: Collection[int] = ()
) -> list[Spelled]:
    """Every sequence of digits and single or capital letters, as "AB 12 34 56 C" or as spelled.

    What is only said again, the groups that begin at `echoes`, is no part of it.
    """
    numbers = {group.first: group for group in groups}
    lasts = {group.last for group in groups}
    found: list[Spelled] = []
    parts: list[tuple[str, int, int, int]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        group = numbers.get(index)
        if group is not None:
            if index not in echoes:
                parts.append((group.digits, group.start, group.end, index))
            index = group.last + 1
            continue
        letters = _is_letters(text, token) or (
            index + 1 in numbers
            and _is_small(tokens, index, "".join(each[0] for each in parts[-4:]))
        )
        if letters and not _is_word(text, tokens, index, numbers, lasts):
            used = _explained(tokens, index)
            end = tokens[index + used].end
            parts.append((token.text.upper(), token.start, end, index))
            index += 1 + used
            continue
        ends = letters and index and tokens[index - 1].text in LEADING  # "It's a …"
        if ends or not is_filler(tokens, index):
            _finish(text, parts, found)
        index += 1
    _finish(text, parts, found)
    return found


def _is_letters(text: str, token: Token) -> bool:
    """Whether a word is letters that stand for themselves."""
    if not token.text.isalpha() or not token.text.isascii() or len(token.text) > MOST_LETTERS:
        return False
    if len(token.text) == 1 or text[token.start : token.end].isupper():
        return True
    beside = text[token.start - 1 : token.start] + text[token.end : token.end + 1]
    return any(letter.isdigit() for letter in beside)


def _is_small(tokens: Sequence[Token], index: int, so_far: str) -> bool:
    """Whether a word before a number is letters, in a transcript without capitals: "qq 12 34 …"."""
    word = tokens[index].text
    if is_filler(tokens, index):
        return False
    if re.search(r"[A-Z]{2}\d{2}$", so_far):
        return len(word) == 4 and word.isascii() and word.isalpha()  # the bank of an IBAN
    cue = cue_before(tokens, index, within=CLOSE + 1)
    return len(word) == 2 and word.isalpha() and word not in SHORT and cue in ("id", "account")


def _is_word(
    text: str, tokens: Sequence[Token], index: int, numbers: dict[int, Group], lasts: set[int]
) -> bool:
    """Whether "I" or "a" is the word: a sentence begins with it, or goes on behind it."""
    token = tokens[index]
    if token.text not in ("i", "a"):
        return False
    if index + 1 == len(tokens) or re.match(r"[.,?!\n]", text[token.end :]):
        return False
    if index and tokens[index - 1].text in LEADING:
        return cue_before(tokens, index, within=CLOSE) not in ("id", "account")
    gap = text[tokens[index - 1].end : token.start] if index else ""
    if token.text == "a" and index - 1 in lasts and not gap.strip():
        return False  # the last letter of "A B 12 34 56 A"
    following = tokens[index + 1].text
    spelled = index + 1 in numbers or len(following) == 1 or following in LIKE
    if not spelled and cue_before(tokens, index, within=CLOSE) in ("id", "account"):
        place = index + 1  # "A" – "Okay." – "five four …"
        while place < len(tokens) and is_filler(tokens, place):
            place += 1
        spelled = place in numbers
    return not spelled and not text[token.end : tokens[index + 1].start].strip()


def _explained(tokens: Sequence[Token], index: int) -> int:
    """How many words say which letter is meant: two in "b for bravo", "c as in charlie" three."""
    letter = tokens[index].text
    if len(letter) > 1:
        return 0
    following = [each.text for each in tokens[index + 1 : index + 4]]
    if following[1:] == ["x", "ray"] and letter == "x":
        return 3
    for count, said in ((2, following[:2]), (3, following[:3])):
        if (
            len(said) == count
            and said[0] in LIKE
            and said[-1].startswith(letter)
            and len(said[-1]) > 1
            and (count == 2 or said[1] == "in")
        ):
            return count
    return 0


def _finish(text: str, parts: list[tuple[str, int, int, int]], found: list[Spelled]) -> None:
    letters = [(letter, start, end, index) for said, start, end, index in parts for letter in said]
    if len(letters) >= 6:
        found.append(
            Spelled(
                text="".join(letter for letter, *_ in letters),
                places=tuple((start, end) for _, start, end, _ in letters),
                tokens=tuple(index for *_, index in letters),
                inner=tuple(_inner(text, start, end) for _, start, end, _ in letters),
            )
        )
    parts.clear()


def _inner(text: str, start: int, end: int) -> int:
    """1 when a word goes on to the left of a token, 2 when to the right."""
    return text[max(0, start - 1) : start].isalnum() + 2 * text[end : end + 1].isalnum()
