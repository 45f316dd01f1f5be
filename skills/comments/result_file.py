"""A result file: the table of comments as it was given, with label and score on the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from core.errors import UserError
from skills.comments.judged_row import JudgedRow
from skills.decode.annotate import annotate, columns_for
from skills.decode.columns import SHOWN_OF_A_NAME
from skills.decode.results import write_csv
from skills.decode.tables import TableData

LONGEST_NAME = 80


class ResultFile:
    """The name and bytes of a file; printed as its name alone, because `--json` prints results."""

    def __init__(self, *, name: str, content: bytes) -> None:
        self.name = name
        self.content = content

    def __str__(self) -> str:
        return self.name


def give_back(
    table: TableData, rows: Sequence[JudgedRow], *, path: Path | None = None, name: str = ""
) -> ResultFile:
    """The file at `path` with the new columns, of its own kind; else a new CSV."""
    names, cells = _columns(rows, answers=len(rows) // len(table.rows))
    stem = PurePath(name or "comments").stem[:LONGEST_NAME]
    if path is not None:
        try:
            content, suffix = annotate(path, columns_for(table, names, cells))
            return ResultFile(name=f"{stem} with sentiment{suffix}", content=content)
        except UserError:
            pass  # the rows are known all the same
    content = write_csv(
        (*table.header, *names),
        ((*row, *_plain(more)) for row, more in zip(table.rows, cells, strict=True)),
        plain=len(names),
    )
    return ResultFile(name=f"{stem} with sentiment.csv", content=content)


def _columns(
    rows: Sequence[JudgedRow], *, answers: int
) -> tuple[list[str], list[tuple[str | float, ...]]]:
    """The names and cells to add for each of a row's answers; why one was left out only where one
    was."""
    reasons = any(row.skipped for row in rows)
    names = ["sentiment", "score", "left out because"][: 2 + reasons]
    cells = [
        (row.label, row.score if row.label else "", row.skipped)[: 2 + reasons] for row in rows
    ]
    if answers > 1:
        columns = [row.column[:SHOWN_OF_A_NAME] for row in rows[:answers]]
        names = [f"{name}: {column}" for column in columns for name in names]
    together = [cells[start : start + answers] for start in range(0, len(cells), answers)]
    return names, [tuple(cell for each in row for cell in each) for row in together]


def _plain(cells: Sequence[str | float]) -> list[str]:
    return [str(cell) for cell in cells]
