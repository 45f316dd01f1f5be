"""How much of reference summaries the picked sentences hold: `python -m bench.quality_summaries`.

ROUGE-1 and ROUGE-L (F, words as they are) of `summarize`, against the first sentences of each text
and against plain centrality (TextRank on the same vectors), all with the same number of sentences.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.samples import samples_asked_for
from skills.models.minilm import load_minilm
from skills.skill import Message
from skills.texts.candidates import Candidate, find_candidates
from skills.texts.extract import pick
from skills.texts.material import Material, from_messages, from_text

POINTS = {"xsum": 3, "qmsum": 7}
NOISE = re.compile(r"\{[^}]*\}")


def measure(data: Path) -> dict[str, float]:
    """Mean ROUGE of each method on each data set, by the name "xsum first ROUGE-1"."""
    folder = data / "summarization"
    model = load_minilm("cpu")
    figures: dict[str, float] = {}
    for name, texts in (("xsum", list(read_xsum(folder))), ("qmsum", list(read_qmsum(folder)))):
        scores: dict[str, list[tuple[float, float]]] = {}
        for material, reference in texts:
            for method, chosen in summaries(model, material, count=POINTS[name]).items():
                words = split(" ".join(each.text for each in chosen))
                scores.setdefault(method, []).append(rouge(words, split(reference)))
        figures[f"{name}_n"] = len(texts)
        for method, rows in scores.items():
            one, longest = (sum(column) / len(rows) for column in zip(*rows, strict=True))
            figures[f"{name} {method} ROUGE-1"] = one
            figures[f"{name} {method} ROUGE-L"] = longest
    return figures


def read_xsum(folder: Path) -> Iterator[tuple[Material, str]]:
    """News articles, each with a one-sentence summary."""
    for line in (folder / "xsum.jsonl").read_text().splitlines():
        row = json.loads(line)
        yield from_text(row["document"]), row["reference"]


def read_qmsum(folder: Path) -> Iterator[tuple[Material, str]]:
    """Meetings as threads, each with a summary of a paragraph."""
    for line in (folder / "qmsum_meetings.jsonl").read_text().splitlines():
        row = json.loads(line)
        messages = [
            Message(
                author=turn["speaker"], text=" ".join(NOISE.sub("", turn["content"]).split()), ts=""
            )
            for turn in row["transcript"]
        ]
        yield from_messages(messages), row["reference"]


def summaries(model: Any, material: Material, *, count: int) -> dict[str, list[Candidate]]:
    """The same candidates by three methods."""
    candidates = find_candidates(material.passages)
    vectors = model.embed([each.text for each in candidates])
    ours = pick(candidates, vectors, count=count, lead=material.lead)
    return {
        "first": candidates[:count],
        "centrality": [candidates[place] for place in central(vectors, count=count)],
        "summarize": [candidates[place] for place in ours],
    }


def central(vectors: Any, *, count: int) -> list[int]:
    """TextRank: the sentences a random walk over likenesses visits most."""
    import numpy

    likeness = numpy.clip(vectors @ vectors.T, 0, None)
    numpy.fill_diagonal(likeness, 0)
    steps = likeness / numpy.maximum(likeness.sum(axis=1, keepdims=True), 1e-9)
    rank = numpy.full(len(vectors), 1 / len(vectors))
    for _ in range(50):
        rank = 0.15 / len(vectors) + 0.85 * steps.T @ rank
    return sorted(int(place) for place in numpy.argsort(-rank)[:count])


def split(text: str) -> list[str]:
    """Lower-case words."""
    return re.findall(r"[a-z0-9]+", text.lower())


def rouge(words: Sequence[str], reference: Sequence[str]) -> tuple[float, float]:
    """ROUGE-1 and ROUGE-L, F-measure."""
    common = sum((Counter(words) & Counter(reference)).values())
    return _f(common, words, reference), _f(_longest_common(words, reference), words, reference)


def _f(common: int, words: Sequence[str], reference: Sequence[str]) -> float:
    return 2 * common / max(1, len(words) + len(reference))


def _longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    row = [0] * (len(other) + 1)
    for word in one:
        previous = 0
        for place, each in enumerate(other, start=1):
            best = previous + 1 if word == each else max(row[place], row[place - 1])
            previous, row[place] = row[place], best
    return row[-1]


if __name__ == "__main__":
    for figure, value in measure(samples_asked_for()).items():
        print(f"{figure:28} {value:.3f}")
