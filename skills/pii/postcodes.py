"""Postcodes: British ones, and numbers as long as a ZIP code that are said to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skills.pii.address_words import CUES, MAYBE_STREETS, POSTCODE_CUES, STREETS
from skills.pii.cues import cue_before
from skills.pii.numbers import Group
from skills.pii.spelling import Spelled
from skills.pii.tokens import Token
from skills.pii.written_addresses import BRITISH, CITY

BRITISH_POSTCODE = re.compile(rf"(?<![\w-]){BRITISH}(?![\w-])")
SPELLED_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}")
Found = tuple[int, int]


def find_postcodes(
    text: str, tokens: Sequence[Token], starts: dict[int, Group], spelled: Sequence[Spelled]
) -> Iterator[Found]:
    """Postcodes by themselves: British ones, and what is said to be one."""
    index_of = {token.start: index for index, token in enumerate(tokens)}
    for match in BRITISH_POSTCODE.finditer(text):
        place = index_of.get(match.start())
        if place is None or cue_before(tokens, place, within=6) != "other":
            yield match.span()
    for each in spelled:
        for match in SPELLED_POSTCODE.finditer(each.text):
            first = each.tokens[match.start()]
            if each.whole(*match.span()) and _near(
                tokens, first, POSTCODE_CUES | STREETS | MAYBE_STREETS | CUES
            ):
                yield each.places[match.start()][0], each.places[match.end() - 1][1]
    for index, group in starts.items():
        if zip_length(starts, group) and _near(tokens, index, POSTCODE_CUES, within=5):
            before = starts.get(index - 1) or next(
                (one for one in starts.values() if one.last == index - 1), None
            )
            if before is None or before.loose:
                yield group.start, zip_end(text, starts, group)


def zip_length(starts: dict[int, Group], group: Group) -> int:
    """5 or 9 when the numbers that begin here are as long as a ZIP code, else 0."""
    digits, following = len(group.digits), starts.get(group.last + 1)
    while following is not None and digits < 5 and not following.glued:
        digits += len(following.digits)
        following = starts.get(following.last + 1)
    return digits if digits in (5, 9) else 0


def zip_end(text: str, starts: dict[int, Group], group: Group) -> int:
    """Where such a ZIP code ends: behind its four further digits, or the town of a German one."""
    digits = len(group.digits)
    while digits < 5:
        group = starts[group.last + 1]
        digits += len(group.digits)
    more = re.match(r"-\d{4}\b", text[group.end : group.end + 6])
    city = re.match(rf" {CITY}", text[group.end :]) if digits == 5 and not more else None
    german = city and text[: group.start].rstrip().endswith(",")
    return group.end + (more.end() if more else city.end() if city and german else 0)


def _near(tokens: Sequence[Token], index: int, cues: frozenset[str], *, within: int = 10) -> bool:
    return any(each.text in cues for each in tokens[max(0, index - within) : index])
