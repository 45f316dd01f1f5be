"""Tables and charts as Slack's own data blocks, or in words where a workspace lacks these.

Slack's sources disagree on the limits: six segments of a pie and labels of 20 characters hold in
all of them; a line takes twenty points, and so do bars.
"""

from __future__ import annotations

from core.elements import Block
from core.markup import clean, cut
from core.reply import Chart, Slice, Table

MAX_ROWS, MAX_COLUMNS, MAX_CHARTS = 20, 20, 2
MAX_CELL = 200
MAX_SLICES, MAX_POINTS = 6, 20
MAX_LABEL, MAX_TITLE = 20, 50
WIDEST_CELL = 30  # characters, where the rows of a table are written as text


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
        for each in shown_slices(chart)
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


def shown_slices(chart: Chart) -> tuple[Slice, ...]:
    """As many as a chart holds."""
    return chart.slices[: MAX_SLICES if chart.kind == "pie" else MAX_POINTS]


def told(chart: Chart) -> list[str]:
    """A line a point, for who cannot see it."""
    return [f"{each.label}: {each.value:g}" for each in shown_slices(chart)]


def spoken(chart: Chart) -> str:
    """The chart in a sentence, for who cannot see its picture."""
    return _sentence(chart_block(chart))


def in_words(block: Block) -> str | None:
    """What a data block says, the rows of a table below each other; None for any other block."""
    if block["type"] == "table":
        return _aligned([[cell["text"] for cell in row] for row in block["rows"]])
    return _sentence(block) if block["type"] == "data_visualization" else None


def _sentence(block: Block) -> str:
    drawing = block["chart"]
    points = drawing["segments"] if drawing["type"] == "pie" else drawing["series"][0]["data"]
    said = ", ".join(f"{point['label']}: {point['value']:g}" for point in points)
    return f"{block['title']}: {said}."


def _aligned(rows: list[list[str]]) -> str:
    """Columns that stand below each other in letters of one width."""
    short = [[cut(cell.replace("\n", " "), WIDEST_CELL) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*short, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in short
    )


def _number(value: float) -> float:
    """3 instead of 3.0, as people count."""
    return int(value) if value == int(value) else value
