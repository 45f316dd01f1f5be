"""`make quality`: the skills on labelled data as one table; `--write` puts it in the docs."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
from pathlib import Path

from bench import (
    quality_calls,
    quality_images,
    quality_sentiment,
    quality_speech,
    quality_summaries,
)
from bench.samples import need_samples

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "quality.md"
START, END = "<!-- figures -->\n", "<!-- /figures -->\n"


def main() -> None:
    """Measure, print, and with `--write` put the table into docs/quality.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="folder of labelled samples")
    parser.add_argument("--write", action="store_true", help="update docs/quality.md")
    options = parser.parse_args()
    table = as_table(measure(need_samples(options.data)))
    print(table)
    if options.write:
        write(table)


def measure(data: Path) -> dict[str, dict[str, object]]:
    """The figures of each skill, by the name of the figure."""
    return {
        "sentiment": dict(quality_sentiment.measure(data)),
        "summarize": dict(quality_summaries.measure(data)),
        "transcribe": dict(quality_speech.measure(data)),
        "classify": dict(quality_images.measure(data)),
        "call": dict(quality_calls.measure(data)),
    }


def as_table(figures: dict[str, dict[str, object]]) -> str:
    """Markdown: a row a figure."""
    lines = ["| skill | figure | value |", "|---|---|---|"]
    for skill, values in figures.items():
        lines += [f"| {skill} | {name} | {_shown(value)} |" for name, value in values.items()]
    return "\n".join(lines)


def write(table: str) -> None:
    """Replace the figures between the markers of the page."""
    page = PAGE.read_text()
    before, rest = page.split(START)
    _, after = rest.split(END)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, CPU only"
    seen = f"Measured on {datetime.date.today()}, {machine}."
    PAGE.write_text(f"{before}{START}{seen}\n\n{table}\n{END}{after}")


def _shown(value: object) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
