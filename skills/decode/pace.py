"""Pace: how long a decoder may take; a long recording takes long and a hanging one does not.

No flat deadline tells these apart, so a decoder that writes a file earns time with its bytes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """A second more for each `bytes_a_second` of `file`, at most `most_seconds` of them.

    `given_up` ends it at once: nobody waits for the file any more.
    """

    file: str = ""
    bytes_a_second: int = 1
    most_seconds: float = 0.0
    given_up: Callable[[], bool] = bool


class Deadline:
    """`seconds` for one answer; with a pace, `seconds` since it last got on and what it earned."""

    def __init__(self, seconds: float, *, folder: Path, pace: Pace | None) -> None:
        self._seconds = seconds
        self._folder = folder
        self._pace = pace
        self._written = 0
        self._start = self._moved = time.monotonic()

    def left(self) -> float:
        """Seconds until it is over; asked every second or so, it notices what was written."""
        now = time.monotonic()
        if self._pace is None:
            return self._start + self._seconds - now
        if self._pace.given_up():
            return 0.0
        if (written := self._size(self._pace.file)) > self._written:
            self._written, self._moved = written, now
        earned = min(self._pace.most_seconds, written / self._pace.bytes_a_second)
        return min(self._start + earned, self._moved) + self._seconds - now

    def _size(self, name: str) -> int:
        try:
            return (self._folder / name).stat().st_size
        except OSError:
            return 0
