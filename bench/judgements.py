"""Judgements to count by hand: what the study finds in real comments, drawn by chance.

`python -m bench.judgements draw FILE.csv [SEED]` draws 50 and the themes of the same comments;
write y or n into the column `right`, then `python -m bench.judgements count FILE.csv …`.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.samples import need_samples
from core.settings import load_settings
from skills.comments.aspects import Mention, find_mentions, side_of
from skills.comments.judged_row import JudgedRow
from skills.comments.judgement import Judgement, judge
from skills.comments.phrases import Phrases
from skills.comments.themes import find_themes
from skills.models.device import prepare_libraries, resolve_device
from skills.models.minilm import load_minilm
from skills.sentiment import skill

# Reviews of phones, restaurants and films; requests to a bank.
SETS = {
    "reviews": ("sentiment/uci_reviews.jsonl", 600),
    "bank": ("intent/banking77_dev.jsonl", 300),
}
DRAWN = 25  # of each set
USAGE = "python -m bench.judgements draw FILE.csv [SEED], or: count FILE.csv …"


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """One line to judge: `found` is the side that a comment takes on a thing, or a theme."""

    kind: str
    thing: str
    found: str
    clause: str
    comment: str
    right: str = ""


def main(arguments: Sequence[str]) -> None:
    """Draw, or count what was written."""
    match list(arguments):
        case ["draw", file, *seed] if len(seed) < 2:
            lines = list(draw(int(seed[0]) if seed else 1))
            with Path(file).open("w", newline="", encoding="utf-8") as target:
                table = csv.DictWriter(target, fieldnames=list(asdict(lines[0])))
                table.writeheader()
                table.writerows(map(asdict, lines))
        case ["count", *files] if files:
            print(count([row for file in files for row in _rows(Path(file))]))
        case _:
            sys.exit(USAGE)


def draw(seed: int) -> Iterator[Drawn]:
    """Of each set, judgements and every theme."""
    folder = need_samples()
    prepare_libraries()
    device = resolve_device(load_settings().device)
    model, minilm = skill.load(device), load_minilm(device)
    chance = random.Random(seed)
    for name, (file, many) in SETS.items():
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        texts = [str(json.loads(line)["text"]) for line in chance.sample(lines, many)]
        phrases = Phrases(texts)
        numbered = list(enumerate(texts))
        mentions, _ = find_mentions(model, numbered, phrases=phrases, told=lambda _: True)
        for each in chance.sample(mentions, DRAWN):
            yield _judgement(name, each, texts[each.row])
        rows = [
            JudgedRow(number=place, text=text, label=found.label, scores=found.scores)
            for (place, text), found in zip(numbered, judge(model, texts), strict=True)
            if isinstance(found, Judgement)
        ]
        themes, _ = find_themes(lambda: minilm, rows, phrases=phrases, told=lambda _: True)
        for theme in themes:
            yield Drawn(
                kind=f"{name}: theme", thing=theme.name, found=f"{theme.comments} comments",
                clause="", comment=theme.example,
            )  # fmt: skip


def _judgement(name: str, mention: Mention, comment: str) -> Drawn:
    return Drawn(
        kind=f"{name}: side", thing=mention.name, found=side_of(mention.side),
        clause=mention.clause, comment=comment,
    )  # fmt: skip


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as source:
        return list(csv.DictReader(source))


def count(rows: Sequence[dict[str, str]]) -> str:
    """How many of each kind are right; refuses where some are not judged yet."""
    kinds: dict[str, list[bool]] = {}
    for row in rows:
        verdict = row["right"].strip().lower()
        if verdict not in ("y", "n"):
            sys.exit(f"Not judged yet: “{row['thing']}” in “{row['comment'][:60]}”")
        for kind in (row["kind"], f"all {row['kind'].split(': ')[1]}s"):
            kinds.setdefault(kind, []).append(verdict == "y")
    return "\n".join(
        f"{kind}: {sum(found)} of {len(found)} right ({sum(found) / len(found):.0%})"
        for kind, found in kinds.items()
    )


if __name__ == "__main__":
    main(sys.argv[1:])
