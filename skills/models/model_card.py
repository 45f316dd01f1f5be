"""The model card's table of figures, written from the JSON that training leaves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from skills.models.lock import PACKAGE_ROOT

CARD = PACKAGE_ROOT.parent.parent / "docs" / "models" / "sentiment.md"
FIGURES = PACKAGE_ROOT / "heads" / "sentiment.json"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def write_card(figures: Mapping[str, Any]) -> None:
    """Put the table between the card's two marks."""
    text = CARD.read_text()
    head, rest = text.split(BEGIN)
    CARD.write_text(f"{head}{BEGIN}\n{render_figures(figures)}\n{END}{rest.split(END)[1]}")


def render_figures(figures: Mapping[str, Any]) -> str:
    """The table in Markdown: accuracy, macro-F1 and the accuracy on positive and negative texts."""
    peers = list(next(iter(figures["sets"].values())))
    lines = [
        "| texts | n | " + " | ".join(peers) + " |",
        "|---|---|" + "---|" * len(peers),
    ]
    for name, found in figures["sets"].items():
        cells = [
            f"{each['accuracy']:.3f} / {each['macro_f1']:.3f} / {each['both']:.3f}"
            for each in found.values()
        ]
        lines.append(f"| {name} | {found[peers[0]]['n']} | " + " | ".join(cells) + " |")
    rows = figures["rows"]
    lines += [
        "",
        f"Texts: {rows['train']:,} for training, {rows['validation']:,} for validation, "
        f"{rows['test']:,} for the test. Calibration from the validation part: temperature "
        f"{figures['temperature']}, bias of neutral {figures['neutral_bias']}. "
        f"Training took {figures['minutes']} minutes.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    write_card(json.loads(FIGURES.read_text()))
