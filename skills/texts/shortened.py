"""Shortened: the first words of a text that is too long to be shown whole."""

from __future__ import annotations


def shorten(text: str, most: int) -> str:
    """The text, or whole words of its first `most` characters and an ellipsis.

    A tenth more is shown whole: nobody wants to open a file for the last three words.
    """
    return f"{text[:most].rsplit(' ', 1)[0]} …" if len(text) > most * 1.1 else text
