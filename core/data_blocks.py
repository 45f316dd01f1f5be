"""Tables and charts as Slack's own data blocks: their limits, and what is told of them in words.

Slack's sources disagree on the limits: six segments and labels of 20 characters hold in all of
them; a line takes twenty points.
"""

from __future__ import annotations

from typing import Any

from core.markup import clean, cut
from core.reply import Chart, Table

Block = dict[str, Any]

MAX_ROWS, MAX_COLUMNS, MAX_CHARTS = 20, 20, 2
MAX_CELL = 200
MAX_SLICES, MAX_POINTS = 6, 20
MAX_LABEL, MAX_TITLE = 20, 50


def table_block(table: Table) -> Block:
    """The header and the first rows and columns."""

    def cells(row: tuple[str, ...]) -> list[Block]:
        shown = [cut(clean(each), MAX_CELL) or "—" for each in row[:MAX_COLUMNS]]
        return [{"type": "raw_text", "text": each} for each in shown]

    rows = [cells(row) for row in (table.header, *table.rows[:MAX_ROWS])]
    return {"type": "table", "rows": rows}


def chart_block(chart: Chart) -> Block:
    """A pie, bars or a line."""
    points = [
        {"label": cut(clean(each.label), MAX_LABEL), "value": _number(each.value)}
        for each in chart.slices[: MAX_POINTS if chart.kind == "line" else MAX_SLICES]
    ]
    if chart.kind == "pie":
        drawing: Block = {"type": "pie", "segments": points}
    else:
        drawing = {
            "type": "line" if chart.kind == "line" else "bar",
            "series": [
                {"name": cut(clean(chart.series or chart.title), MAX_LABEL), "data": points}
            ],
            "axis_config": {"categories": [point["label"] for point in points]},
        }
    return {
        "type": "data_visualization",
        "title": cut(clean(chart.title), MAX_TITLE),
        "chart": drawing,
    }


def told(chart: Chart) -> list[str]:
    """A line a point, for who cannot see it."""
    most = MAX_POINTS if chart.kind == "line" else MAX_SLICES
    return [f"{each.label}: {each.value:g}" for each in chart.slices[:most]]


def _number(value: float) -> float:
    """3 instead of 3.0, as people count."""
    return int(value) if value == int(value) else value
