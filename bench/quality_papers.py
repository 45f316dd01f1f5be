"""How well questions about office papers are answered: `python -m bench.quality_papers`.

The papers are in `papers/`, written for this and by nobody's model; `--show` prints every miss.
A question counts as answered rightly when the words that answer it are in the first quote, and it
names the page or slide where they stand. The questions called "later" were written when the words
in wordings.py and the weights were set; the others were known.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.office import Asked
from bench.office_files import Paper, write_papers
from core.errors import UserError
from skills.decode.documents import read_document
from skills.decode.sentences import split_sentences
from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import skill
from skills.texts.digest import Summarizer
from skills.texts.material import Material, from_document
from skills.texts.summary import Quote, Summary


@dataclass(slots=True)
class Tally:
    """How many of how many, by name, and what was missed."""

    counts: dict[str, list[bool]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def add(self, name: str, right: bool, *about: object) -> None:
        """One more."""
        self.counts.setdefault(name, []).append(right)
        if not right:
            self.missed.append(f"{name}: {' | '.join(map(str, about))}")

    def shares(self) -> dict[str, float]:
        """The share of each, and of how many."""
        found = {name: sum(rights) / len(rights) for name, rights in self.counts.items()}
        return {f"papers {name} (n={len(self.counts[name])})": each for name, each in found.items()}


def measure(tally: Tally) -> None:
    """Ask and sum up every paper."""
    model = Summarizer(minilm=load_minilm("cpu"))
    with tempfile.TemporaryDirectory() as folder:
        for paper in write_papers(Path(folder)):
            said = from_document(read_document(paper.path), name=paper.path.name)
            for asked in paper.text.asked:
                _judge_answer(tally, paper, asked, _run(model, said, question=asked.question))
            for length in ("short", "medium", "long") if paper.text.important else ():
                _judge_points(tally, paper, length, _run(model, said, length=length))


def _run(model: Summarizer, said: Material, **options: str) -> Summary:
    given = Input(opened=said, options=options)
    (result,) = skill.run(model, [given])
    if isinstance(result, UserError):
        raise result
    assert isinstance(result, Summary)
    return result


def _judge_answer(tally: Tally, paper: Paper, asked: Asked, result: Summary) -> None:
    points, shown = result.points, result.points or result.nearest
    about = paper.path.name, asked.question, [(each.text, each.source) for each in shown]
    group = "later " if asked.later else ""
    if not asked.pieces:
        tally.add(f"{group}nothing quoted where there is no answer", not points, *about)
        tally.add(f"{group}nothing shown where there is no answer", not shown, *about)
        return
    tally.add(f"{group}answer among what is shown", _answers(asked, shown), *about)
    tally.add(f"{group}answer in the first quote", _answers(asked, points[:1]), *about)
    tally.add(f"{group}answer in one of the quotes", _answers(asked, points), *about)
    tally.add(
        f"{group}no quote without the answer before it",
        not points or _answers(asked, points[:1]),
        *about,
    )
    right = [each for each in points if _answers(asked, [each])][:1]
    if right and asked.place:
        there = f"{right[0].source} ".startswith((f"{asked.place} ", f"{asked.place},"))
        tally.add(f"{group}right page of the answer", there, *about)


def _answers(asked: Asked, points: Sequence[Quote]) -> bool:
    return any(all(piece in each.text for piece in asked.pieces) for each in points)


def _judge_points(tally: Tally, paper: Paper, length: str, result: Summary) -> None:
    for point in result.points:
        about = paper.path.name, point.text, point.source
        whole = point.text.endswith((".", "!", "?")) or paper.text.form == "pptx"
        tally.add(
            f"{length}: a whole sentence", whole and len(split_sentences(point.text)) == 1, *about
        )
        important = any(piece in point.text for piece in paper.text.important)
        tally.add(f"{length}: an important one", important, *about)


if __name__ == "__main__":
    tally = Tally()
    measure(tally)
    for name, value in tally.shares().items():
        print(f"{name:60} {value:.3f}")
    if "--show" in sys.argv:
        print("\n".join(tally.missed))
