"""--private, however it is typed: a slip must not post in public what was meant for one person.

Phones turn two hyphens into a dash, and people put brackets and dots around a word.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from core import words
from core.errors import UserError
from core.markup import cut

_DASHES = "-‐‑‒–—―−﹣－"
_DASH = f"[{_DASHES}]"
_AROUND = r"(?:[^\w\s]|_)*"
_DASHED = re.compile(rf"{_AROUND}{_DASH}(?P<name>[A-Za-z]\w*?){_AROUND}")
_FLAG = re.compile(r"(?:--|[–—])[A-Za-z]\w*")
_INSIDE = re.compile(
    rf"(?:(?<![{_DASHES}\w/]){_DASH}+|(?<!{_DASH}){_DASH}{{2,}})private(?!\w)", re.IGNORECASE
)
_APART = re.compile(r"^(?:--|[–—])\s+private\b|(?:--|[–—])\s+private\W*$", re.IGNORECASE)
LONGEST_FLAG = 40
_ALIKE = 0.7  # "privat" and "pirvate" are, "verbose" is not


def means_private(word: str, *, first: bool) -> bool:
    """Whether a word at the edge of a text is --private.

    Raises UserError for a slip of it, and for an unknown flag before the text; behind the text
    ("I love --verbose") that is text.
    """
    dashed = _DASHED.fullmatch(word) if len(word) <= LONGEST_FLAG else None
    name = dashed["name"].lower() if dashed else ""
    if name == "private":
        return True
    alike = SequenceMatcher(None, name, "private").ratio() >= _ALIKE
    if alike or (first and _FLAG.fullmatch(word)):
        raise UserError(words.unknown_flag(cut(word, 40)))
    return False


def refuse_private_inside(text: str) -> None:
    """Raises UserError where it stands in the midst of a text, or with a space in it."""
    if _INSIDE.search(text) or _APART.search(text):
        raise UserError(words.PRIVATE_INSIDE)
