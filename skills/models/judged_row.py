"""A row of a table of comments with its judgement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedRow:
    """A row; `number` is the spreadsheet's, of a pasted list its place; label "" means not judged.

    `score` is the share of positive less that of negative: from -1 to 1.
    """

    number: int
    text: str
    label: str
    scores: dict[str, float]
    skipped: str = ""
    score: float = 0.0
