"""The material: the same inputs for both sides, from the labelled samples or our own."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

from bench.samples import find_samples

SETS = ("sentiment/uci_reviews.jsonl", "spam/sms.jsonl", "intent/banking77_dev.jsonl")
MOST_WORDS = 40
TEXTS = (
    "I love this release, it is so much faster than the last one.",
    "I've been waiting two weeks for a refund and nobody answers.",
    "The meeting is at 3 pm in the small room on the second floor.",
    "Great support, they solved my problem in minutes!",
    "The update deleted all my settings and I am really angry.",
    "Please send me the invoice of the order from last Tuesday.",
)


def texts(count: int) -> list[str]:
    """So many short English texts: reviews, messages and questions, in turn; no two are equal."""
    found = list(itertools.islice(_short(), count))
    missing = count - len(found)
    made = (f"{TEXTS[n % len(TEXTS)]} Ticket {n + 1000}." for n in range(missing))
    return [*found, *made]


def _short() -> Iterator[str]:
    """From the sets in turn, each text once."""
    seen: set[str] = set()
    for row in itertools.zip_longest(*map(_read, SETS)):
        for text in row:
            if text and text not in seen and 3 <= len(text.split()) <= MOST_WORDS:
                seen.add(text)
                yield text


def test_set() -> list[str]:
    """Every labelled text of the three sets."""
    return [text for name in SETS for text in _read(name)]


def _read(name: str) -> list[str]:
    folder = find_samples()
    if folder is None or not (folder / name).exists():
        return []
    return [json.loads(line)["text"] for line in (folder / name).read_text().splitlines()]
