"""A table of comments, judged row by row, and what its rows add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from core.errors import UserError
from skills.decode.bare import bare
from skills.decode.columns import (
    ASK_FOR_COLUMN,
    SHOWN_OF_A_NAME,
    find_other_texts,
    find_text_column,
)
from skills.decode.tables import TableData
from skills.models.judged_row import JudgedRow
from skills.models.judgement import FOREIGN, Judgement, judge
from skills.models.result_file import ResultFile
from skills.models.sentiment_model import SentimentModel
from skills.skill import Progress

if TYPE_CHECKING:  # half a megabyte of words, which the bot does without
    from skills.models.study import Study

# A step ends where one of these is reached: between two steps progress is told and Cancel heard.
ROWS_A_STEP = 128
CHARACTERS_A_STEP = 20_000
LONGEST_CELL = 5_000  # characters that are read of a cell, as of a text
EXAMPLES = 3
NOT_READ = "not read"
WORTH_QUOTING = 0.6
# What people type to get past a field: no comment, though the model finds "Nothing" negative.
_NO_ANSWERS = """
n/a|na|none|nothing|nothing to add|nothing else|no|nope|nil|null|nan|no comment|no comments
no answer|not applicable|no further comments|no feedback|idk|don't know|dont know|tbd
"""
NO_ANSWERS = frozenset(each for line in _NO_ANSWERS.split("\n") for each in line.split("|") if each)
NO_ANSWER = "no answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedTable:
    """All rows with what they add up to; `shares` are of the rows that could be judged.

    `read` rows were looked at before the time was over, and of `shortened` only the beginning;
    `beyond` rows were past the limit. `study` is what they add up to, `file` the table given back.
    `others` are columns with texts, too, when nobody said which is meant.
    """

    column: str
    counts: dict[str, int]
    shares: dict[str, float]
    skipped: int
    read: int
    shortened: int
    rows: list[JudgedRow]
    table: TableData
    others: tuple[str, ...] = ()
    beyond: int = 0
    pasted: bool = False
    study: Study | None = None
    file: ResultFile | None = None


def judge_table(
    model: SentimentModel,
    table: TableData,
    *,
    column: str,
    progress: Progress,
    in_time: Callable[[], bool] = lambda: True,
) -> JudgedTable:
    """Row by row, in steps that report progress, as long as there is time.

    Raises UserError when no column holds text or no row could be judged.
    """
    place = find_text_column(table, wanted=column)
    cells = [bare(row[place]) for row in table.rows]
    texts = [cell[:LONGEST_CELL] for cell in cells]
    found: list[Judgement | UserError] = []
    for step in _steps(texts):
        progress("Reading the comments", len(found) / len(texts))
        if found and not in_time():
            break
        found += judge(model, ["" if _is_no_answer(each) else each for each in step])
    rows = [
        _row(number, cell, judged)
        for number, cell, judged in zip_longest(_numbers(table), cells, found)
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
        skipped=len(found) - total,
        read=len(found),
        shortened=sum(len(cell) > LONGEST_CELL for cell in cells[: len(found)]),
        rows=rows,
        table=table,
        others=() if column else tuple(find_other_texts(table, place)),
        beyond=table.beyond,
    )


def _numbers(table: TableData) -> Sequence[int]:
    """Of the rows, as a spreadsheet counts them: titles and blank rows in between as well."""
    return [place + 1 for place in table.places] or range(1, len(table.rows) + 1)


def _steps(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Runs of texts that take about as long."""
    start = characters = 0
    for place, text in enumerate(texts):
        if place - start >= ROWS_A_STEP or characters >= CHARACTERS_A_STEP:
            yield texts[start:place]
            start, characters = place, 0
        characters += len(text)
    yield texts[start:]


def _is_no_answer(text: str) -> bool:
    return len(text) < 30 and text.casefold().replace("’", "'").strip(" .!-") in NO_ANSWERS


def _row(number: int, text: str, found: Judgement | UserError | None) -> JudgedRow:
    if found is None:
        return JudgedRow(number=number, text=text, label="", scores={}, skipped=NOT_READ)
    if isinstance(found, Judgement):
        return JudgedRow(
            number=number,
            text=text,
            label=found.label,
            scores=found.scores,
            score=round(found.scores["positive"] - found.scores["negative"], 2),
        )
    reason = "not in English" if str(found) == FOREIGN else "no words"
    if not text.strip():
        reason = "empty"
    elif _is_no_answer(text):
        reason = NO_ANSWER
    return JudgedRow(number=number, text=text, label="", scores={}, skipped=reason)


def _nothing(rows: Sequence[JudgedRow], column: str) -> UserError:
    """Why no row could be judged."""
    if any(row.skipped == "not in English" for row in rows):
        return UserError(FOREIGN)
    return UserError(
        f"The column “{column[:SHOWN_OF_A_NAME]}” has no words to judge: {ASK_FOR_COLUMN}"
    )


def examples(judged: JudgedTable, label: str) -> list[JudgedRow]:
    """The clearest different rows of a label, clearest first."""
    rows = [row for row in judged.rows if row.label == label and row.scores[label] > WORTH_QUOTING]
    rows.sort(key=lambda row: row.scores[label], reverse=True)
    return list({row.text.casefold(): row for row in reversed(rows)}.values())[::-1][:EXAMPLES]
