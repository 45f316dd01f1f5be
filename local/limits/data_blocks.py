"""Data blocks: the limits of tables and charts; where sources disagree, the stricter value."""

from typing import Any

from local.limits.complaints import Complaints
from local.shapes import Json

MAX_TABLE_ROWS = 100
MAX_DATA_ROWS = 101  # one of them is the header
MAX_COLUMNS = 20
MAX_PARTS = 6
MAX_LABEL = 20


def table(complaints: Complaints, block: Json, at: str) -> None:
    """The plain table."""
    rows = complaints.items(block, "rows", at, most=MAX_TABLE_ROWS)
    _cells(complaints, rows, at, allowed=("raw_text", "rich_text", "raw_number"))
    complaints.items(block, "column_settings", at, most=MAX_COLUMNS, required=False)


def data_table(complaints: Complaints, block: Json, at: str) -> None:
    """The table that sorts and pages."""
    complaints.string(block, "caption", at, 2000, required=True, minimum=1)
    rows = complaints.items(block, "rows", at, most=MAX_DATA_ROWS, least=2)
    _cells(complaints, rows[:1], at, allowed=("raw_text",))
    _cells(complaints, rows, at, allowed=("raw_text", "rich_text", "raw_number"))
    if len({len(row) for row in rows if isinstance(row, list)}) > 1:
        complaints.add("all rows must have the same number of cells", f"{at}/rows")
    size = block.get("page_size", 5)
    if not (isinstance(size, int) and 1 <= size <= 100):
        complaints.add("must be between 1 and 100", f"{at}/page_size")


def _cells(complaints: Complaints, rows: list[Any], at: str, *, allowed: tuple[str, ...]) -> None:
    for index, row in enumerate(rows):
        where = f"{at}/rows/{index}"
        if not isinstance(row, list):
            complaints.add("must be an array", where)
            continue
        if not 1 <= len(row) <= MAX_COLUMNS:
            complaints.add(f"must have 1 to {MAX_COLUMNS} cells", where)
        for column, cell in enumerate(row):
            _cell(complaints, cell, f"{where}/{column}", allowed)


def _cell(complaints: Complaints, cell: Any, at: str, allowed: tuple[str, ...]) -> None:
    if not isinstance(cell, dict) or cell.get("type") not in allowed:
        complaints.add(f"must be one of: {', '.join(allowed)}", at)
    elif cell["type"] == "raw_text":
        complaints.string(cell, "text", at, 3000, required=True)
    elif cell["type"] == "raw_number" and not _is_number(cell.get("value")):
        complaints.add("must be a number", f"{at}/value")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def data_visualization(complaints: Complaints, block: Json, at: str) -> None:
    """A chart."""
    complaints.string(block, "title", at, 50, required=True, minimum=1)
    chart = block.get("chart")
    if not isinstance(chart, dict):
        complaints.add("missing required field: chart", at)
        return
    where = f"{at}/chart"
    if chart.get("type") == "pie":
        _points(complaints, chart, "segments", where, most=MAX_PARTS)
    elif chart.get("type") in ("bar", "area", "line"):
        _series(complaints, chart, where)
    else:
        complaints.add("must be one of: pie, bar, area, line", f"{where}/type")


def _series(complaints: Complaints, chart: Json, at: str) -> None:
    axis = chart.get("axis_config")
    if not isinstance(axis, dict):
        complaints.add("missing required field: axis_config", at)
        axis = {}
    categories = complaints.items(axis, "categories", f"{at}/axis_config", most=20)
    names: list[Any] = []
    for index, series in enumerate(complaints.items(chart, "series", at, most=MAX_PARTS)):
        where = f"{at}/series/{index}"
        if not isinstance(series, dict):
            complaints.add("must be an object", where)
            continue
        complaints.string(series, "name", where, MAX_LABEL, required=True, minimum=1)
        points = _points(complaints, series, "data", where, most=20)
        if categories and [p.get("label") for p in points] != categories:
            complaints.add("must have one point for each category", f"{where}/data")
        names.append(series.get("name"))
    if len(set(map(str, names))) != len(names):
        complaints.add("series names must be unique", f"{at}/series")


def _points(complaints: Complaints, holder: Json, field: str, at: str, *, most: int) -> list[Json]:
    points = [p for p in complaints.items(holder, field, at, most=most) if isinstance(p, dict)]
    for index, point in enumerate(points):
        where = f"{at}/{field}/{index}"
        complaints.string(point, "label", where, MAX_LABEL, required=True, minimum=1)
        value = point.get("value")
        if not _is_number(value):
            complaints.add("must be a number", f"{where}/value")
        elif field == "segments" and not float(value or 0) > 0:
            complaints.add("must be more than 0", f"{where}/value")
    return points
