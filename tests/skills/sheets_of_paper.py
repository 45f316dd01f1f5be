"""PDF pages of any size and turn, with headings, columns and page labels, made by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.skills.papers import assemble

LEADING = 14
SIZE, HEADING_SIZE = 11, 16
TOP = 92  # points from the upper edge to the first line


@dataclass(kw_only=True)
class Sheet:
    """One page; `turned` is how far a viewer turns it, in degrees."""

    width: int = 612
    height: int = 792
    turned: int = 0
    content: list[str] = field(default_factory=list)
    y: float = 0.0

    def __post_init__(self) -> None:
        self.y = self.seen_height - TOP

    @property
    def seen_height(self) -> int:
        return self.width if self.turned in (90, 270) else self.height

    def place(self, x: float, y: float, text: str, *, size: int = SIZE) -> None:
        """One line at a place as it is seen."""
        clean = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        matrices = {
            0: f"1 0 0 1 {x} {y}",
            90: f"0 1 -1 0 {self.width - y} {x}",
            270: f"0 -1 1 0 {y} {self.height - x}",
        }
        self.content.append(f"BT /F {size} Tf {matrices[self.turned]} Tm ({clean}) Tj ET")

    def heading(self, text: str) -> None:
        """A line in larger letters."""
        self.place(72, self.y, text, size=HEADING_SIZE)
        self.y -= 2 * LEADING

    def paragraph(self, text: str, *, x: float = 72, letters: int = 80) -> None:
        """Lines below what is there, and a gap."""
        for line in textwrap.wrap(text, letters):
            self.place(x, self.y, line)
            self.y -= LEADING
        self.y -= LEADING

    def columns(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Two columns whose lines are written in turn, as some programs do."""
        lines = [
            [line for text in side for line in [*textwrap.wrap(text, 38), ""]]
            for side in (left, right)
        ]
        top = self.y
        for number in range(max(map(len, lines))):
            for side, x in zip(lines, (60, 330), strict=True):
                if number < len(side) and side[number]:
                    self.place(x, top - LEADING * number, side[number])

    def table(self, rows: Sequence[Sequence[str]], *, width: int = 130) -> None:
        """Cells in columns."""
        for row in rows:
            for number, cell in enumerate(row):
                self.place(72 + width * number, self.y, cell)
            self.y -= LEADING
        self.y -= LEADING


def write_sheets(path: Path, sheets: Sequence[Sheet], *, roman: int = 0) -> Path:
    """The PDF; its first `roman` pages are numbered i, ii, …, and the rest from 1."""
    labels = (
        f"/PageLabels << /Nums [0 << /S /r >> {roman} << /S /D >>] >>" if roman else ""
    ).encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R %s >>" % labels, b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    numbers = []
    for sheet in sheets:
        content = "\n".join(sheet.content).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>"
            % (sheet.width, sheet.height, sheet.turned, len(objects))
        )
        numbers.append(len(objects))
    kids = " ".join(f"{number} 0 R" for number in numbers).encode()
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(numbers))
    path.write_bytes(assemble(objects, locked=False))
    return path
