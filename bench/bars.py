"""The picture: one bar a figure, how many times better than the peer, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

WIDTH, ROW, TOP, BOTTOM = 960, 34, 86, 34
LEFT, RIGHT = 205, 250  # for the names, and for the values
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
INK, FAINT, GRID, OURS, WORSE = "#1d1c1d", "#616061", "#e4e3e4", "#2b7a5f", "#b4552d"


def draw(results: Mapping[str, Mapping[str, Any]]) -> str:
    """An SVG of all figures that have a peer."""
    rows = [(name, each) for name, each in results.items() if each["ratio"]]
    most = max([2.0, *(each["ratio"] for _, each in rows)])
    height = TOP + ROW * len(rows) + BOTTOM
    parts = [*_frame(height, most), *_bars(rows, most)]
    inside = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" '
        f'aria-label="How many times better than the peer, a bar for each figure" '
        f'font-family="system-ui, -apple-system, Segoe UI, sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{height}" rx="10" fill="#ffffff"/>\n{inside}\n</svg>\n'
    )


def _frame(height: int, most: float) -> Iterator[str]:
    yield _text(24, 34, "How many times better than the peer", size=18, weight=700)
    yield _text(24, 55, "Same machine, same run, same inputs, interleaved; medians", fill=FAINT)
    for step in STEPS:
        if step <= most * 1.05:
            x = _x(step, most)
            color = FAINT if step == 1 else GRID
            yield (
                f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{height - BOTTOM + 4}" '
                f'stroke="{color}"/>'
            )
            yield _text(x, height - 12, f"{step}×", fill=FAINT, anchor="middle", size=11)


def _bars(rows: list[tuple[str, Mapping[str, Any]]], most: float) -> Iterator[str]:
    for number, (name, each) in enumerate(rows):
        y = TOP + ROW * number
        one, end = _x(1, most), _x(each["ratio"], most)
        color = OURS if each["ratio"] >= 1 else WORSE
        start, width = min(one, end), max(2.0, abs(end - one))
        yield _text(LEFT - 14, y + 18, name, anchor="end", weight=600)
        yield (
            f'<rect x="{start:.1f}" y="{y + 3}" width="{width:.1f}" height="{ROW - 12}" rx="4" '
            f'fill="{color}"/>'
        )
        x = max(one, end) + 8
        yield _text(x, y + 18, f"{_number(each['ratio'])}×", weight=700, fill=color)
        values = f"{_number(each['ours'])} against {_number(each['peer'])} {each['unit']}"
        yield _text(WIDTH - 20, y + 18, values, anchor="end", fill=FAINT, size=12)


def _x(ratio: float, most: float) -> float:
    """Where a ratio stands; worse than half as good is drawn as that."""
    least = 0.5
    share = math.log(max(least, ratio) / least) / math.log(max(most, 2.0) / least)
    return LEFT + share * (WIDTH - LEFT - RIGHT - 60)


def _text(
    x: float,
    y: float,
    words: str,
    *,
    fill: str = INK,
    anchor: str = "start",
    weight: int = 400,
    size: int = 13,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y}" fill="{fill}" text-anchor="{anchor}" '
        f'font-weight="{weight}" font-size="{size}">{escape(words)}</text>'
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
