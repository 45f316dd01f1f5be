"""A row of a table of comments with its judgement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedRow:
    """A row; `number` is the spreadsheet's, of a pasted list its place; label "" means not judged.

    `score` is the share of positive less that of negative: from -1 to 1. `column` is where it
    stands and `lean` what was asked there (1: for what is good, -1: for what is bad), both only
    where a form asks for good and bad in several columns.
    """

    number: int
    text: str
    label: str
    scores: dict[str, float]
    skipped: str = ""
    score: float = 0.0
    column: str = ""
    lean: int = 0
