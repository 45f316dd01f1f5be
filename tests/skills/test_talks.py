"""How right the minutes of whole conversations are: the figures of docs/conversations.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.quality_minutes import LISTS, SETS, Count, measure
from bench.talks import FOLDER, read_talks
from skills.models.minilm import load_minilm
from skills.texts.extract import Vectors

PAGE = Path(__file__).parents[2] / "docs" / "conversations.md"


@pytest.fixture(scope="module")
def counts() -> dict[str, dict[str, Count]]:
    """Each set, each list."""
    vectors = Vectors(load_minilm("cpu"))
    return {name: measure(FOLDER / f"{name}.txt", vectors)[0] for name in SETS}


def test_the_figures_are_those_of_the_page(counts: dict[str, dict[str, Count]]) -> None:
    page = PAGE.read_text()
    rows = [
        f"| {kind} | {counts['unseen'][kind]} | {counts['seen'][kind]} |" for kind in LISTS.values()
    ]

    assert [row for row in rows if row not in page] == []


@pytest.mark.parametrize("name", SETS)
def test_every_mark_belongs_to_a_message_and_every_owner_is_somebody(name: str) -> None:
    for talk in read_talks(FOLDER / f"{name}.txt"):
        people = {each.author for each in talk.messages}
        times = {each.ts for each in talk.messages}

        assert {mark.message for mark in talk.marks} <= times
        assert {mark.owner for mark in talk.marks if mark.kind in "TX"} <= people | {"-"}


def test_a_conversation_in_another_language_has_no_marks_and_no_lists() -> None:
    talks = [talk for name in SETS for talk in read_talks(FOLDER / f"{name}.txt")]
    foreign = [talk for talk in talks if talk.name in ("german", "french", "spanish")]

    assert [talk.marks for talk in foreign] == [(), (), ()]
