"""Growth: how much longer eight times as much takes, and texts made to take longest."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TIMES = 8
LINEAR = 24.0  # eight times the text takes 8 times as long where it is linear, 64 where quadratic
NOTICED = 0.2  # seconds: below this a clock says nothing
PLENTY = 2.0  # seconds: a run so long is not repeated

# Each makes a text of about so many characters.
SHAPES: dict[str, Callable[[int], str]] = {
    "initials": lambda size: "A. " * (size // 3),
    "abbreviations": lambda size: "Mr. " * (size // 4),
    "list marks": lambda size: "1. " * (size // 3),
    "full stops": lambda size: "." * size,
    "exclamations": lambda size: "!" * size,
    "full stops apart": lambda size: ". " * (size // 2),
    "stops and quotes": lambda size: '.")' * (size // 3),
    "stops of other scripts": lambda size: "。" * size,
    "one letter": lambda size: "a" * size,
    "words": lambda size: "word " * (size // 5),
    "sentences": lambda size: "This sentence has five words. " * (size // 30),
    "spaces": lambda size: " " * size,
    "words and spaces": lambda size: ("word" + " " * 996) * (size // 1000),
    "line ends": lambda size: "\n" * size,
    "blank lines": lambda size: (" " * 9 + "\n") * (size // 10),
    "short lines": lambda size: "a b.\n" * (size // 5),
    "bullets": lambda size: "- a\n" * (size // 4),
    "underscores": lambda size: "Mr. " + "_" * size,
    "brackets": lambda size: "[(" * (size // 2),
    "quotes": lambda size: '"' * size,
    "apostrophes": lambda size: "a'" * (size // 2),
    "fences": lambda size: "```\n" * (size // 4),
    "backticks": lambda size: "`" * size,
    "tags": lambda size: "<a " * (size // 3),
    "comments": lambda size: "<!--" * (size // 4),
    "links": lambda size: "http://" * (size // 7),
    "mentions": lambda size: "<@" * (size // 2),
    "shortcodes": lambda size: ":a" * (size // 2),
    "emoji": lambda size: "😀" * (size // 2),
    "figures": lambda size: "1." * (size // 2),
    "grades": lambda size: "10 " + " " * size,
    "addresses": lambda size: "a@" * (size // 2),
    "digits": lambda size: "1" * size,
    "domains": lambda size: "a@" + "b." * (size // 2) + " ",
    "invisible": lambda size: "\u200b" * size,
    "capitals": lambda size: "A" * size,
    "pipes": lambda size: "|" * size,
    "commas": lambda size: "," * size,
}


def growth(work: Callable[[str], object], shape: str, *, size: int) -> float:
    """How many times as much processor time eight times the text takes; 0 when it is too little."""
    return growth_of(work, SHAPES[shape], size=size)


def growth_of(work: Callable[[str], object], shape: Callable[[int], str], *, size: int) -> float:
    """The same of a shape that makes a text of about so many characters."""
    large = _least_seconds(work, shape(TIMES * size))
    if large <= NOTICED:
        return 0.0
    return large / max(_least_seconds(work, shape(size)), NOTICED / TIMES)


def _least_seconds(work: Callable[[str], object], text: str) -> float:
    """The processor time of the quickest of three runs: what else the machine does is left out."""
    taken = []
    with _undisturbed():
        for _ in range(3):
            start = time.process_time()
            work(text)
            taken.append(time.process_time() - start)
            if not NOTICED < taken[-1] < PLENTY:
                break
    return min(taken)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Neither what counts covered lines nor what collects garbage adds its own time.

    Python's collector looks through all that is alive, which grows faster than the text.
    """
    tracer = sys.gettrace()
    sys.settrace(None)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        sys.settrace(tracer)
