"""Skew: how far the lines of a scanned page lean, and the page set straight.

Rows of letters make a striped page: seen along its lines, dark and light rows differ most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_DEGREES, STEP, FINE_STEP = 6.0, 0.5, 0.1
LEAST_DEGREES = 0.25  # below it the networks read as well
CLEARER = 1.1  # how much more striped a page must be along other lines than along its own
LOOKED_AT = 800  # points of the picture's longer side
DARKER = 40  # than most of the page, of 255


def set_straight(pixels: NDArray[Any]) -> NDArray[Any]:
    """The picture (rows × columns × 3 bytes), turned back where its lines lean a few degrees."""
    import numpy
    from PIL import Image

    degrees = find_skew(pixels)
    if abs(degrees) < LEAST_DEGREES:
        return pixels
    paper = tuple(int(each) for each in numpy.median(pixels[::8, ::8], axis=(0, 1)))
    turned = Image.fromarray(pixels).rotate(
        degrees, resample=Image.Resampling.BICUBIC, fillcolor=paper
    )
    return numpy.array(turned)


def find_skew(pixels: NDArray[Any]) -> float:
    """By how many degrees the lines fall to the right; 0 for a page that shows no other slope."""
    import numpy

    step = max(1, max(pixels.shape[:2]) // LOOKED_AT)
    grey = pixels[::step, ::step].mean(axis=2)
    rows, columns = numpy.nonzero(grey < numpy.median(grey) - DARKER)
    if not len(rows):
        return 0.0

    def striped(degrees: float) -> float:
        """How much the darkness of rows that lean so differs."""
        slope = numpy.tan(numpy.radians(degrees))
        places = numpy.round(rows - columns * slope).astype(int)
        return float((numpy.bincount(places - places.min()).astype(float) ** 2).sum())

    coarse = max(numpy.arange(-MOST_DEGREES, MOST_DEGREES + STEP, STEP), key=striped)
    best = max(numpy.arange(coarse - STEP, coarse + STEP + FINE_STEP, FINE_STEP), key=striped)
    return float(best) if striped(best) > CLEARER * striped(0.0) else 0.0
