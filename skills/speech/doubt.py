"""How sure a transcript is, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from core.errors import UserError
from skills.models.languages import LANGUAGES, is_english

DOUBTFUL = 0.6  # below this mean confidence a person should listen again
NONSENSE = 0.45  # below this a language the model is not good at is not worth reading
MARKED = 0.4  # a segment below this is marked with (?)


class Spoken(Protocol):
    """A sentence or so; `confidence` is 0..1."""

    @property
    def text(self) -> str: ...
    @property
    def confidence(self) -> float: ...


def mean_confidence(segments: Sequence[Spoken]) -> float:
    """The mean over all words."""
    counts = [len(each.text.split()) or 1 for each in segments]
    weighted = (each.confidence * n for each, n in zip(segments, counts, strict=True))
    return sum(weighted) / sum(counts) if counts else 1.0


def is_foreign(language: str, *, english_only: bool) -> bool:
    """Whether the model heard a language that it is not reliable in."""
    return english_only and not is_english(language)


def is_clear(language: str, segments: Sequence[Spoken], *, english_only: bool) -> bool:
    """Whether what is not in the words was probably not said."""
    foreign = is_foreign(language, english_only=english_only)
    return not foreign and mean_confidence(segments) >= DOUBTFUL


def refuse_nonsense(language: str, segments: Sequence[Spoken], *, english_only: bool) -> None:
    """Raise a UserError where a foreign language was not understood."""
    if is_foreign(language, english_only=english_only) and mean_confidence(segments) < NONSENSE:
        raise UserError(
            f"I heard {LANGUAGES.get(language, language)} and could not make sense of it: this "
            "model is only reliable in English, so send an English recording."
        )


def marked(segment: Spoken) -> str:
    """The text, with a sign before it where the model was least sure."""
    return f"(?) {segment.text}" if segment.confidence < MARKED else segment.text


def doubts(language: str, segments: Sequence[Spoken], *, english_only: bool) -> Iterator[str]:
    """The small print about the words."""
    if is_foreign(language, english_only=english_only):
        heard = LANGUAGES.get(language, language)
        yield f"I heard {heard}; this model is only reliable in English: check the words."
    elif mean_confidence(segments) < DOUBTFUL:
        yield (
            "The recording was hard to understand: check the words, "
            "or name the language (language:de)."
        )
    if any(each.confidence < MARKED for each in segments):
        yield "(?) marks what I am least sure of."
