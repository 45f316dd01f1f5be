"""A table without personal data: each cell is read on its own, behind its column's name.

As one text, numbers of two columns would become one, and what goes across them would take the
columns with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from skills.decode.tables import TableData
from skills.pii.span import Span

Place = tuple[int, int]


def take_out(table: TableData, kinds: Iterable[str]) -> tuple[TableData, list[Span]]:
    """The table with labels in place of what was found, and what that was."""
    from skills.pii.redaction import find, redact  # their patterns take a megabyte

    text, places = _lay_out(table)
    spans = find(text, kinds)
    inside = _inside(spans, [place for row in places for place in row])
    rows, found = [], []
    for row, there in zip(table.rows, places, strict=True):
        cells = []
        for cell, place in zip(row, there, strict=True):
            own = inside.get(place, [])
            cells.append(redact(cell, own) if own else cell)
            found += own
        rows.append(tuple(cells))
    return replace(table, rows=rows), found


def _lay_out(table: TableData) -> tuple[str, list[list[Place]]]:
    """The cells as one text that no number goes across, and where each of them stands in it."""
    parts: list[str] = []
    places: list[list[Place]] = []
    end = 0
    for row in table.rows:
        there: list[Place] = []
        for name, cell in zip(table.header, row, strict=True):
            before = f"{name}: " if table.named and cell else ""
            there.append((end + len(before), end + len(before) + len(cell)))
            parts.append(f"{before}{cell};\n" if cell else "")
            end += len(parts[-1])
        places.append(there)
    return "".join(parts), places


def _inside(spans: Sequence[Span], places: Sequence[Place]) -> dict[Place, list[Span]]:
    """What of the spans lies in each place, counted from its start; both are in order."""
    found: dict[Place, list[Span]] = {}
    waiting = iter(places)
    place = next(waiting, None)
    for span in spans:
        more = span.more
        while place is not None and place[0] < span.end:
            for piece in _piece(span, place, more=more):
                found.setdefault(place, []).append(piece)
                more = True
            if place[1] > span.end:
                break
            place = next(waiting, None)
    return found


def _piece(span: Span, place: Place, *, more: bool) -> Iterator[Span]:
    start, end = max(span.start, place[0]), min(span.end, place[1])
    if start < end:
        yield Span(start=start - place[0], end=end - place[0], kind=span.kind, more=more)
