"""Names of many origins are found, also in small letters; words that are names as well are not."""

from __future__ import annotations

import pytest

from skills.pii.people import people
from skills.pii.redaction import find


def names(text: str) -> list[str]:
    """What is found of people."""
    return [text[span.start : span.end] for span in find(text, {"name"})]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("so i spoke to siobhan yesterday and she was lovely", ["siobhan"]),
        ("okay priya let me pull that up", ["priya"]),
        ("it should be under jack if i remember", ["jack"]),
        ("the cardholder is saoirse bell and the card is new", ["saoirse bell"]),
        ("Thanks, Grzegorz Pruitt will call you.", ["Grzegorz Pruitt"]),
        ("I met Róisín O'Brien at the desk.", ["Róisín O'Brien"]),
        ("Notes by Will Nwosu for the file.", ["Will Nwosu"]),
    ],
)
def test_names_that_a_recognizer_for_english_news_misses(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Mark my words, this will not stand.",
        "Grace period ends Friday.",
        "Frank discussions followed.",
        "The Bill was passed last week.",
        "will you be there in may or june",
        "Our office in Charlotte moved.",
        "Microsoft, Adobe and Oracle raised their prices.",
        "you can find it at example dot com",
    ],
)
def test_words_that_are_names_as_well_stay(text: str) -> None:
    assert names(text) == []


def test_a_name_is_known_without_its_accents_and_by_its_parts() -> None:
    known = people()

    assert all(map(known.is_first, ["Siobhán", "Jean-Luc", "Łukasz"]))
    assert known.is_last("O’Brien")
    assert not known.is_first("Grace")
    assert known.is_first("Grace", doubtful=True)
