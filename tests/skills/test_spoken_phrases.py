"""Phrases are found though they are said, or heard, a little differently; not when turned round."""

from __future__ import annotations

import pytest

from skills.speech.phrases import Heard, find, words_of


def heard(text: str, *, pause: float = 0.1) -> list[Heard]:
    """A word each half second or so."""
    step = 0.4 + pause
    return [
        Heard(word=word, start=number * step, end=number * step + 0.4, sentence=0)
        for number, word in enumerate(words_of(text))
    ]


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("Thank you for calling Northwind!", "thank you for calling"),
        ("Hello, thanks for calling.", "thank you for calling"),
        ("Um, thank you so much for, uh, calling us.", "thank you for calling"),
        ("Thank you for the calling.", "thank you for calling"),
        ("I'm afraid that we cannot do it.", "I am afraid we can't do it"),
        ("This is guaranteed.", "guarantee"),
        ("They want two lawsuits.", "lawsuit"),
        ("We refund it within fourteen days.", "refund it within 14 days"),
        ("It costs three hundred dollars.", "300 dollars"),
        ("Wir wünschen einen SCHÖNEN Tag!", "schönen tag"),
    ],
)
def test_small_differences_do_not_matter(said: str, phrase: str) -> None:
    assert find(heard(said), phrase.split(", "))


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("Good day.", "good morning"),  # too short for a word that is off
        ("We can help you with that.", "we cannot help you with that"),
        ("We will not refund the money now.", "we will refund the money now"),
        ("We refund it within 30 days of it.", "we refund it within 14 days of it"),
        ("Your contact is here.", "contract"),
        ("Thanks to all of you for the call.", "thank you for calling"),
        ("", "good morning"),
    ],
)
def test_another_sentence_is_not_taken_for_it(said: str, phrase: str) -> None:
    assert find(heard(said), [phrase]) == []


def test_every_place_is_found_with_its_time() -> None:
    places = find(heard("well hello there hello"), ["hello"])

    assert [place.start for place in places] == [0.5, 1.5]


def test_a_phrase_does_not_go_on_after_a_long_pause() -> None:
    assert find(heard("good morning", pause=4.0), ["good morning"]) == []
