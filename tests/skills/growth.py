"""Growth: how much longer four times as much takes, and texts made to take longest."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 4
LINEAR = 10.0  # four times the text takes 4 times as long where it is linear, 16 where quadratic
NOTICED = 0.2  # seconds: below this a clock says nothing

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
    """How many times as much processor time four times the text takes; 0 when it is too little."""
    small, large = (_least_seconds(work, SHAPES[shape](each)) for each in (size, TIMES * size))
    return large / max(small, NOTICED / TIMES) if large > NOTICED else 0.0


def _least_seconds(work: Callable[[str], object], text: str) -> float:
    """The processor time of the quickest of three runs: what else the machine does is left out."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work(text)
        taken.append(time.process_time() - start)
        if taken[0] > 4 * NOTICED:
            break
    return min(taken)
