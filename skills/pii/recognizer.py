"""The recognizer: what spaCy's small English model takes for people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from skills.models.lock import locate

FRAMES = ("My name is {}.", "Ask {} about it.")
MOST_LETTERS = 20_000  # a piece that is read at once


def recognize(text: str) -> Iterator[tuple[int, int]]:
    """The people in a text, as the letters from one to before another."""
    for start, piece in _pieces(text):
        for entity in _pipeline()(piece).ents:
            if entity.label_ == "PERSON":
                yield start + entity.start_char, start + entity.end_char


def is_name(name: str, *, once: bool = False) -> bool:
    """Whether the whole of it is taken for a person in every frame, or, `once`, in the first."""
    return all(_fits(name, frame) for frame in FRAMES[: 1 if once else None])


@lru_cache(maxsize=65_536)
def _fits(name: str, frame: str) -> bool:
    return any(
        entity.label_ == "PERSON" and entity.text == name
        for entity in _pipeline()(frame.format(name)).ents
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces that end with a line or a word."""
    start = 0
    while start < len(text):
        end = start + MOST_LETTERS
        if end < len(text):
            end = max(text.rfind("\n", start, end), text.rfind(" ", start, end)) + 1 or end
            end = end if end > start else start + MOST_LETTERS
        yield start, text[start:end]
        start = end


@cache
def _pipeline() -> Any:
    """spaCy's small English pipeline, as far as its names."""
    import spacy

    config = next(path for path in locate("spacy-names").values() if path.name == "config.cfg")
    return spacy.load(
        config.parent, exclude=["parser", "tagger", "lemmatizer", "attribute_ruler", "senter"]
    )
