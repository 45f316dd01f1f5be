"""How right minutes are: `python -m bench.quality_minutes`, with `--misses` each that is not.

Of the conversations in `talks/`, those of unseen.txt were not looked at while the rules were made.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.talks import FOLDER, Talk, read_talks
from skills.models.minilm import load_minilm
from skills.texts.extract import Vectors
from skills.texts.material import from_messages
from skills.texts.minutes import NOBODY, take_minutes

SETS = ("seen", "unseen")
LISTS = {"D": "decisions", "Q": "questions without an answer", "T": "tasks", "X": "done"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line that is shown, or that should be: in which talk and list, of which message."""

    talk: str
    kind: str
    message: str
    owner: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Count:
    """Of one list: how many lines are right of those shown, and found of those that are there."""

    right: int
    shown: int
    there: int

    def __str__(self) -> str:
        return f"{self.right} of {self.shown} | {self.right} of {self.there}"


def measure(path: Path, vectors: Vectors) -> tuple[dict[str, Count], list[str]]:
    """The count of each list, of the owners of tasks and of those that are done; what is wrong."""
    shown, there = set[Line](), set[Line]()
    texts: dict[Line, str] = {}
    for talk in read_talks(path):
        said = {each.ts: each.text for each in talk.messages}
        for lines, add in ((_shown(talk, vectors), shown.add), (_there(talk), there.add)):
            for line in lines:
                add(line)
                texts[line] = said[line.message]
    wrong = [f"not right: {_row(line, texts)}" for line in shown - there]
    wrong += [f"not found: {_row(line, texts)}" for line in there - shown]
    counts = {name: _count(kind, shown, there) for kind, name in LISTS.items()}
    return counts, sorted(wrong)


def _shown(talk: Talk, vectors: Vectors) -> Iterator[Line]:
    found = take_minutes(from_messages(talk.messages), vectors)
    for kind, items in (("D", found.decisions), ("Q", found.questions), ("T", found.tasks)):
        for item in items:
            yield Line(talk=talk.name, kind=kind, message=item.link, owner=item.owner)
            if item.state == "done":
                yield Line(talk=talk.name, kind="X", message=item.link, owner=item.owner)


def _there(talk: Talk) -> Iterator[Line]:
    for mark in talk.marks:
        owner = NOBODY if mark.owner == "-" else mark.owner
        for kind in ("T", "X") if mark.kind == "X" else (mark.kind,):
            yield Line(talk=talk.name, kind=kind, message=mark.message, owner=owner)


def _count(kind: str, shown: set[Line], there: set[Line]) -> Count:
    of_kind = [{each for each in lines if each.kind == kind} for lines in (shown, there)]
    return Count(right=len(of_kind[0] & of_kind[1]), shown=len(of_kind[0]), there=len(of_kind[1]))


def _row(line: Line, texts: dict[Line, str]) -> str:
    owner = f" ({line.owner})" if line.owner else ""
    return f"{LISTS[line.kind]:28} {line.talk}: {texts[line]}{owner}"


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality_minutes", description=__doc__)
    parser.add_argument("--misses", choices=SETS, action="append", default=[], help="list them")
    chosen = parser.parse_args()
    vectors = Vectors(load_minilm("cpu"))
    for name in SETS:
        counts, wrong = measure(FOLDER / f"{name}.txt", vectors)
        print(f"{name}: list | right of those shown | found of those there")
        for kind, count in counts.items():
            print(f"| {kind} | {count} |")
        if name in chosen.misses:
            print("\n".join(wrong))


if __name__ == "__main__":
    main()
