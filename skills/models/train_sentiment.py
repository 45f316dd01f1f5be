"""`make heads`: train the sentiment head, measure it once on unseen data, write its model card.

Needs the packages of the `train` extra. Takes about twenty minutes on two idle cores.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.settings import load_settings
from skills.models.lock import LOCK, PACKAGE_ROOT, digest
from skills.models.lora_training import Example, Tensors, train
from skills.models.minilm import load_minilm
from skills.models.model_card import render_figures, write_card
from skills.models.sentiment_data import (
    LABELS,
    SOURCES,
    Rated,
    part_of,
    read_rated,
    read_transfer,
)
from skills.models.sentiment_figures import Predict, fit_frozen, label_all, measure, vader
from skills.models.sentiment_head import HEAD, SentimentHead, assemble
from skills.models.sentiment_words import lexicon_features, readable
from skills.models.work_messages import write_messages

if TYPE_CHECKING:
    from numpy.typing import NDArray

EPOCHS = 3
MESSAGES_SEED = 1
FIGURES = PACKAGE_ROOT / "heads" / "sentiment.json"
TEMPERATURES = [0.6 + 0.05 * step for step in range(29)]
BIASES = [-1.5 + 0.1 * step for step in range(26)]
SPARED = 0.005
# Editorials teach what neutral is, but nobody pastes them to ask how they sound.
ASKED_ABOUT = ("tweets", "movies", "products")


def main() -> None:
    """Train, calibrate, save, measure, report; `--calibrate` keeps the trained weights."""
    parser = argparse.ArgumentParser(prog="python -m skills.models.train_sentiment")
    parser.add_argument("--calibrate", action="store_true", help="keep the weights, calibrate anew")
    keep = parser.parse_args().calibrate
    started = time.monotonic()
    folder = load_settings().data_dir / "training"
    rated = read_rated(folder)
    validation = [each for each in rated if part_of(each) == "validation"]
    tensors = _shipped() if keep else train(_examples(rated), epochs=EPOCHS, say=_say)
    tensors = calibrate(tensors, validation)
    _save(tensors)
    minutes = (time.monotonic() - started) / 60
    figures = report(tensors, rated, folder) | {"minutes": round(minutes, 1)}
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n")
    write_card(figures)
    _say(render_figures(figures))


def _shipped() -> Tensors:
    """The trained weights as they are in the file, without their calibration."""
    from safetensors.numpy import load_file

    whole: Tensors = load_file(PACKAGE_ROOT / HEAD)
    return {name: each for name, each in whole.items() if name not in ("temperature", "offset")}


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # a command that runs for twenty minutes says where it is


def _examples(rated: Sequence[Rated]) -> list[Example]:
    """The training part, and the messages made from patterns."""
    pairs = [(each.text, each.shares) for each in rated if part_of(each) == "train"]
    examples = []
    for text, shares in [*pairs, *write_messages(seed=MESSAGES_SEED)]:
        read = readable(text)
        examples.append(Example(text=read, features=lexicon_features(read), shares=shares))
    return examples


def _uncalibrated(tensors: Tensors) -> SentimentHead:
    import numpy

    return assemble(
        {**tensors, "temperature": numpy.ones(1), "offset": numpy.zeros(3)}, device="cpu"
    )


def calibrate(tensors: Tensors, validation: Sequence[Rated]) -> Tensors:
    """Add the temperature at which shares match the raters', and the bias of neutral.

    Accuracy hardly depends on the bias over a wide range. Of the biases within half a point of
    the best, the lowest is taken: calling praise or a complaint neutral is the worse mistake.
    """
    import numpy

    logits = _uncalibrated(tensors).logits([each.text for each in validation])
    shares = numpy.array([each.shares for each in validation])
    temperature = min(TEMPERATURES, key=lambda value: _surprise(logits / value, shares))
    accuracy = {
        bias: _mean_accuracy(label_all(logits / temperature + [0, bias, 0]), validation)
        for bias in BIASES
    }
    bias = min(bias for bias in BIASES if accuracy[bias] >= max(accuracy.values()) - SPARED)
    return {
        **tensors,
        "temperature": numpy.array([temperature], dtype=numpy.float32),
        "offset": numpy.array([0, bias, 0], dtype=numpy.float32),
    }


def _mean_accuracy(labels: Sequence[str], rated: Sequence[Rated]) -> float:
    """The accuracy over the sources that resemble what people will ask about, counting alike."""
    hits: dict[str, list[bool]] = {source: [] for source in ASKED_ABOUT}
    for label, each in zip(labels, rated, strict=True):
        if each.source in hits:
            hits[each.source].append(label == each.label)
    return sum(sum(right) / len(right) for right in hits.values()) / len(hits)


def _surprise(logits: NDArray[Any], shares: NDArray[Any]) -> float:
    """The cross-entropy of the raters' shares."""
    import numpy

    shifted = logits - logits.max(axis=1, keepdims=True)
    return float(-(shares * (shifted - numpy.log(numpy.exp(shifted).sum(1, keepdims=True)))).mean())


def _save(tensors: Tensors) -> None:
    """The file and its row in the lock."""
    from safetensors.numpy import save_file

    path = PACKAGE_ROOT / HEAD
    path.parent.mkdir(exist_ok=True)
    save_file(tensors, path)
    row = rf'(path = "{HEAD}"\nsha256 = ")\w+("\nsize = )\d+'
    changed = re.sub(row, rf"\g<1>{digest(path)}\g<2>{path.stat().st_size}", LOCK.read_text())
    LOCK.write_text(changed)


def report(tensors: Tensors, rated: Sequence[Rated], folder: Path) -> dict[str, Any]:
    """Our figures and the peers', on the test part of each source and on sources never seen."""
    training = [each for each in rated if part_of(each) == "train"]
    test = [each for each in rated if part_of(each) == "test"]
    peers: dict[str, Predict] = {
        "VADER": vader,
        "frozen MiniLM + logistic regression": fit_frozen(
            load_minilm("cpu"), [each.text for each in training], [each.label for each in training]
        ),
        "Readymade": lambda texts: label_all(model.score(texts)),
    }
    model = assemble(tensors, device="cpu")
    sets = {
        f"{source} (test part)": [(each.text, each.label) for each in test if each.source == source]
        for source in SOURCES
    } | read_transfer(folder)
    return {
        "rows": {part: sum(part_of(each) == part for each in rated) for part in _PARTS},
        "labels": {label: sum(each.label == label for each in rated) for label in LABELS},
        "temperature": round(float(tensors["temperature"][0]), 3),
        "neutral_bias": round(float(tensors["offset"][1]), 3),
        "sets": {
            name: {
                peer: asdict(measure(predict([text for text, _ in rows]), [to for _, to in rows]))
                for peer, predict in peers.items()
            }
            for name, rows in sets.items()
        },
    }


_PARTS = ("train", "validation", "test")

if __name__ == "__main__":
    main()
