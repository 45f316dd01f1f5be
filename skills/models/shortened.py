"""Shortened: the first words of a text that is too long to be shown whole."""

from __future__ import annotations


def shorten(text: str, most: int) -> str:
    """The text, or whole words of its first `most` characters and an ellipsis."""
    return f"{text[:most].rsplit(' ', 1)[0]} …" if len(text) > most else text
