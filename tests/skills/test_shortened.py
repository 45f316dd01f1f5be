"""How a text that is too long is cut."""

from __future__ import annotations

from skills.texts.shortened import shorten


def test_what_is_hardly_too_long_is_shown_whole() -> None:
    assert shorten("word " * 21 + "end.", 100) == "word " * 21 + "end."


def test_what_is_much_too_long_ends_behind_a_whole_word() -> None:
    assert shorten("one two three four five six", 12) == "one two …"
