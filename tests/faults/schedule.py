"""A schedule: who asks for what and when, and what breaks meanwhile, drawn from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

PEOPLE = ("ada", "grace", "linus")
CHANNELS = ("general", "support", "marketing")
ACTS = ("slash", "mention", "direct", "file", "refused", "cancel")
MODEL = "sentiment"
WORKERS = ("one", "two")
LINKS = ("one-redis", "two-redis", "bot-redis", "bot-slack", "workers-slack", "workers-slack")
WINDOW = 4.0  # seconds in which acts and faults begin


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One request of one person; `word` is in its text, its answer and nothing else."""

    kind: str
    at: float
    person: str
    channel: str
    word: str
    nap: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something that breaks at `at` and is whole again after `seconds`."""

    kind: str
    at: float
    seconds: float
    target: str = ""
    switches: dict[str, Any] | None = None

    def __str__(self) -> str:
        what = " ".join(part for part in (self.kind, self.target, str(self.switches or "")) if part)
        return f"{self.at:.1f}s {what} for {self.seconds:.1f}s"


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """One run."""

    number: int
    acts: tuple[Act, ...]
    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        acts = ", ".join(f"{a.at:.1f}s {a.kind} {a.word} nap {a.nap}" for a in self.acts)
        return f"schedule {self.number}: acts [{acts}] faults [{'; '.join(map(str, self.faults))}]"


def draw(seed: int, number: int, *, models: bool = False) -> Schedule:
    """The schedule of this number; the same for the same seed, on every machine.

    With `models` half of the acts ask the real sentiment model.
    """
    random = Random(f"{seed}/{number}")
    kinds = (*ACTS, *[MODEL] * len(ACTS)) if models else ACTS
    acts = [_act(random, kinds, seed, number, place) for place in range(random.randint(3, 5))]
    faults = [_fault(random) for _ in range(random.choice((1, 1, 2, 3)))]
    return Schedule(number=number, acts=tuple(acts), faults=tuple(faults))


def _act(random: Random, kinds: Sequence[str], seed: int, number: int, place: int) -> Act:
    kind = random.choice(kinds)
    return Act(
        kind=kind,
        at=round(random.uniform(0, WINDOW), 2),
        person=random.choice(PEOPLE),
        channel="dm" if kind == "direct" else random.choice(CHANNELS),
        word=f"s{seed}n{number}a{place}w",
        nap=8.0 if kind == "cancel" else random.choice((0.0, 0.2, 1.0, 3.0)),
    )


def _fault(random: Random) -> Fault:
    kind = random.choice(
        ("kill", "kill", "pause", "redis", "network", "network", "network", "slack", "slack",
         "sockets", "duplicates", "stop", "full")
    )  # fmt: skip
    at = round(random.uniform(0, WINDOW), 2)
    switches: dict[str, Any] | None = None
    seconds, target = random.uniform(1, 5), ""
    if kind == "kill":
        seconds, target = 0.0, random.choice((*WORKERS, *WORKERS, "bot", "bot", "reaper"))
    elif kind == "stop":
        seconds, target = 0.0, random.choice((*WORKERS, "bot"))
    elif kind == "pause":
        # Every third time longer than the lease: a worker that wakes from the dead.
        target = random.choice((*WORKERS, *WORKERS, "bot"))
        seconds = random.choice((2.0, 6.0) if target == "bot" else (2.0, 6.0, 19.0))
    elif kind == "network":
        target = random.choice(LINKS)
        seconds = random.choice((seconds, seconds, 12.0))
        switches = dict([random.choice(_NETWORK)])
    elif kind == "slack":
        switches = _plan(random)
    elif kind == "sockets":
        target = random.choice(("drop", "refresh_requested", "warning", "link_disabled"))
    return Fault(kind=kind, at=at, seconds=round(seconds, 2), target=target, switches=switches)


_NETWORK: tuple[tuple[str, float | bool], ...] = (
    ("latency", 0.3), ("latency", 2.0), ("late_answers", 0.5), ("late_answers", 2.0),
    ("silent", True), ("closed", True), ("single_bytes", True), ("cut", True),
)  # fmt: skip


def _plan(random: Random) -> dict[str, Any]:
    """What local Slack does with the next calls."""
    if random.random() < 0.2:
        return {"latency": random.choice((0.3, 1.5))}
    plans: list[dict[str, Any]] = [
        {"status": 429, "retry_after": random.choice((1, 3))}, {"status": 500}, {"status": 503},
        {"reset": "after"}, {"reset": "before"}, {"error": "internal_error"},
    ]  # fmt: skip
    methods = ("chat.postMessage", "chat.update", "chat.update", "*")
    return {
        "fail_next": [
            {"method": random.choice(methods), "times": random.choice((1, 2, 4)), **plan}
            for plan in random.sample(plans, random.choice((1, 2)))
        ]
    }
