"""Runs: the numbers that belong together, with only fillers, a "yes" or punctuation between them.

A whole number may be one run, a part of one, or several runs where something else is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from skills.pii.fillers import is_filler
from skills.pii.numbers import UNITS, Group
from skills.pii.tokens import STOP, Token, words

Run = list[Group]
MOST_FILLERS, MOST_NODS = 9, 4
WHOLE, LONG = 6, 9  # digits in one go of what may be, and what is, all of a number
ENDS = re.compile(r"[.?!\n]")
SENTENCE = re.compile(r"[.!?]\s|\n")
# Between two written numbers: nothing that begins another sentence or thing.
JOINTS = re.compile(r"[\s\-–—./()\[\],;:…?!·_+|\"'’*#>]*")
QUANTITIES = frozenset(
    words(
        "minute minutes hour hours second seconds day days week weeks month months year years "
        "dollar dollars pound pounds euro euros cent cents percent people items pieces boxes "
        "units times miles kilometers kilometres meters metres feet inches degrees weeks' "
        "points stars users million billion thousand hundred bedroom grand bucks quid digits digit "
        "numbers letters characters"
    )
)
LOOSE = re.compile(r"[,;:?!…\n\[\]>|]|\.\s")


def make_runs(text: str, tokens: Sequence[Token], groups: Sequence[Group]) -> list[Run]:
    """The numbers that belong together."""
    runs: list[Run] = []
    ranging = -1  # the last token of "between nine thirty and eleven fifteen", so far
    for group in groups:
        following = tokens[group.last + 1].text if group.last + 1 < len(tokens) else ""
        between = [each.text for each in tokens[max(0, ranging + 1, group.first - 1) : group.first]]
        if between == ["between"] or (
            ranging >= 0 and group.first - ranging <= 2 and between in ([], ["and"])
        ):
            ranging = group.last
            continue
        if following in QUANTITIES:
            continue
        before = runs[-1][-1] if runs else None
        if before is not None and (loose := _joint(text, tokens, before, group)) is not None:
            again = group.spoken and text[group.start].isupper()  # "Four five?", to be sure
            runs[-1].append(replace(group, loose=loose or again))
        else:
            runs.append([group])
    return runs


def _joint(text: str, tokens: Sequence[Token], before: Group, group: Group) -> bool | None:
    """Whether two numbers are loosely joined; None when they have nothing to do with each other."""
    between = tokens[before.last + 1 : group.first]
    if len(between) > MOST_FILLERS or any(each.text == STOP for each in between):
        return None
    gap = text[before.end : group.start]
    if "+" in gap or ";" in gap or _begins_another(gap, before, group):
        return None
    places = range(before.last + 1, group.first)
    if not (
        all(is_filler(tokens, place) or tokens[place].text in UNITS for place in places)
        or _is_nod(text, tokens, before, group)
    ):
        return None
    if between:
        return True
    if len(gap) <= 6 and not JOINTS.fullmatch(gap):
        return None
    return bool(LOOSE.search(gap)) or before.spoken != group.spoken


def _begins_another(gap: str, before: Group, group: Group) -> bool:
    """Whether a sentence ends behind a whole number, or a number is said where one was written."""
    if not SENTENCE.search(gap):
        return False
    written = [len(each.digits) for each in (before, group) if not each.spoken]
    changed = before.spoken != group.spoken and max(written) >= WHOLE
    return changed or (not before.spoken and len(before.digits) >= LONG)


def _is_nod(text: str, tokens: Sequence[Token], before: Group, group: Group) -> bool:
    """Whether only a few words of the other person stand between, a line or a sentence."""
    between = tokens[before.last + 1 : group.first]
    if len(between) > MOST_NODS or any(each.cue for each in between):
        return False
    first, last = text[before.end : between[0].start], text[between[-1].end : group.start]
    return bool(ENDS.search(first) and ENDS.search(last)) and "?" not in last


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
