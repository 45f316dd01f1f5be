"""Eight times the text takes about eight times as long, whatever is in it: no pattern runs away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skills.comments.judgement import split_passages
from skills.decode.cells import split_cells
from skills.decode.document import Passage
from skills.decode.plain import number_blocks
from skills.decode.sentences import count_words, split_sentences
from skills.models.sentiment_words import has_words, readable
from skills.texts.candidates import find_candidates
from tests.skills.growth import LINEAR, SHAPES, growth


def read_paragraphs(text: str) -> object:
    return list(number_blocks(text))


def choose_candidates(text: str) -> object:
    return find_candidates([Passage(text=text, source="paragraph 1")])


def read_cells(text: str) -> object:
    return list(split_cells(text))


def look_for_words(text: str) -> object:
    return has_words(readable(text))


WORK: dict[str, tuple[Callable[[str], object], int]] = {
    "sentences": (split_sentences, 25_000),
    "words": (count_words, 25_000),
    "paragraphs": (read_paragraphs, 25_000),
    "candidates": (choose_candidates, 10_000),
    "passages": (split_passages, 10_000),
    "readable": (look_for_words, 10_000),
    "cells": (read_cells, 25_000),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", WORK)
def test_eight_times_the_text_takes_not_much_more_than_eight_times_as_long(
    name: str, shape: str
) -> None:
    work, size = WORK[name]

    assert growth(work, shape, size=size) < LINEAR
