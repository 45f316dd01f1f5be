"""A table of comments, judged row by row, and what its rows add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UserError
from skills.decode.columns import find_text_column
from skills.decode.tables import TableData
from skills.models.judgement import FOREIGN, Judgement, judge
from skills.models.sentiment_model import SentimentModel
from skills.skill import Progress

ROWS_A_STEP = 128
EXAMPLES = 3
WORTH_QUOTING = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedRow:
    """A row; `number` is the spreadsheet's when there is a header; label "" means not judged."""

    number: int
    text: str
    label: str
    scores: dict[str, float]
    skipped: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedTable:
    """All rows with what they add up to; `shares` are of the rows that could be judged."""

    column: str
    counts: dict[str, int]
    shares: dict[str, float]
    skipped: int
    rows: list[JudgedRow]
    table: TableData


def judge_table(
    model: SentimentModel, table: TableData, *, column: str, progress: Progress
) -> JudgedTable:
    """Every row judged, in steps that report progress.

    Raises UserError when no column holds text or no row could be judged.
    """
    place = find_text_column(table, wanted=column)
    texts = [row[place] for row in table.rows]
    rows: list[JudgedRow] = []
    first = 2 if table.named else 1
    for start in range(0, len(texts), ROWS_A_STEP):
        progress("Reading the comments", start / len(texts))
        step = texts[start : start + ROWS_A_STEP]
        judged = judge(model, step)
        rows += [
            _row(first + start + offset, text, found)
            for offset, (text, found) in enumerate(zip(step, judged, strict=True))
        ]
    counts = Counter(row.label for row in rows if row.label)
    total = sum(counts.values())
    if not total:
        raise _nothing(rows, table.header[place])
    labels = ("positive", "neutral", "negative")
    return JudgedTable(
        column=table.header[place],
        counts={label: counts[label] for label in labels},
        shares={label: round(counts[label] / total, 4) for label in labels},
        skipped=len(rows) - total,
        rows=rows,
        table=table,
    )


def _row(number: int, text: str, found: Judgement | UserError) -> JudgedRow:
    if isinstance(found, Judgement):
        return JudgedRow(number=number, text=text, label=found.label, scores=found.scores)
    reason = (
        "empty" if not text.strip() else "not in English" if str(found) == FOREIGN else "no words"
    )
    return JudgedRow(number=number, text=text, label="", scores={}, skipped=reason)


def _nothing(rows: Sequence[JudgedRow], column: str) -> UserError:
    """Why no row could be judged."""
    if any(row.skipped == "not in English" for row in rows):
        return UserError(FOREIGN)
    return UserError(
        f"The column “{column}” has no words to judge: say which other one to read, for example "
        "column:NAME."
    )


def examples(judged: JudgedTable, label: str) -> list[JudgedRow]:
    """The clearest different rows of a label, clearest first."""
    rows = [row for row in judged.rows if row.label == label and row.scores[label] > WORTH_QUOTING]
    rows.sort(key=lambda row: row.scores[label], reverse=True)
    return list({row.text.casefold(): row for row in reversed(rows)}.values())[::-1][:EXAMPLES]
