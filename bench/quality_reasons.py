"""How well reasons of calls are grouped: `python -m bench.quality_reasons [DATA]`.

Customers' questions of known kinds (Banking77) stand for the sentences that say why somebody calls.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from bench.samples import samples_asked_for
from skills.models.minilm import load_minilm
from skills.telephone.trends import SHOWN, group_alike

DRAWS, KINDS, QUESTIONS = 6, 15, 77


def measure(data: Path) -> dict[str, float]:
    """Means over the draws (%): of the sentences in the groups that are shown those of its most
    frequent kind, and of the pairs of one kind those that are in one group.
    """
    model = load_minilm("cpu")
    pure, found = [], []
    for seed in range(DRAWS):
        asked = draw(data, random.Random(seed))
        groups = group_alike(model.embed([text for _, text in asked]))
        kinds = [[asked[place][0] for place in group] for group in groups]
        kinds.sort(key=len, reverse=True)
        pure.append(share_of_most(kinds[:SHOWN]))
        found.append(pairs(kinds) / pairs([[kind] * n for kind, n in count(asked).items()]))
    return {
        "draws": DRAWS,
        "sentences": QUESTIONS,
        f"of one kind in the {SHOWN} largest groups (%)": 100 * sum(pure) / DRAWS,
        "pairs that are found (%)": 100 * sum(found) / DRAWS,
    }


def draw(data: Path, chance: random.Random) -> list[tuple[str, str]]:
    """Questions with their kinds, of some kinds, as often as chance has it."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for path in sorted((data / "intent").glob("banking77_*.jsonl")):
        for line in path.open():
            row = json.loads(line)
            by_kind[row["label"]].append(row["text"])
    chosen = chance.sample(sorted(by_kind), KINDS)
    asked = [(kind, text) for kind in chosen for text in by_kind[kind]]
    return chance.sample(asked, min(QUESTIONS, len(asked)))


def count(asked: list[tuple[str, str]]) -> Counter[str]:
    """How many there are of each kind."""
    return Counter(kind for kind, _ in asked)


def share_of_most(groups: list[list[str]]) -> float:
    """Of all sentences those that are of their group's most frequent kind."""
    return sum(max(Counter(each).values()) for each in groups) / sum(map(len, groups))


def pairs(groups: list[list[str]]) -> int:
    """How many pairs of one kind are in one group."""
    return sum(one == other for each in groups for one, other in combinations(each, 2))


if __name__ == "__main__":
    for name, value in measure(samples_asked_for()).items():
        print(f"{name:45} {value:.1f}")
