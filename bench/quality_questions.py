"""How often a question about a document is answered rightly: `python -m bench.quality_questions`.

XQuAD's paragraphs make documents of ten each. Every question is asked of the document that answers
it, of another one, and of its own without the paragraph that answers. The weights in quotes.py were
set before this was measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.samples import samples_asked_for
from skills.decode.document import Passage
from skills.models.minilm import load_minilm
from skills.skill import silent
from skills.texts.extract import Embedder, Vectors
from skills.texts.question import read_question
from skills.texts.quotes import Found, find_quotes

PARAGRAPHS = 10


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, its right answers, the document that has them and one that has not."""

    question: str
    answers: list[str]
    paragraph: int
    document: list[str]
    other: list[str]

    def without(self) -> list[str]:
        """The document without the paragraph that answers."""
        return [text for place, text in enumerate(self.document, 1) if place != self.paragraph]


def measure(data: Path) -> dict[str, float]:
    """Shares of the questions: answered, at first, not found, and answered where nothing is."""
    asked = list(read_questions(data / "qa" / "xquad_en.jsonl"))
    model = load_minilm("cpu")
    right = [find(model, each.question, each.document) for each in asked]
    wrong = [find(model, each.question, each.other) for each in asked]
    taken_out = [find(model, each.question, each.without()) for each in asked]
    count = len(asked)
    return {
        "questions_n": count,
        "questions answer quoted": sum(map(_is_quoted, asked, right)) / count,
        "questions answer quoted first": sum(map(_is_first, asked, right)) / count,
        "questions right paragraph first": sum(map(_is_there, asked, right)) / count,
        "questions not found": sum(not each.quotes for each in right) / count,
        "questions answered from a document without the answer": (
            sum(bool(each.quotes) for each in wrong) / count
        ),
        "questions answered from the document without its paragraph": (
            sum(bool(each.quotes) for each in taken_out) / count
        ),
    }


def read_questions(path: Path) -> Iterator[Asked]:
    """Every question, with the paragraphs of ten neighbours as its document."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    contexts = list(dict.fromkeys(row["context"] for row in rows))
    documents = [
        contexts[start : start + PARAGRAPHS] for start in range(0, len(contexts), PARAGRAPHS)
    ]
    for row in rows:
        place = contexts.index(row["context"])
        number = place // PARAGRAPHS
        yield Asked(
            question=row["question"],
            answers=row["answers"],
            paragraph=place % PARAGRAPHS + 1,
            document=documents[number],
            other=documents[(number + 1) % len(documents)],
        )


def find(model: Embedder, question: str, document: Sequence[str]) -> Found:
    """What `/summarize` would quote of a document of these paragraphs."""
    passages = [
        Passage(text=" ".join(text.split()), source=f"paragraph {number}")
        for number, text in enumerate(document, start=1)
    ]
    return find_quotes(passages, read_question(question), vectors=Vectors(model), progress=silent)


def _is_quoted(asked: Asked, found: Found) -> bool:
    return any(answer in quote.text for quote in found.quotes for answer in asked.answers)


def _is_first(asked: Asked, found: Found) -> bool:
    return any(answer in quote.text for quote in found.quotes[:1] for answer in asked.answers)


def _is_there(asked: Asked, found: Found) -> bool:
    return any(quote.source == f"paragraph {asked.paragraph}" for quote in found.quotes[:1])


if __name__ == "__main__":
    for name, value in measure(samples_asked_for()).items():
        print(f"{name:60} {value:.3f}", file=sys.stdout)
