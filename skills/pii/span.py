"""`Span`: a stretch of a text that holds personal data, and the kinds there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LABELS = {
    "card": "card number",
    "phone": "phone",
    "email": "e-mail",
    "address": "address",
    "id": "national id",
    "account": "bank account",
    "birth": "date of birth",
    "name": "name",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Letters `start` to `end` of a text; `kind` is a key of LABELS.

    What is said in pieces ("four one one one" – "yes" – "two two two two") has a span a piece, of
    which only the first is not `more`: whoever counts leaves those out.
    """

    start: int
    end: int
    kind: str
    more: bool = False

    def free(self, taken: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The stretches of it that are not taken yet; `taken` is 0 for a letter that is free."""
        start = self.start
        while start < self.end:
            end = start
            while end < self.end and not taken[end]:
                end += 1
            if end > start:
                yield start, end
            start = max(end, start + 1)
