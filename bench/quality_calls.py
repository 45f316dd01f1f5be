"""How well call tells speakers apart: `python -m bench.quality_calls [DATA]`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.diarization_error import Span, error_rate
from bench.samples import samples_asked_for
from core.settings import load_settings
from skills.call import skill
from skills.skill import Input
from skills.telephone.model import load_call_model
from skills.telephone.result import Call


def measure(data: Path) -> dict[str, float | str]:
    """A figure a recording: its diarization error (%), else the share of turns that are right."""
    model = load_call_model(load_settings(), "cpu")
    figures: dict[str, float | str] = {}
    for line in (data / "speech" / "diarization.jsonl").open():
        row = json.loads(line)
        (call,) = skill.run(model, [Input(path=data / "speech" / row["file"], name=row["id"])])
        if not isinstance(call, Call):
            raise RuntimeError(f"{row['id']} was refused.")
        figures[f"{row['id']} speakers"] = f"{len(call.speakers)} of {_count(row)}"
        if "segments" in row:
            figures[f"{row['id']} DER, collar 0.25 s (%)"] = 100 * _error(row, call)
        elif all("start" in turn for turn in row["turns"]):
            figures[f"{row['id']} words with the right speaker (%)"] = 100 * _right(row, call)
    return figures


def _count(row: dict[str, Any]) -> int:
    return int(row.get("speakers") or len({turn["speaker"] for turn in row["turns"]}))


def _error(row: dict[str, Any], call: Call) -> float:
    reference: list[Span] = [
        (each["start"], each["end"], each["speaker"]) for each in row["segments"]
    ]
    return error_rate(reference, call.about.turns, duration=call.duration)


def _right(row: dict[str, Any], call: Call) -> float:
    """The share of the transcript's words that are given to who speaks at their time.

    The reference says only in which second a turn begins, so that is not scored.
    """
    starts = [(turn["start"], turn["speaker"]) for turn in row["turns"]]
    pairs: dict[tuple[str, str], int] = {}
    for segment in call.segments:
        middle = (segment.start + segment.end) / 2
        who = [speaker for start, speaker in starts if start <= middle][-1]
        pairs[who, segment.speaker] = pairs.get((who, segment.speaker), 0) + len(
            segment.text.split()
        )
    people = sorted({who for who, _ in pairs})
    agreed = sum(max(count for (who, _), count in pairs.items() if who == each) for each in people)
    return agreed / sum(pairs.values())


if __name__ == "__main__":
    for name, value in measure(samples_asked_for()).items():
        print(f"{name:60} {value:.1f}" if isinstance(value, float) else f"{name:60} {value}")
