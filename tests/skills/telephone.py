"""A telephone call as its sentences, four seconds each, one after the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    speaker: int
    start: float
    end: float
    text: str


def call(*lines: tuple[int, str]) -> list[Said]:
    """Of each sentence who says it and what."""
    return [
        Said(speaker, 4.0 * number, 4.0 * number + 3.5, text)
        for number, (speaker, text) in enumerate(lines)
    ]
