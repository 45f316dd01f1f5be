"""Phone numbers, by the numbering plans of phonenumbers and by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from skills.pii.cues import cue_of
from skills.pii.numbers import Group
from skills.pii.runs import Run, digits_of, windows
from skills.pii.tokens import Token

REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "IE", "AU", "NL", "CH", "AT", "IN", "MX", "BR")
SHORTEST, LONGEST = 7, 15
NORTH_AMERICAN = (10, 11)
NORTH_AMERICAN_WRITTEN = re.compile(r"\d{3}(?:\) ?\d{3}[-. ]|([-.])\d{3}\1)\d{4}")
LEAST_ABROAD = 9  # digits behind a "+", whatever the country's plan says
LOCAL_LENGTHS = (10, 11, 7, 12, 9, 8)  # the usual ones first


def find_phones(text: str, tokens: Sequence[Token], run: Run) -> Iterator[tuple[int, int]]:
    """The phone numbers in a run, each as the groups from one to before another."""
    done = 0
    for start, ends in windows(run, least=SHORTEST, most=LONGEST):
        if start < done:
            continue
        end = next((end for end in ends if _is_phone(text, tokens, run[start:end])), 0)
        end = end or _local_end(text, tokens, run, start, ends)
        if end:
            yield start, end
            done = end


def plus_before(text: str, tokens: Sequence[Token], group: Group) -> bool:
    """Whether "+", "plus" or "00" says that a country's code begins here."""
    gap = text[max(0, group.start - 2) : group.start].rstrip()
    before = tokens[group.first - 1].text if group.first else ""
    return gap.endswith("+") or before == "plus"


def _is_phone(text: str, tokens: Sequence[Token], window: Run) -> bool:
    digits = digits_of(window)
    if not SHORTEST <= len(digits) <= LONGEST or not _is_one_number(text, window):
        return False
    if plus_before(text, tokens, window[0]):
        written = text[window[0].start - 1 : window[0].start] == "+"
        at_once = written and not any(group.loose for group in window[1:])
        return known(f"+{digits}") or (at_once and len(digits) >= LEAST_ABROAD)
    if digits.startswith("00") and known(f"+{digits[2:]}"):
        return True
    cue = cue_of(tokens, window[0].first, window[-1].last)
    if cue != "other" and _is_written_as_one(text, window):
        return True
    if cue == "phone":
        return likely(digits)
    if cue and not (cue == "card" and len(digits) <= 11):
        return cue != "other" and _looks_north_american(window) and known(digits)
    return _by_itself(window, digits)


def _is_one_number(text: str, window: Run) -> bool:
    """Whether it is no part of a word, and no list of years ("1654, 1665 and 1691")."""
    if window[0].glued or window[-1].glued:
        return False
    return not any(
        not one.spoken
        and not two.spoken
        and min(len(one.digits), len(two.digits)) > 1
        and ("," in (gap := text[one.end : two.start]) or "and" in gap)
        for one, two in pairwise(window)
    )


def _by_itself(window: Run, digits: str) -> bool:
    """Whether a number is one without any word that says so."""
    if len(digits) in NORTH_AMERICAN and _is_known_in(digits, "US"):
        return True
    return digits[0] == "0" and len(digits) >= 10 and known(digits)


def _local_end(
    text: str, tokens: Sequence[Token], run: Run, start: int, ends: Sequence[int]
) -> int:
    """Where a number of the own town ends, or one with a digit misheard; 0 for none."""
    best, end = len(LOCAL_LENGTHS), 0
    for last in ends:
        if end and last < len(run) == end:
            break  # all of it is one
        window = run[start:last]
        digits = digits_of(window)
        if len(digits) not in LOCAL_LENGTHS[:best] or not _is_one_number(text, window):
            continue
        if cue_of(tokens, window[0].first, window[-1].last) == "phone":
            best, end = LOCAL_LENGTHS.index(len(digits)), last
    return end


def _is_written_as_one(text: str, window: Run) -> bool:
    """Whether it stands there as "(123) 456-7890" or "123.456.7890": no plan needs to have it."""
    if not _looks_north_american(window) or any(group.spoken for group in window):
        return False
    return bool(NORTH_AMERICAN_WRITTEN.fullmatch(text, window[-3].start, window[-1].end))


def _looks_north_american(window: Run) -> bool:
    sizes = [len(group.digits) for group in window]
    return sizes[-3:] == [3, 3, 4] and len(sizes) <= 4


@lru_cache(maxsize=65_536)
def known(number: str) -> bool:
    """Whether a numbering plan has this number."""
    if number.startswith("+"):
        return _is_known_in(number, None)
    return any(_is_known_in(number, region) for region in REGIONS)


def likely(digits: str) -> bool:
    """Whether a number has the right length for some country's plan, beside a word that says so."""
    return 8 <= len(digits) <= 13 and known(digits)


@lru_cache(maxsize=65_536)
def _is_known_in(number: str, region: str | None) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
