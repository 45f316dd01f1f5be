"""Addresses: a house number, a street and what follows it, and post boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skills.pii.address_words import (
    ALL_STREETS,
    BETWEEN,
    CUES,
    DIRECTIONS,
    FIRST,
    MAYBE_STREETS,
    NOT_IN_NAMES,
    POSTCODE_CUES,
    SHAPES,
    SMALL,
    STATE_NAMES,
    STREETS,
    UNITS,
)
from skills.pii.cues import KIND
from skills.pii.numbers import Group
from skills.pii.postcodes import find_postcodes, zip_end, zip_length
from skills.pii.spelling import Spelled
from skills.pii.tokens import STOP, Token
from skills.pii.written_addresses import CITY, STATE, find_written_addresses

GERMAN = re.compile(
    r"(?:\w{2,}(?:straße|strasse|str|weg|allee|gasse|platz)|\w+(?:Straße|Weg|Allee|Gasse|Platz)"
    r"|^(?:straße|strasse|str))$",
    re.IGNORECASE,
)
CITY_AFTER = re.compile(rf"(?:(?:,\s*|\s+in\s+){CITY}(?:,? {STATE}\b)?|\s{CITY}(?=[.,\n]|$))")
BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post(?:al)? office box|postfach)\s+(?:number\s+)?\d+", re.I
)
MOST_NAME_WORDS, REACH, LONGEST_WORD = 4, 9, 40
Found = tuple[int, int]


def find_addresses(
    text: str, tokens: Sequence[Token], groups: Sequence[Group], spelled: Sequence[Spelled]
) -> Iterator[Found]:
    """The addresses in a text, as the letters from one to before another."""
    ends = {group.last: group for group in groups}
    starts = {group.first: group for group in groups}
    postcodes = list(find_postcodes(text, tokens, starts, spelled))
    for index in range(len(tokens)):
        found = _street(text, tokens, index, starts, ends) or _street_first(
            text, tokens, index, starts, ends
        )
        if found:
            first, last = found
            yield tokens[first].start, _to_the_end(text, tokens, last, starts, postcodes)
    yield from postcodes
    yield from (match.span() for match in BOX.finditer(text))
    yield from find_written_addresses(text)


def _street(
    text: str, tokens: Sequence[Token], index: int, starts: dict[int, Group], ends: dict[int, Group]
) -> tuple[int, int] | None:
    """The tokens of "42 Maple Street", which ends at a token."""
    word = tokens[index].text
    if word not in ALL_STREETS:
        return None
    for back in range(1, MOST_NAME_WORDS + 2):
        place = index - back
        if place < 0 or not _same_line(text, tokens[place], tokens[place + 1]):
            return None
        group = ends.get(place)
        if group is not None and not _ordinal(text, group):
            if text[group.end : group.end + 1] == "-":
                return None  # "a two-lane rural road"
            names = [each.text for each in tokens[place + 1 : index] if not each.text.isdigit()]
            return _accepted(text, tokens, group, names, index, ends, starts)
        name = tokens[place].text
        before = ends.get(place - 1)
        if len(name) == 1 and before is not None and before.end == tokens[place].start:
            continue  # "12a"
        if name == STOP or (name in NOT_IN_NAMES and group is None):
            return None
        if name == "the" and back > 1:
            return None
    return None


def _accepted(
    text: str, tokens: Sequence[Token], group: Group, names: list[str], index: int,
    ends: dict[int, Group], starts: dict[int, Group],
) -> tuple[int, int] | None:  # fmt: skip
    """The first and last token, when number, name and street make an address."""
    names = [name for name in names if name not in DIRECTIONS] or names
    if not names or (len(names) == 1 and names[0] in SHAPES):
        return None
    first = _number_start(text, group, ends)
    before = {each.text for each in tokens[max(0, first - 12) : first]}
    capital = text[tokens[index].start].isupper() and text[tokens[index - 1].start].isupper()
    street = tokens[index].text
    sure = street in STREETS or (street in MAYBE_STREETS and (capital or before & CUES))
    if not sure and not _town_follows(tokens, index, starts):
        return None
    return _with_unit_before(text, tokens, first), index


def _town_follows(tokens: Sequence[Token], index: int, starts: dict[int, Group]) -> bool:
    """Whether a state or a ZIP code is said soon behind a street, or its flat."""
    if index + 2 < len(tokens) and tokens[index + 1].text in UNITS and index + 2 in starts:
        index = starts[index + 2].last
    for place in range(index + 1, min(len(tokens), index + 6)):
        group = starts.get(place)
        if tokens[place].text in STATE_NAMES or (group and zip_length(starts, group)):
            return True
        if group or tokens[place].text in BETWEEN | NOT_IN_NAMES:
            return False
    return False


def _number_start(text: str, group: Group, ends: dict[int, Group]) -> int:
    """The first token of a house number that is said in several numbers."""
    first, digits = group.first, len(group.digits)
    while (before := ends.get(first - 1)) and text[before.end : group.start].strip(" -") == "":
        digits += len(before.digits)
        if digits > 5:
            break
        first, group = before.first, before
    return first


def _with_unit_before(text: str, tokens: Sequence[Token], first: int) -> int:
    """With "Flat 3," before the number, or "flat" where the numbers were said as one."""
    for back in (1, 2, 3):
        if first >= back and tokens[first - back].text in UNITS - {"house", "room"}:
            return first - back
    return first


def _ordinal(text: str, group: Group) -> bool:
    """The 5 of "350 5th Avenue"."""
    return bool(re.match(r"(?:st|nd|rd|th)\b", text[group.end : group.end + 3], re.I))


def _street_first(
    text: str, tokens: Sequence[Token], index: int, starts: dict[int, Group], ends: dict[int, Group]
) -> tuple[int, int] | None:
    """The tokens of "12 rue de la Paix", "Calle Mayor 5" or "Hauptstraße 12"."""
    word = tokens[index].text
    written = text[tokens[index].start : tokens[index].end]
    following = starts.get(index + 1)
    if (
        len(written) <= LONGEST_WORD
        and GERMAN.search(written)
        and following
        and len(following.digits) <= 4
    ):
        near = text[tokens[index].end : following.start]
        if near.strip(" .") == "" and (written[0].isupper() or "str" in word or "weg" in word):
            return _german_first(text, tokens, index), following.last
    if word not in FIRST:
        return None
    number = ends.get(index - 1)
    name = _name_after(text, tokens, index)
    if number is not None and len(number.digits) <= 4 and name and word not in ("via", "place"):
        return index - 1, name
    behind = starts.get(name + 1) if name else None
    if not behind or len(behind.digits) > 4 or word in ("avenue", "boulevard", "place", "route"):
        return None
    return (index, behind.last) if text[tokens[name].end : behind.start].strip(" ,") == "" else None


def _german_first(text: str, tokens: Sequence[Token], index: int) -> int:
    """The first word of "Berliner Str. 4"; most names are one word."""
    return index - 1 if tokens[index].text in ("straße", "strasse", "str") and index else index


def _name_after(text: str, tokens: Sequence[Token], index: int) -> int:
    """The last token of a name that begins with a capital, small words between; 0 for none."""
    last = 0
    for place in range(index + 1, min(len(tokens), index + 6)):
        if not _same_line(text, tokens[place - 1], tokens[place]):
            break
        word = tokens[place].text
        if text[tokens[place].start].isupper():
            last = place
        elif word not in SMALL:
            break
    return last


def _same_line(text: str, one: Token, two: Token) -> bool:
    """Whether no sentence, comma or line ends between two words."""
    gap = text[one.end : two.start]
    if gap.strip(" -'’") == "":
        return True
    return gap.strip() == "." and one.end - one.start <= 3 and "\n" not in gap


def _to_the_end(
    text: str, tokens: Sequence[Token], last: int, starts: dict[int, Group],
    postcodes: Sequence[Found],
) -> int:  # fmt: skip
    """Where the address ends that has a street up to a token: with its flat, town and postcode."""
    end = tokens[last].end
    if end < len(text) and text[end].isalpha() and not text[end - 1].isalpha():
        end += 1  # "12a"
    furthest = tokens[min(len(tokens) - 1, last + REACH)].end
    leading = _leading_to_postcode(tokens, last)
    for place in range(last + 1, min(len(tokens), last + REACH)):
        word, group = tokens[place].text, starts.get(place)
        if word == STOP:
            break
        if place in leading:
            continue
        if tokens[place - 1].text in UNITS and (group or len(word) == 1):
            end = tokens[group.last if group else place].end
        elif group is not None and zip_length(starts, group):
            return zip_end(text, starts, group)
        elif word in STATE_NAMES:
            end = tokens[place].end
        elif (
            group is None
            and word != "in"
            and (word in NOT_IN_NAMES or word in BETWEEN or word in KIND)
        ):
            furthest = tokens[place].start
            break
    for start, stop in postcodes:
        if end <= start < furthest:
            return stop
    city = CITY_AFTER.match(text, end)
    return city.end() if city else end


def _leading_to_postcode(tokens: Sequence[Token], last: int) -> set[int]:
    """The words of "…, and the postcode is" behind an address."""
    leading: set[int] = set()
    for place in range(last + 1, min(len(tokens), last + REACH)):
        if tokens[place].text not in POSTCODE_CUES:
            continue
        before = place
        while before - 1 > last and tokens[before - 1].text in ("the", "and", "my", "with"):
            before -= 1
        behind = place
        while behind + 1 < len(tokens) and tokens[behind + 1].text in ("code", "is", "it's"):
            behind += 1
        leading.update(range(before, behind + 1))
    return leading
