"""How right the minutes of whole conversations are: the figures of docs/conversations.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from skills.models.extract import Vectors
from skills.models.material import from_messages
from skills.models.minilm import load_minilm
from skills.models.minutes import take_minutes
from skills.skill import Message

TALKS = Path(__file__).with_name("talks.txt")
MARK = re.compile(r"\s*##(\w)")


def talks() -> Iterator[tuple[list[Message], set[tuple[str, int]]]]:
    """Each conversation with its marks: kind and number of the message."""
    for part in TALKS.read_text().split("\n= ")[1:]:
        lines = [line.partition(": ") for line in part.splitlines()[1:] if line]
        names = {author for author, _, _ in lines}
        marks = {
            (kind, number)
            for number, (_, _, said) in enumerate(lines)
            for kind in MARK.findall(said)
        }
        messages = [
            Message(
                author=author,
                text=MARK.sub("", said),
                ts=f"{number}",
                link=f"https://slack.example/{number}",
                mentions=tuple(name for name in names if f"@{name}" in said),
            )
            for number, (author, _, said) in enumerate(lines)
        ]
        yield messages, marks


@pytest.fixture(scope="module")
def figures() -> dict[str, tuple[int, int, int, int]]:
    """A kind: how many are right of those shown, and found of those that are there."""
    vectors = Vectors(load_minilm("cpu"))
    counts = {kind: [0, 0, 0, 0] for kind in "DQT"}
    for messages, marks in talks():
        found = take_minutes(from_messages(messages), vectors)
        for kind, items in zip("DQT", (found.decisions, found.questions, found.tasks), strict=True):
            shown = [int(each.link.rpartition("/")[2]) for each in items]
            wanted = {number for name, number in marks if name == kind}
            right, there = sum(number in wanted for number in shown), len(wanted)
            for place, count in enumerate((right, len(shown), len(wanted & set(shown)), there)):
                counts[kind][place] += count
    return {kind: (a, b, c, d) for kind, (a, b, c, d) in counts.items()}


def test_the_figures_are_those_of_the_page(figures: dict[str, tuple[int, int, int, int]]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "conversations.md").read_text()
    names = {"D": "decisions", "Q": "questions without an answer", "T": "tasks"}
    rows = [
        f"| {names[kind]} | {right} of {shown} | {found} of {there} |"
        for kind, (right, shown, found, there) in figures.items()
    ]

    assert [row for row in rows if row not in page] == []
