"""Places: the numbers of pages and slides in sources, and how ranges of them are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from skills.decode.document import Passage

NUMBERED_UNITS = ("page", "slide")
SOURCE = re.compile(r"(page|slide) (\d+)\b")


def number_in(source: str) -> int:
    """The number of the page or slide that a source names, 0 when it names none."""
    found = SOURCE.search(source)
    return int(found[2]) if found else 0


def name_places(passages: Sequence[Passage]) -> str:
    """Where passages stand: "pages 3–7"; "" where they have no pages."""
    sources = [there for each in passages for _, there in [(0, each.source), *each.turns]]
    numbers = sorted({number_in(source) for source in sources} - {0})
    found = SOURCE.search(passages[0].source) if passages else None
    if found is None:
        return ""
    return f"{found[1]}{'s' * (len(numbers) > 1)} {name_numbers(numbers)}"


def name_numbers(numbers: Sequence[int]) -> str:
    """Numbers in ascending order as ranges: "3–7, 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{one:,}" if one == last else f"{one:,}–{last:,}" for one, last in runs)
