"""Lines without personal data: a text whose lines a program wrapped, and that are to stay.

What goes on in the next line is found as if it stood in one, and taken out of each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from skills.decode.plain import lines_stand_alone
from skills.pii.redaction import find
from skills.pii.span import Span

GAP = re.compile(r"\s++")
LINE_END = re.compile(r"\r\n|\r|\n")
PIECE = re.compile(r"\S(?:[^\r\n]*\S)?")


def find_in_lines(text: str, kinds: Iterable[str]) -> list[Span]:
    """The personal data of the given kinds, in order; none goes across the end of a line."""
    wanted = frozenset(kinds)
    taken = bytearray(len(text))
    ends = ("\n",) if lines_stand_alone(text.splitlines()) else (" ", "\n")
    found = [each for end in ends for each in _left(text, _find(text, wanted, end=end), taken)]
    return sorted(found, key=lambda span: span.start)


def _find(text: str, kinds: Iterable[str], *, end: str) -> list[Span]:
    """What is found with `end` for the end of a line within a paragraph, and gaps of one blank.

    The patterns are not made for long gaps. The spans are places in the text itself.
    """
    begins, shifts, parts, place = [0], [0], list[str](), 0
    for gap in GAP.finditer(text):
        count = len(LINE_END.findall(gap[0]))
        short = "\n\n" if count > 1 else end if count else " "
        parts += [text[place : gap.start()], short]
        place = gap.end()
        if (shift := shifts[-1] + len(gap[0]) - len(short)) != shifts[-1]:
            begins.append(place - shift)
            shifts.append(shift)
    joined = "".join([*parts, text[place:]])

    def at(found: int) -> int:
        return found + shifts[bisect_right(begins, found) - 1]

    return [
        replace(each, start=at(each.start), end=at(each.end - 1) + 1)
        for each in find(joined, kinds)
    ]


def _left(text: str, spans: Sequence[Span], taken: bytearray) -> Iterator[Span]:
    """What is not yet taken of the spans, a piece a line, of which only the first counts."""
    for span in spans:
        more = span.more or any(taken[span.start : span.end])
        for start, end in span.free(taken):
            for piece in PIECE.finditer(text, start, end):
                yield Span(start=piece.start(), end=piece.end(), kind=span.kind, more=more)
                more = True
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
