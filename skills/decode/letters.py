"""Letters: text recognition (PP-OCR) on a picture: where lines stand, and what they say.

Two networks in ONNX: one paints where text is, the other reads a line cut out of the picture. Their
weights come with a package and are checked against the lock file. No other library of pictures is
needed: pages are upright and set straight (skew.py), so boxes around what is painted are enough.
Turned text and vertical scripts are not read. It runs in the sandbox only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 1_280  # of the picture in which text is looked for
STEP = 32  # the network halves five times
MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
PAINTED, LEAST_PAINTED = 0.3, 0.5  # of a point, and on average of a box
SMALLEST = 4  # points
GROWN = 1.6  # what is painted is narrower than the letters: PP-OCR's own figure
HEIGHT, WIDEST = 48, 2_400  # of a line as the second network sees it
LINES_AT_ONCE = 8
LEAST_SURE = 0.5
MOST_LINES = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A line of text with its box in points of the picture, y downwards; `sure` is 0..1."""

    text: str
    sure: float
    left: float
    top: float
    right: float
    bottom: float


class Letters:
    """The loaded networks."""

    def __init__(self, *, finder: Any, reader: Any, alphabet: Sequence[str]) -> None:
        self._finder = finder
        self._reader = reader
        self._alphabet = alphabet

    def read(self, pixels: NDArray[Any]) -> list[Seen]:
        """The lines on a picture (rows × columns × 3 bytes), from top to bottom."""
        boxes = sorted(self._find(pixels), key=lambda box: (box[1], box[0]))[:MOST_LINES]
        order = sorted(range(len(boxes)), key=lambda place: _shape(boxes[place]))
        seen: list[Seen | None] = [None] * len(boxes)
        for start in range(0, len(order), LINES_AT_ONCE):
            part = order[start : start + LINES_AT_ONCE]
            said = self._say([_cut(pixels, boxes[place]) for place in part])
            for place, (text, sure) in zip(part, said, strict=True):
                if text.strip() and sure >= LEAST_SURE:
                    left, top, right, bottom = boxes[place]
                    seen[place] = Seen(
                        text=text.strip(), sure=sure, left=left, top=top, right=right, bottom=bottom
                    )
        return [each for each in seen if each is not None]

    def _find(self, pixels: NDArray[Any]) -> Iterator[tuple[float, float, float, float]]:
        """Boxes around lines: left, top, right, bottom."""
        import numpy
        from PIL import Image

        rows, columns = pixels.shape[:2]
        scale = min(1.0, LONGEST / max(rows, columns))
        size = [max(STEP, round(side * scale / STEP) * STEP) for side in (columns, rows)]
        small = numpy.asarray(Image.fromarray(pixels).resize((size[0], size[1])))
        given = (small.astype(numpy.float32) / 255 - MEAN) / SPREAD
        given = given.transpose(2, 0, 1)[None].astype(numpy.float32)
        (painted,) = self._finder.run(None, {self._finder.get_inputs()[0].name: given})
        chances = painted[0, 0]
        across, down = columns / size[0], rows / size[1]
        for left, top, right, bottom in _components(chances > PAINTED):
            width, height = right - left, bottom - top
            if min(width, height) < SMALLEST or height > 2 * width:
                continue
            if chances[top:bottom, left:right].mean() < LEAST_PAINTED:
                continue
            more = width * height * GROWN / (2 * (width + height))
            yield (
                max(0.0, (left - more) * across),
                max(0.0, (top - more) * down),
                min(float(columns), (right + more) * across),
                min(float(rows), (bottom + more) * down),
            )

    def _say(self, lines: Sequence[NDArray[Any]]) -> list[tuple[str, float]]:
        """What each cut-out line says, and how sure that is."""
        import numpy

        widest = max(line.shape[1] for line in lines)
        given = numpy.zeros((len(lines), 3, HEIGHT, widest), dtype=numpy.float32)
        for place, line in enumerate(lines):
            given[place, :, :, : line.shape[1]] = line.transpose(2, 0, 1) / 127.5 - 1
        (chances,) = self._reader.run(None, {self._reader.get_inputs()[0].name: given})
        return [_decode(each, self._alphabet) for each in chances]


def _decode(chances: NDArray[Any], alphabet: Sequence[str]) -> tuple[str, float]:
    """CTC, greedily: repeated signs are one, and the sign 0 parts them."""
    signs = chances.argmax(axis=1)
    best = chances.max(axis=1)
    kept = [
        place
        for place, sign in enumerate(signs)
        if sign and (place == 0 or sign != signs[place - 1])
    ]
    text = "".join(alphabet[signs[place]] for place in kept if signs[place] < len(alphabet))
    return text, float(sum(best[place] for place in kept) / len(kept)) if kept else 0.0


def _shape(box: tuple[float, float, float, float]) -> float:
    """How long a line is for its height: lines of one batch are padded to the longest."""
    return (box[2] - box[0]) / max(1.0, box[3] - box[1])


def _cut(pixels: NDArray[Any], box: tuple[float, float, float, float]) -> NDArray[Any]:
    """A line out of the picture, as high as the network wants it."""
    import numpy
    from PIL import Image

    left, top, right, bottom = (round(side) for side in box)
    piece = pixels[top : max(bottom, top + 1), left : max(right, left + 1)]
    width = min(WIDEST, max(8, round(piece.shape[1] * HEIGHT / piece.shape[0])))
    resized = Image.fromarray(numpy.ascontiguousarray(piece)).resize((width, HEIGHT))
    return numpy.asarray(resized, dtype=numpy.float32)


def _components(mask: NDArray[Any]) -> list[tuple[int, int, int, int]]:
    """Boxes (left, top, right, bottom) around what hangs together, by joining runs of rows."""
    import numpy

    edges = numpy.diff(numpy.pad(mask.astype(numpy.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = numpy.nonzero(edges == 1)
    ends = numpy.nonzero(edges == -1)[1]
    runs = list(zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True))
    roots = list(range(len(runs)))

    def root(place: int) -> int:
        while roots[place] != place:
            roots[place] = roots[roots[place]]
            place = roots[place]
        return place

    above = 0  # the first run of the row above that may touch
    for place, (row, start, end) in enumerate(runs):
        while runs[above][0] < row - 1 or (runs[above][0] == row - 1 and runs[above][2] < start):
            above += 1
        other = above
        while other < place and runs[other][0] == row - 1 and runs[other][1] <= end:
            roots[root(other)] = root(place)
            other += 1
    boxes: dict[int, list[int]] = {}
    for place, (row, start, end) in enumerate(runs):
        box = boxes.setdefault(root(place), [start, row, end, row + 1])
        box[0], box[1] = min(box[0], start), min(box[1], row)
        box[2], box[3] = max(box[2], end), max(box[3], row + 1)
    return [(left, top, right, bottom) for left, top, right, bottom in boxes.values()]
