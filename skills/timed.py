"""What is said at a time, as who studies it asks for it: of a segment, a word or a message."""

from __future__ import annotations

from typing import Protocol


class Timed(Protocol):
    """Something said from `start` to `end`, in seconds."""

    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...
    @property
    def text(self) -> str: ...


class Sentence(Timed, Protocol):
    """What one speaker, by number, says."""

    @property
    def speaker(self) -> int: ...
