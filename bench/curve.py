"""Curves as SVG by hand: small panels with logarithmic axes, readable on light and dark pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log10

WIDTH, HEIGHT = 450, 270
LEFT, RIGHT, TOP, BOTTOM = 58, 60, 34, 40
ACROSS = (10.0, 10_000.0)
UP = (0.01, 36_000.0)
X_MARKS = {10.0: "10", 100.0: "100", 1_000.0: "1,000", 10_000.0: "10,000"}
Y_MARKS = {0.01: "10 ms", 0.1: "0.1 s", 1.0: "1 s", 10.0: "10 s", 60.0: "1 min", 600.0: "10 min",
           3_600.0: "1 h"}  # fmt: skip
TOGETHER = 12  # less than a line of text apart
COLOURS = ("#c2410c", "#b45309", "#4d7c0f", "#0f766e", "#1d4ed8", "#7e22ce")
INK, GRID = "#6b7280", "#9ca3af40"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Points (across, up) with a name at the last of them."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One diagram."""

    title: str
    lines: Sequence[Line]


def draw(panels: Sequence[Panel]) -> str:
    """The panels in rows of two."""
    rows = -(-len(panels) // 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {rows * HEIGHT}" '
        'font-family="system-ui, sans-serif" font-size="11" role="img" '
        'aria-label="Waiting, p95 of the busiest hour, by employees and workers">'
    ]
    for place, panel in enumerate(panels):
        x, y = place % 2 * WIDTH, place // 2 * HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _panel(panel: Panel) -> list[str]:
    parts = [_text(LEFT, 18, panel.title, weight="600")]
    for value, name in X_MARKS.items():
        x = _x(value)
        parts += [_rule(x, TOP, x, HEIGHT - BOTTOM), _text(x, HEIGHT - 24, name, anchor="middle")]
    for value, name in Y_MARKS.items():
        y = _y(value)
        parts += [_rule(LEFT, y, WIDTH - RIGHT, y), _text(LEFT - 6, y + 4, name, anchor="end")]
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "employees", anchor="middle"))
    parts.append(_text(WIDTH - RIGHT + 4, TOP - 4, "workers"))
    ends: dict[int, list[tuple[str, str]]] = {}
    for line, colour in zip(panel.lines, COLOURS, strict=False):
        path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in line.points)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" '
            'stroke-linejoin="round"/>'
        )
        height = round(_y(line.points[-1][1]) / TOGETHER)
        ends.setdefault(height, []).append((line.name, colour))
    return parts + [_name(height * TOGETHER, named) for height, named in ends.items()]


def _name(y: float, named: Sequence[tuple[str, str]]) -> str:
    """Beside the end of a curve its name; of curves that end together, the first and the last."""
    first, (last, colour) = named[0][0], named[-1]
    said = last if len(named) == 1 else f"{first}–{last}"
    return _text(WIDTH - RIGHT + 6, y + 4, said, colour=colour, weight="600")


def _x(value: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * _share(value, *ACROSS)


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * _share(value, *UP)


def _share(value: float, least: float, most: float) -> float:
    """Where on a logarithmic axis, 0..1."""
    inside = min(max(value, least), most)
    return (log10(inside) - log10(least)) / (log10(most) - log10(least))


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{GRID}"/>'


def _text(
    x: float, y: float, said: str, *, anchor: str = "start", colour: str = INK, weight: str = "400"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" '
        f'font-weight="{weight}">{escape(said)}</text>'
    )
