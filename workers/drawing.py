"""Drawing: a chart as a PNG, for workspaces whose Slack draws none.

Every part has its name and its figure beside it, so that nothing is told by colour alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil, cos, floor, log10, pi, sin
from typing import TYPE_CHECKING

from core.data_blocks import MAX_LABEL, MAX_TITLE, shown_slices, spoken
from core.markup import clean, cut
from core.reply import Attachment, Chart, Slice

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

    Font = FreeTypeFont | ImageFont

WIDTH, HEIGHT = 1200, 600
FINER = 2  # drawn so many times larger, and made smaller for smooth edges
LEFT, RIGHT, TOP, BOTTOM = 90, 40, 100, 70
RADIUS, HOLE = 170, 85
SIZE, TITLE_SIZE, LINE = 24, 32, 34
INK, PALE, GRID, PAPER = "#1d1c1d", "#616061", "#dddddd", "#ffffff"
COLOURS = ("#1264a3", "#8a8d91", "#d1495b", "#e0a030", "#2e8b6f", "#7c3aed")
# What a system has; the font that comes with Pillow knows little more than English.
FONTS = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "Arial.ttf")


def draw_chart(chart: Chart) -> Attachment:
    """The picture of a pie, bars or a line, described in words for who cannot see it."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    sheet = Sheet(ImageDraw.Draw(image))
    title = cut(clean(chart.title), MAX_TITLE)
    sheet.text((WIDTH / 2, 28), title, size=TITLE_SIZE, anchor="mt")
    slices = shown_slices(chart)
    if chart.kind == "pie":
        _pie(sheet, slices)
    else:
        _axes(sheet, slices, line=chart.kind == "line")
    out = BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    name = re.sub(r"[^\w-]+", " ", title.split(",")[0]).strip().lower() or "chart"
    return Attachment(name=f"{name}.png", content=out.getvalue(), alt=spoken(chart))


class Sheet:
    """Draws in the finished picture's own measures."""

    def __init__(self, draw: ImageDraw) -> None:
        self.draw = draw
        self._fonts: dict[int, Font] = {}

    def text(
        self, at: tuple[float, float], words: str, *, size: int = SIZE, anchor: str = "mm",
        fill: str = INK,
    ) -> None:  # fmt: skip
        font = self._font(size)
        place = (at[0] * FINER, at[1] * FINER)
        # A rim of paper keeps it legible where a line crosses it.
        self.draw.text(
            place, _legible(words, font), font=font, anchor=anchor, fill=fill,
            stroke_width=2 * FINER, stroke_fill=PAPER,
        )  # fmt: skip

    def width(self, words: str) -> float:
        font = self._font(SIZE)
        return float(self.draw.textlength(_legible(words, font), font=font)) / FINER

    def line(self, points: Sequence[tuple[float, float]], *, fill: str, width: int = 2) -> None:
        scaled = [(x * FINER, y * FINER) for x, y in points]
        self.draw.line(scaled, fill=fill, width=width * FINER, joint="curve")

    def box(self, corners: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, top, right, bottom = corners
        return left * FINER, top * FINER, right * FINER, bottom * FINER

    def _font(self, size: int) -> Font:
        if size not in self._fonts:
            self._fonts[size] = _load_font(size * FINER)
        return self._fonts[size]


def _load_font(size: int) -> Font:
    from PIL import ImageFont

    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _legible(words: str, font: Font) -> str:
    """What the font can show: Pillow's own has hardly a letter with an accent."""
    if str(getattr(font, "path", "")).endswith(FONTS):
        return words
    plain = unicodedata.normalize("NFKD", words.replace("…", "...")).encode("ascii", "ignore")
    return plain.decode()


def _pie(sheet: Sheet, slices: Sequence[Slice]) -> None:
    """A ring; beside each part its name, figure and share, moved apart where they would meet."""
    total = sum(each.value for each in slices)
    if total <= 0:
        return
    middle = (WIDTH / 2, (HEIGHT + TOP / 2) / 2)
    ring = sheet.box((
        middle[0] - RADIUS, middle[1] - RADIUS, middle[0] + RADIUS, middle[1] + RADIUS
    ))  # fmt: skip
    start = -90.0
    sides: dict[bool, list[tuple[float, float, str]]] = {False: [], True: []}
    for place, each in enumerate(slices):
        share = each.value / total
        end = start + 360 * share
        sheet.draw.pieslice(ring, start, end, fill=COLOURS[place], outline=PAPER, width=3 * FINER)
        angle = (start + end) / 2 * pi / 180
        label = f"{cut(clean(each.label), MAX_LABEL)}: {_figure(each.value)} ({share:.0%})".replace(
            "%", " %"
        )
        sides[cos(angle) >= 0].append((sin(angle), cos(angle), label))
        start = end
    hole = sheet.box((middle[0] - HOLE, middle[1] - HOLE, middle[0] + HOLE, middle[1] + HOLE))
    sheet.draw.ellipse(hole, fill=PAPER)
    sheet.text(middle, _figure(total), size=TITLE_SIZE)
    for right, parts in sides.items():
        _labels(sheet, middle, sorted(parts), right=right)


def _labels(
    sheet: Sheet,
    middle: tuple[float, float],
    parts: Sequence[tuple[float, float, str]],
    *,
    right: bool,
) -> None:
    """The labels of one side, from above, each with a line to its part."""
    lowest = float("-inf")
    sign = 1 if right else -1
    for sine, cosine, label in parts:
        edge = (middle[0] + RADIUS * cosine, middle[1] + RADIUS * sine)
        y = max(middle[1] + (RADIUS + 20) * sine, lowest + LINE)
        lowest = y
        x = middle[0] + sign * (RADIUS + 50)
        sheet.line([edge, (x - sign * 10, y)], fill=PALE)
        sheet.text((x, y), label, anchor="lm" if right else "rm")


def _axes(sheet: Sheet, slices: Sequence[Slice], *, line: bool) -> None:
    """Bars or a line above their names, each point with its figure."""
    most = max((each.value for each in slices), default=0.0)
    least = min((0.0, *(each.value for each in slices)))
    step = _step(most - least)
    low, high = floor(least / step) * step, max(ceil(most / step), 1) * step
    bottom, room = HEIGHT - BOTTOM, (WIDTH - LEFT - RIGHT) / max(1, len(slices))

    def height(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - TOP)

    for number in range(round((high - low) / step) + 1):
        value = low + number * step
        sheet.line([(LEFT, height(value)), (WIDTH - RIGHT, height(value))], fill=GRID)
        sheet.text((LEFT - 12, height(value)), _figure(value), anchor="rm", fill=PALE)
    points = [
        (LEFT + room * (place + 0.5), height(each.value)) for place, each in enumerate(slices)
    ]
    if line and points:
        sheet.line(points, fill=COLOURS[0], width=4)
    for (x, y), each in zip(points, slices, strict=True):
        _mark(sheet, x, y, zero=height(0.0), half=0 if line else min(60.0, 0.3 * room))
        sheet.text((x, y - 14), _figure(each.value), anchor="mb")
    labels = [cut(clean(each.label), MAX_LABEL) for each in slices]
    for place, label in _fitting(sheet, labels, room):
        sheet.text((points[place][0], bottom + 18), label, anchor="mt")


def _mark(sheet: Sheet, x: float, y: float, *, zero: float, half: float) -> None:
    """A bar `half` to both sides; a dot where it has no width."""
    if half:
        corners = (x - half, min(y, zero), x + half, max(y, zero))
        sheet.draw.rectangle(sheet.box(corners), fill=COLOURS[0])
    else:
        sheet.draw.ellipse(sheet.box((x - 6, y - 6, x + 6, y + 6)), fill=COLOURS[0])


def _fitting(sheet: Sheet, labels: Sequence[str], room: float) -> Iterator[tuple[int, str]]:
    """As many of the labels as fit side by side, at even steps."""
    widest = max((sheet.width(each) for each in labels), default=0.0) + 16
    yield from list(enumerate(labels))[:: max(1, ceil(widest / room))]


def _step(span: float) -> float:
    """1, 2 or 5 times a power of ten, of which four to ten make the span."""
    if span <= 0:
        return 1.0
    rough = float(10 ** floor(log10(span / 4)))
    return next(rough * each for each in (5, 2, 1) if span / (rough * each) >= 4)


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"
