"""Sentiment's accuracy on labelled review sentences, beside plain VADER on the same rows."""

from __future__ import annotations

import json
from pathlib import Path

from bench.samples import samples_asked_for
from core.errors import UserError
from skills.comments.judgement import Judgement, judge
from skills.models.sentiment_figures import vader
from skills.models.sentiment_model import load_sentiment

FILE = Path("sentiment") / "uci_reviews.jsonl"


def measure(data: Path) -> dict[str, float | int | str]:
    """The figures on the file in `data`; a neutral or refused answer counts as wrong.

    `refused` rows are those the skill takes for another language (most are); `accuracy_answered`
    leaves them out; `accuracy_sided` asks only which of positive and negative has the larger share.
    """
    rows = [json.loads(line) for line in (data / FILE).read_text().splitlines()]
    texts, expected = [row["text"] for row in rows], [row["label"] for row in rows]
    model = load_sentiment("cpu")
    judged = judge(model, texts)
    answered = [
        (found, label)
        for found, label in zip(judged, expected, strict=True)
        if isinstance(found, Judgement)
    ]
    right = sum(found.label == label for found, label in answered)
    sided = sum(_side(found) == label for found, label in answered)
    peers = sum(mine == label for mine, label in zip(vader(texts), expected, strict=True))
    peers_sided = sum(
        mine == label for mine, label in zip(vader(texts, sided=True), expected, strict=True)
    )
    return {
        "file": FILE.name,
        "model": model.name,
        "n": len(rows),
        "accuracy": round(right / len(rows), 4),
        "refused": sum(isinstance(found, UserError) for found in judged),
        "neutral": sum(found.label == "neutral" for found, _ in answered),
        "accuracy_answered": round(right / len(answered), 4),
        "accuracy_sided": round(sided / len(rows), 4),
        "vader_accuracy": round(peers / len(rows), 4),
        "vader_accuracy_sided": round(peers_sided / len(rows), 4),
    }


def _side(found: Judgement) -> str:
    return max(("positive", "negative"), key=lambda label: found.scores[label])


if __name__ == "__main__":
    for name, value in measure(samples_asked_for()).items():
        print(f"{name:>18}  {value}")
