"""A table of comments, judged row by row, and what its rows add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from core.errors import UserError
from skills.comments.judged_row import JudgedRow
from skills.comments.judgement import FOREIGN, Judgement, judge
from skills.comments.no_answer import NO_ANSWER, is_no_answer
from skills.comments.result_file import ResultFile
from skills.decode.bare import bare
from skills.decode.columns import (
    ASK_FOR_COLUMN,
    SHOWN_OF_A_NAME,
    find_asked,
    find_other_texts,
)
from skills.decode.tables import TableData
from skills.decode.totals import find_totals
from skills.models.sentiment_model import SentimentModel
from skills.skill import Progress

if TYPE_CHECKING:  # half a megabyte of words, which the bot does without
    from skills.comments.study import Study

# A step ends where one of these is reached: between two steps progress is told and Cancel heard.
ROWS_A_STEP = 128
CHARACTERS_A_STEP = 20_000
LONGEST_CELL = 5_000  # characters that are read of a cell, as of a text
EXAMPLES = 3
NOT_READ = "not read"
WORTH_QUOTING = 0.6
TOTAL = "total"


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedTable:
    """All rows with what they add up to; `shares` are of the rows that could be judged.

    Where a form asks for good and bad in several `columns`, each answer is a row of its own.

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
    columns: tuple[str, ...] = ()
    beyond: int = 0
    pasted: bool = False
    study: Study | None = None
    file: ResultFile | None = None


def judge_table(
    model: SentimentModel,
    table: TableData,
    *,
    column: str = "",
    asked_for: Mapping[int, int] | None = None,
    progress: Progress,
    in_time: Callable[[], bool] = lambda: True,
) -> JudgedTable:
    """Row by row, in steps that report progress, as long as there is time.

    `asked_for` is what `find_asked` says of the table, where it is known already.

    Raises UserError when no column holds text or no row could be judged.
    """
    leaning = find_asked(table, wanted=column) if asked_for is None else asked_for
    places = tuple(leaning)
    asked = list(_answers(table, leaning))
    texts = ["" if each.skipped else each.text[:LONGEST_CELL] for each in asked]
    leans = [each.lean for each in asked]
    found: list[Judgement | UserError] = []
    for step in _steps(texts):
        progress("Reading the comments", len(found) / len(texts))
        if found and not in_time():
            break
        start, end = len(found), len(found) + len(step)
        found += judge(model, step, leans=leans[start:end])
    rows = [_row(each, judged) for each, judged in zip_longest(asked, found)]
    counts = Counter(row.label for row in rows if row.label)
    total = sum(counts.values())
    if not total:
        raise _nothing(rows, table.header[places[0]])
    labels = ("positive", "neutral", "negative")
    return JudgedTable(
        column=table.header[places[0]],
        counts={label: counts[label] for label in labels},
        shares={label: round(counts[label] / total, 4) for label in labels},
        skipped=len(found) - total,
        read=len(found),
        shortened=sum(len(each.text) > LONGEST_CELL for each in asked[: len(found)]),
        rows=rows,
        table=table,
        others=() if column else tuple(find_other_texts(table, places)),
        columns=tuple(table.header[place] for place in places),
        beyond=table.beyond,
    )


def _answers(table: TableData, leaning: Mapping[int, int]) -> Iterator[JudgedRow]:
    """What is to be judged, row by row and within a row column by column."""
    totals = find_totals(table)
    for at, (number, row) in enumerate(zip(_numbers(table), table.rows, strict=True)):
        for place, lean in leaning.items():
            text = bare(row[place])
            skipped = TOTAL if at in totals else ""
            if not skipped and is_no_answer(text, of_faults=lean < 0):
                skipped = NO_ANSWER
            yield JudgedRow(
                number=number,
                text=text,
                label="",
                scores={},
                skipped=skipped,
                column=table.header[place] if len(leaning) > 1 else "",
                lean=lean,
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


def _row(row: JudgedRow, found: Judgement | UserError | None) -> JudgedRow:
    if found is None:
        return replace(row, skipped=NOT_READ)
    if isinstance(found, Judgement):
        score = round(found.scores["positive"] - found.scores["negative"], 2)
        return replace(row, label=found.label, scores=found.scores, score=score)
    if row.skipped:
        return row
    reason = "not in English" if str(found) == FOREIGN else "no words"
    return replace(row, skipped=reason if row.text.strip() else "empty")


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
