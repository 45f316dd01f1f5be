"""What the simulation takes for granted: every number by its name, with where it comes from.

Figures of bench/results.json, where `make bench` has written them, take the place of those that
were measured before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")
COUNTED = "counted: python -m bench.operations"


def assumed(value: float, source: str) -> Any:
    """A number and its source."""
    return field(default=value, metadata={"source": source})


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """Everything but the speed of a worker."""

    requests_a_day: float = assumed(6, "assumed: requests of an employee and working day")
    busy_hour: float = assumed(0.2, "assumed: share of a day's requests in its busiest hour")
    hours: float = assumed(8, "assumed: working hours; outside the busy hour requests are even")
    texts: float = assumed(0.70, "assumed: share of requests")
    images: float = assumed(0.12, "assumed: share of requests")
    documents: float = assumed(0.10, "assumed: share of requests")
    recordings: float = assumed(0.08, "assumed: share of requests")
    pages: float = assumed(8, "assumed: median pages of a document, log-normal")
    pages_spread: float = assumed(1.0, "assumed: its sigma; one in 50 has over 60 pages")
    minutes: float = assumed(5, "assumed: median minutes of a recording, log-normal")
    minutes_spread: float = assumed(1.0, "assumed: its sigma; one in 160 lasts an hour")
    most_minutes: float = assumed(90, "the limit in docs/operations.md")
    sentences_a_page: float = assumed(25, "bench.prose: 450 words a page")
    most_sentences: float = assumed(1_500, "MOST_CANDIDATES in skills/texts/digest.py")
    document_step: float = assumed(128, "BATCH in skills/texts/extract.py: then texts may go first")
    text_batch: float = assumed(128, "batch in skills/sentiment.py")
    image_batch: float = assumed(32, "batch in skills/classify.py")
    piece_seconds: float = assumed(60, "assumed: audio of one fanned-out piece of a recording")
    overhead: float = assumed(0.015, "issue: queue overhead beyond the model, p50")
    people_a_channel: float = assumed(20, "assumed: employees who share a channel")
    redis_commands: float = assumed(62, f"{COUNTED}: a job, 58 (document) to 70 (recording)")
    redis_idle: float = assumed(8, f"{COUNTED}: commands a second of idle bot, worker and reaper")
    redis_microseconds: float = assumed(900, f"{COUNTED}: Redis's processor a job")
    slack_updates: float = assumed(50, "Slack: chat.update is tier 3, 50+ a minute and workspace")
    slack_posts: float = assumed(1, "Slack: one message a second and channel")
    moment: float = assumed(
        0.5, "MOMENT in bot/announcer.py: a text answered sooner is posted, not updated"
    )
    posts: float = assumed(1.7, "parent and answer of a command, placeholder of a file")

    def rows(self) -> Iterator[tuple[str, float, str]]:
        """Name, value and source of each."""
        for each in fields(self):
            yield each.name, getattr(self, each.name), each.metadata["source"]


@dataclass(frozen=True, kw_only=True)
class Speed:
    """What one worker does in a second, and what a pass costs before its first item (seconds)."""

    name: str
    texts: float
    images: float
    sentences: float
    audio: float
    fixed: float
    source: str


CPU = Speed(
    name="a worker on two CPU cores",
    texts=400,
    images=50,
    sentences=200,
    audio=10,
    fixed=0.005,
    source="measured: MiniLM, EfficientNet-lite and Whisper base, all 8-bit (docs/performance.md)",
)
GPU = Speed(
    name="a worker on one GPU",
    texts=10_000,
    images=2_000,
    sentences=5_000,
    audio=60,
    fixed=0.01,
    source="published: WhisperX 60–70 times real time with large-v2; the others at a tenth of what "
    "their models reach on an A100, because decoding and tokenizing are left to the processor",
)
# A figure of results.json, its unit there, and what of `Speed` it says, times how much.
FIGURES = {
    "text": ("texts", 1.0),
    "images": ("images", 1.0),
    "documents": ("sentences", 5.0),  # 300 pages are thinned out to 1,500 sentences
    "speech, long, against faster-whisper": ("audio", 1.0),
}


def measured(results: Path = RESULTS) -> Speed:
    """The worker of this machine as `make bench` has measured it, else as it was before."""
    if not results.exists():
        return CPU
    found: Mapping[str, Mapping[str, Any]] = json.loads(results.read_text())
    known = {
        field: float(found[name]["ours"]) * times
        for name, (field, times) in FIGURES.items()
        if name in found and "quick" not in found[name]["measured"]
    }
    return replace(CPU, source=f"bench/results.json ({', '.join(known)}); else measured", **known)  # type: ignore[arg-type]  # names of `Speed` only
