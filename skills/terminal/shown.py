"""A `Reply` in the terminal: the words, figures, points and tables that Slack would show."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

from core.reply import Chart, Point, Reply, Table

WIDEST = 100
WIDEST_CELL = 40
MOST_ROWS = 20
BAR = 30


def render_reply(reply: Reply, *, saved: bool = False) -> str:
    """Plain text, no colours, no wider than the terminal; `saved`: somebody keeps its files."""
    width = min(WIDEST, shutil.get_terminal_size().columns)
    return "\n".join(_lines(reply, width, saved)).rstrip() + "\n"


def _lines(reply: Reply, width: int, saved: bool) -> Iterator[str]:
    yield from _wrap(reply.text, width)
    if reply.figures:
        yield "   ".join(f"{figure.label}: {figure.value}" for figure in reply.figures)
    for point in reply.points:
        yield from _point(point, width)
    for section in reply.sections:
        yield section.title
        for point in section.points:
            yield from _point(point, width)
    for paragraph in reply.body.splitlines():
        yield from _wrap(paragraph, width)
    if reply.table is not None:
        yield from _table(reply.table)
    for chart in reply.every_chart:
        yield from _chart(chart)
    if reply.files and not saved:
        files = ", ".join(f"{file.name} ({len(file.content):,} bytes)" for file in reply.files)
        yield from _wrap(f"Files, which --save FOLDER keeps: {files}", width)
    for note in reply.notes:
        yield from _wrap(f"({note})", width)


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or [""]


def _point(point: Point, width: int) -> list[str]:
    source = f"  [{point.source}]" if point.source else ""
    return textwrap.wrap(
        point.text + source, width, initial_indent="• ", subsequent_indent="  "
    ) or ["•"]


def _table(table: Table) -> Iterator[str]:
    yield table.caption
    rows = [table.header, *table.rows[:MOST_ROWS]]
    cells = [[_short(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for number, row in enumerate(cells):
        yield _row(row, widths)
        if number == 0:
            yield _row(["-" * width for width in widths], widths)
    if len(table.rows) > MOST_ROWS:
        yield f"… and {len(table.rows) - MOST_ROWS:,} more rows"


def _short(cell: str) -> str:
    return textwrap.shorten(cell, WIDEST_CELL, placeholder="…")


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def _chart(chart: Chart) -> Iterator[str]:
    yield chart.title
    most = max((part.value for part in chart.slices), default=0.0) or 1.0
    name_width = max((len(part.label) for part in chart.slices), default=0)
    for part in chart.slices:
        yield f"{part.label:<{name_width}}  {'█' * round(BAR * part.value / most)} {part.value:g}"
