"""Tables too large for their time: a part is read, and what was left out is said."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy
import pytest
from numpy.typing import NDArray

from core.errors import Cancelled, UserError
from skills.comments.judged_table import (
    CHARACTERS_A_STEP,
    LONGEST_CELL,
    ROWS_A_STEP,
    JudgedTable,
    judge_table,
)
from skills.decode.columns import find_text_column
from skills.decode.headers import find_header
from skills.decode.results import harmless
from skills.decode.tables import TableData
from skills.sentiment import skill
from skills.skill import silent
from tests.skills.growth import LINEAR, SHAPES, growth

ROWS = 5 * ROWS_A_STEP


class Reader:
    """A sentiment model that finds everything good and remembers what it was given."""

    name = "a reader"

    def __init__(self) -> None:
        self.characters = 0

    def score(self, texts: Sequence[str]) -> NDArray[Any]:
        self.characters += sum(map(len, texts))
        return numpy.tile(numpy.array([0.1, 0.2, 0.7], dtype=numpy.float32), (len(texts), 1))

    def understands(self, text: str) -> bool:
        return True


class Clock:
    """Time for so many steps."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def in_time(self) -> bool:
        self.steps -= 1
        return self.steps > 0


def table(*cells: str) -> TableData:
    return TableData(header=("comment",), rows=[(cell,) for cell in cells])


def judge_in(steps: int, given: TableData) -> JudgedTable:
    in_time = Clock(steps).in_time
    return judge_table(Reader(), given, column="", progress=silent, in_time=in_time)


LONG = table(*(f"I love release {number}" for number in range(ROWS)))


def test_when_its_time_is_over_a_table_is_answered_with_the_rows_read_so_far() -> None:
    judged = judge_in(2, LONG)

    assert (judged.read, judged.counts["positive"], judged.skipped) == (
        2 * ROWS_A_STEP, 2 * ROWS_A_STEP, 0,
    )  # fmt: skip


def test_the_answer_says_how_many_rows_were_read() -> None:
    notes = skill.render(judge_in(2, LONG)).notes

    assert any(note.startswith("Only the first 256 of 640 rows were read:") for note in notes)


def test_the_rows_that_were_not_read_are_in_the_file_and_marked() -> None:
    [attached] = skill.render(judge_in(2, LONG)).files

    assert attached.content.decode().splitlines()[-1].endswith("release 639,,,not read")


def test_however_little_time_there_is_some_rows_are_read() -> None:
    assert judge_in(0, LONG).read == ROWS_A_STEP


def test_a_table_that_is_read_whole_says_nothing_of_it() -> None:
    assert not any("Only" in note for note in skill.render(judge_in(99, LONG)).notes)


def test_of_a_long_cell_the_beginning_is_read_and_that_is_said() -> None:
    model = Reader()
    given = table("I love this release. " * 6_000, "It is good.")

    judged = judge_table(model, given, column="", progress=silent)

    assert model.characters < LONGEST_CELL + 100
    assert "Of 1 cell only the first 5,000 characters were read." in skill.render(judged).notes


def test_cancel_is_heard_between_long_cells() -> None:
    model = Reader()
    given = table(*(["I love this release. " * 6_000] * ROWS_A_STEP))

    def cancel(stage: str, part: float) -> None:
        if part > 0:
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        judge_table(model, given, column="", progress=cancel)

    assert model.characters < CHARACTERS_A_STEP + LONGEST_CELL


def find_names(text: str) -> object:
    return find_header([["id", "comment"], [text, f"{text}x"]])


def find_column(text: str) -> object:
    with suppress(UserError):
        find_text_column(TableData(header=("id", text), rows=[("1 2 3 4", text)]))
    return None


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("work", [find_names, find_column, harmless])
def test_a_cell_eight_times_as_long_takes_not_much_more_than_eight_times_as_long(
    work: Any, shape: str
) -> None:
    assert growth(work, shape, size=10_000) < LINEAR
