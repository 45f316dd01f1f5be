"""Numbers as they are said or written: "double four", "oh", "twenty three", "forty one eleven".

`read_groups` finds them one by one, `make_runs` puts together what only fillers, a "yes" of the
other person or punctuation divides.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from skills.models.pii.tokens import STOP, Token, words

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
FILLERS = frozenset(
    words(
        "uh um er erm ah hm hmm mm mhm and then dash hyphen space that's so okay ok yes yeah "
        "yep yup right uhuh huh got it that go on ahead sure next followed by again sorry "
        "alright perfect great thanks thank you continue please wait no i mean correct good "
        "cool fine carry keep going the rest last is it's digits digit let me see check just a "
        "second moment one's with you i'm writing down noted repeat now finally lastly mine "
        "slash parenthesis bracket pause ready still here listening what's what comes after"
    )
)
# "the next four?" asks for digits and is none.
ASKING = frozenset(words("first next last other final remaining"))
MOST_FILLERS = 9
# Between two written numbers: nothing that begins another sentence or thing.
JOINTS = re.compile(r"[\s\-–—./()\[\],;:…?!·_+|\"'’*#>]*")
QUANTITIES = frozenset(
    words(
        "minute minutes hour hours second seconds day days week weeks month months year years "
        "dollar dollars pound pounds euro euros cent cents percent people items pieces boxes "
        "units times miles kilometers kilometres meters metres feet inches degrees weeks' "
        "points stars users million billion thousand hundred bedroom grand bucks quid"
    )
)
LOOSE = re.compile(r"[,;:?!…\n\[\]>|]|\.\s")


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


Run = list[Group]


def read_groups(text: str, tokens: Sequence[Token]) -> list[Group]:
    """All numbers of a text, in order."""
    groups: list[Group] = []
    index = 0
    while index < len(tokens):
        digits, used = _number_at(tokens, index)
        if not digits:
            index += 1
            continue
        first, last = tokens[index], tokens[index + used - 1]
        glued = bool(
            (first.start and text[first.start - 1].isalpha())
            or (last.end < len(text) and text[last.end].isalpha())
        )
        groups.append(
            Group(
                digits=digits, start=first.start, end=last.end, first=index,
                last=index + used - 1, spoken=not first.text[0].isdigit(), glued=glued,
            )
        )  # fmt: skip
        index += used
    return groups


def _number_at(tokens: Sequence[Token], index: int) -> tuple[str, int]:
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
    if word in UNITS and index and tokens[index - 1].text in ASKING:
        return "", 0
    digits, used = _below_hundred(tokens, index)
    if not digits:
        return "", 0
    return _multiplied(tokens, index, digits, used)


def _below_hundred(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    if index >= len(tokens):
        return "", 0
    word = tokens[index].text
    if word in UNITS:
        return UNITS[word], 1
    if word in TEENS:
        return TEENS[word], 1
    if word not in TENS:
        return "", 0
    following = UNITS.get(tokens[index + 1].text, "0") if index + 1 < len(tokens) else "0"
    return (TENS[word] + following, 2) if following != "0" else (TENS[word] + "0", 1)


def _multiplied(tokens: Sequence[Token], index: int, digits: str, used: int) -> tuple[str, int]:
    """With "hundred" and "thousand" behind it: "eight hundred", "two thousand and four"."""
    for word, zeros in (("thousand", 3), ("hundred", 2)):
        place = index + used
        if place < len(tokens) and tokens[place].text == word:
            used += 1
            place += 1
            joined = place < len(tokens) and tokens[place].text == "and"
            rest, more = _below_hundred(tokens, place + joined)
            fits = rest and (joined or len(rest) == 2)
            value = int(digits) * 10**zeros + (int(rest) if fits else 0)
            return str(value), used + (more + joined if fits else 0)
    return digits, used


def _beside_number(tokens: Sequence[Token], index: int) -> bool:
    around = [tokens[near].text for near in (index - 1, index + 1) if 0 <= near < len(tokens)]
    return any(
        word in UNITS or word in TENS or word in TEENS or word in TIMES or word[0].isdigit()
        for word in around
    )


def is_filler(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word may stand in the midst of a number; "on" and "ahead" only behind "go"."""
    word = tokens[index].text
    if word in ("on", "ahead"):
        return index > 0 and tokens[index - 1].text in ("go", "carry", "keep", "going")
    return word in FILLERS


def make_runs(text: str, tokens: Sequence[Token], groups: Sequence[Group]) -> list[Run]:
    """The numbers that belong together."""
    runs: list[Run] = []
    for group in groups:
        following = tokens[group.last + 1].text if group.last + 1 < len(tokens) else ""
        if following in QUANTITIES:
            continue
        before = runs[-1][-1] if runs else None
        if before is not None and (loose := _joint(text, tokens, before, group)) is not None:
            runs[-1].append(replace(group, loose=loose))
        else:
            runs.append([group])
    return runs


def _joint(text: str, tokens: Sequence[Token], before: Group, group: Group) -> bool | None:
    """Whether two numbers are loosely joined; None when they have nothing to do with each other."""
    between = tokens[before.last + 1 : group.first]
    if len(between) > MOST_FILLERS or any(each.text == STOP for each in between):
        return None
    places = range(before.last + 1, group.first)
    if not all(is_filler(tokens, place) or tokens[place].text in UNITS for place in places):
        return None
    gap = text[before.end : group.start]
    if "+" in gap or ";" in gap:
        return None
    if between:
        return True
    if len(gap) <= 6 and not JOINTS.fullmatch(gap):
        return None
    return bool(LOOSE.search(gap)) or before.spoken != group.spoken


def digits_of(groups: Sequence[Group]) -> str:
    """The digits as one."""
    return "".join(group.digits for group in groups)


def edges(run: Run) -> list[int]:
    """Where a number may begin or end in a run: not in the midst of digits said one by one."""
    inner = [
        index
        for index in range(1, len(run))
        if run[index].loose or min(len(run[index].digits), len(run[index - 1].digits)) > 1
    ]
    return [0, *inner, len(run)]


def windows(run: Run, *, least: int, most: int) -> Iterator[tuple[int, list[int]]]:
    """Where a number of `least` to `most` digits may begin, each with where it may end."""
    lengths = list(accumulate((len(group.digits) for group in run), initial=0))
    places = edges(run)
    for start in places[:-1]:
        first = bisect_left(places, bisect_left(lengths, lengths[start] + least))
        last = bisect_left(places, bisect_right(lengths, lengths[start] + most))
        yield start, places[first:last][::-1]


def without_echo(run: Run) -> list[int]:
    """The indices of the groups that are left when nobody repeats what was just said."""
    chunks: list[list[int]] = []
    for index, group in enumerate(run):
        if group.loose or not chunks:
            chunks.append([])
        chunks[-1].append(index)
    kept: list[list[int]] = []
    for chunk in chunks:
        said = digits_of([run[index] for index in chunk])
        before = digits_of([run[index] for index in kept[-1]]) if kept else ""
        if len(said) < 3 or said != before:
            kept.append(chunk)
    return [index for chunk in kept for index in chunk]
