"""Redaction: where personal data stands in a text or a transcript, and the text without it.

`find` and `redact` are for texts, `find_in_words` and `seconds` for what was said when. What the
kinds are and how each is told from other numbers stands in `pii/`, one kind a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from skills.pii.addresses import find_addresses
from skills.pii.births import find_births
from skills.pii.cards import find_cards
from skills.pii.cues import spend, with_cues
from skills.pii.emails import find_emails
from skills.pii.identities import find_numbered, find_spelled
from skills.pii.mended import find_mended
from skills.pii.names import find_names
from skills.pii.numbers import Group, read_groups
from skills.pii.phones import find_phones, plus_before
from skills.pii.runs import Run, make_runs, without_echo
from skills.pii.span import LABELS, Span
from skills.pii.spelling import read_spelled
from skills.pii.tokens import Token, tokenize
from skills.timed import Timed

ALL_KINDS = frozenset(LABELS)
DEFAULT_KINDS = ALL_KINDS - {"name"}
# A word's time is known to a fifth of a second or so; what is written in digits takes longer to
# say than a word, and its time may have been cut to a word's length.
MARGIN, SECONDS_A_LETTER = 0.2, 0.6
EXTENSION = re.compile(r",?\s*(?:x|ext\.?|extension)\s*\d{1,6}\b", re.IGNORECASE)
Place = tuple[int, int]


def find(text: str, kinds: Iterable[str] = DEFAULT_KINDS) -> list[Span]:
    """The personal data of the given kinds, in order; none lies over another."""
    wanted = frozenset(kinds)
    chosen: list[Span] = []
    taken = bytearray(len(text) + 1)
    for each in _all(text, names="name" in wanted):
        if not any(taken[each.start : each.end]):
            taken[each.start : each.end] = b"\1" * (each.end - each.start)
            chosen.append(each)
        elif each.kind in ("address", "name", "account", "id"):
            chosen += _rest(each, taken)
    return sorted(_wanted(chosen, wanted), key=lambda span: span.start)


def _wanted(spans: Iterable[Span], kinds: frozenset[str]) -> Iterator[Span]:
    return (each for each in spans if each.kind in kinds)


def _rest(span: Span, taken: bytearray) -> Iterator[Span]:
    """What of an address or a name is left beside what was found in it."""
    for start, end in span.free(taken):
        if end - start > 2:
            yield Span(start=start, end=end, kind=span.kind, more=True)
            taken[start:end] = b"\1" * (end - start)


def _all(text: str, *, names: bool) -> Iterator[Span]:
    """Everything that could be personal data, the surest first."""
    for start, end in find_emails(text):
        yield Span(start=start, end=end, kind="email")
    for start, end in find_births(text):
        yield Span(start=start, end=end, kind="birth")
    tokens = with_cues(tokenize(text))
    groups = read_groups(text, tokens)
    runs = make_runs(text, tokens, groups)
    tokens = spend(tokens, runs)
    spelled = read_spelled(text, tokens, groups, _echoes(runs))
    for each in spelled:
        for kind, first, last in find_spelled(tokens, each):
            yield from _pieces(text, each.places[first:last], kind)
    addresses = [
        Span(start=start, end=end, kind="address")
        for start, end in find_addresses(text, tokens, groups, spelled)
    ]
    yield from sorted(addresses, key=lambda span: span.start - span.end)
    for run in runs:
        yield from _numbers(text, tokens, run)
    if names:
        for start, end in sorted(find_names(text), key=lambda found: found[0] - found[1]):
            if end > start:
                yield Span(start=start, end=end, kind="name")


def _echoes(runs: Iterable[Run]) -> set[int]:
    """Where the numbers begin that are only said again."""
    return {run[index].first for run in runs for index in {*range(len(run))} - {*without_echo(run)}}


def _numbers(text: str, tokens: Sequence[Token], run: Run) -> Iterator[Span]:
    """What is in a run of numbers: cards, then ids, then phones in what is left of it."""
    used: set[int] = set()
    found = [
        ("card", first, last)
        for first, last in find_cards(tokens, run)
        if not plus_before(text, tokens, run[first])
    ]
    kept = [*without_echo(run), len(run)]
    following = dict(pairwise(kept))
    once = [run[index] for index in kept[:-1]]
    if not found:
        ids = find_numbered(text, tokens, once)
        found = [(kind, kept[first], kept[last]) for kind, first, last in ids]
    for kind, first, last in found:
        used.update(range(first, last))
        yield from _pieces(text, _places(run[first:last]), kind)
        end = find_mended(text, tokens, run, last)
        if end > last:
            used.update(range(last, end))
            yield from _pieces(text, _places(run[last:end]), kind, more=True)
    for rest in _left(kept[:-1], used):
        for first, last in find_phones(text, tokens, [run[index] for index in rest]):
            end = following[rest[last - 1]]
            yield from _pieces(text, _phone_places(text, tokens, run[rest[first] : end]), "phone")
            mended = find_mended(text, tokens, run, end)
            if mended > end:
                yield from _pieces(text, _places(run[end:mended]), "phone", more=True)


def _left(indices: Sequence[int], used: set[int]) -> Iterator[list[int]]:
    """The groups that were not used, as far as nothing that was used stands between them."""
    rest: list[int] = []
    for index in indices:
        if index not in used:
            rest.append(index)
        elif rest:
            yield rest
            rest = []
    if rest:
        yield rest


def _phone_places(text: str, tokens: Sequence[Token], groups: Sequence[Group]) -> list[Place]:
    """Where a number stands, with its "plus" and its extension."""
    places = _places(groups)
    if plus_before(text, tokens, groups[0]):
        places[0] = (_plus_start(text, tokens, groups[0]), places[0][1])
    if extension := EXTENSION.match(text, groups[-1].end):
        places[-1] = (places[-1][0], extension.end())
    return places


def _plus_start(text: str, tokens: Sequence[Token], group: Group) -> int:
    sign = text.rfind("+", max(0, group.start - 2), group.start)
    return sign if sign >= 0 else tokens[group.first - 1].start


def _places(groups: Sequence[Group]) -> list[Place]:
    return [(group.start, group.end) for group in groups]


def _pieces(text: str, places: Sequence[Place], kind: str, *, more: bool = False) -> Iterator[Span]:
    """One span where only signs lie between the parts of a number, more where words do.

    `more`: they go on from a number before.
    """
    start, end = places[0]
    for (_, before), (begin, stop) in pairwise([places[0], *places]):
        gap = text[before:begin]
        if begin > before and ("\n" in gap or any(letter.isalnum() for letter in gap)):
            yield Span(start=start, end=end, kind=kind, more=more)
            start, more = begin, True
        end = max(end, stop)
    if text[start - 1 : start] == "(" and ")" in text[start:end]:
        start -= 1
    yield Span(start=start, end=end, kind=kind, more=more)


def redact(text: str, spans: Iterable[Span]) -> str:
    """The text with "[card number]" and the like in place of what was found."""
    parts, place = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        parts += [text[place : span.start], f"[{LABELS[span.kind]}]"]
        place = span.end
    return "".join([*parts, text[place:]])


def count(spans: Iterable[Span]) -> dict[str, int]:
    """How many of each kind, in the kinds' order; what was said in pieces counts once."""
    found = Counter(span.kind for span in spans if not span.more)
    return {kind: found[kind] for kind in LABELS if found[kind]}


def lay_out(words: Sequence[Timed]) -> tuple[str, list[tuple[int, int]]]:
    """Timed words as one text, with the place of each in it."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    end = 0
    for word in words:
        written = word.text if not parts or word.text[:1].isspace() else f" {word.text}"
        parts.append(written)
        places.append((end + len(written) - len(written.lstrip()), end + len(written)))
        end += len(written)
    return "".join(parts), places


def find_in_words(words: Sequence[Timed], kinds: Iterable[str] = DEFAULT_KINDS) -> list[Span]:
    """The personal data in what was said; the spans are places in the text of `lay_out`."""
    return find(lay_out(words)[0], kinds)


def seconds(words: Sequence[Timed], spans: Iterable[Span]) -> list[tuple[float, float]]:
    """When the spans of `find_in_words` are said, with a margin; what touches is one."""
    _, places = lay_out(words)
    times: list[tuple[float, float]] = []
    for span in sorted(spans, key=lambda span: span.start):
        said = [n for n, (start, end) in enumerate(places) if start < span.end and span.start < end]
        if not said:
            continue
        start, end = _said_from(words, said[0]), _said_to(words, said[-1])
        if times and start <= times[-1][1] + MARGIN:
            times[-1] = (times[-1][0], max(end, times[-1][1]))
        else:
            times.append((start, end))
    return [(round(start, 3), round(end, 3)) for start, end in times]


def _longer(word: Timed) -> float:
    """How much longer than it seems a word with digits may take."""
    letters = sum(letter.isalnum() for letter in word.text)
    numbered = any(letter.isdigit() or letter == "@" for letter in word.text)
    return letters * SECONDS_A_LETTER if numbered else 0.0


def _said_from(words: Sequence[Timed], index: int) -> float:
    start = words[index].start
    before = words[index - 1].end if index else 0.0
    return max(0.0, min(start, max(before, start - _longer(words[index]))) - MARGIN)


def _said_to(words: Sequence[Timed], index: int) -> float:
    end = words[index].end
    last = index + 1 == len(words)
    most = end + _longer(words[index])
    return max(end, most if last else min(words[index + 1].start, most)) + MARGIN
