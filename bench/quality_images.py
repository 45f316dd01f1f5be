"""How often classify is right on labelled photos: `python -m bench.quality_images [DATA]`."""

from __future__ import annotations

import json
import time
from pathlib import Path

from bench.samples import samples_asked_for
from skills.classify import Classification, Classify
from skills.models.efficientnet import load_efficientnet
from skills.skill import Input


def measure(data: Path) -> dict[str, float]:
    """Top-1 and top-5 by class, the share whose name matches, mean confidence, ms a picture."""
    skill, model = Classify(), load_efficientnet("cpu")
    listing = (data / "images" / "imagenet.jsonl").read_text()
    rows = [json.loads(line) for line in listing.splitlines()]
    inputs = [Input(path=data / "images" / row["file"], name=row["file"]) for row in rows]
    start = time.perf_counter()
    results: list[Classification] = []
    for first in range(0, len(inputs), skill.batch):
        answers = skill.run(model, inputs[first : first + skill.batch])
        results += [answer for answer in answers if isinstance(answer, Classification)]
    seconds = time.perf_counter() - start
    if len(results) != len(rows):
        raise RuntimeError(f"{len(rows) - len(results)} of {len(rows)} photos were refused.")
    pairs = list(zip(rows, results, strict=True))
    truth = [row["class_index"] for row, _ in pairs]
    guesses = [[label.class_index for label in result.labels] for _, result in pairs]
    count = len(pairs)
    return {
        "n": count,
        "top1": sum(t == g[0] for t, g in zip(truth, guesses, strict=True)) / count,
        "top5": sum(t in g for t, g in zip(truth, guesses, strict=True)) / count,
        "top1_by_name": sum(row["label"] == result.label for row, result in pairs) / count,
        "confidence": sum(result.labels[0].score for result in results) / count,
        "ms_a_picture": 1000 * seconds / count,
    }


if __name__ == "__main__":
    for name, value in measure(samples_asked_for()).items():
        print(f"{name:14} {value:.3f}")
