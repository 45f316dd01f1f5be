"""A divided recording with more workers: how much sooner it is done, with a model that sleeps.

A job of 24 parts of half a second is asked for on crews of 1, 2 and 4 real workers, from the
message in Slack to the answer in its thread. The first part is done alone (it tells the others the
language), so that even perfect machinery reaches less than four times.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from bench.figure import Figure, interleave, median, seconds
from tests.crew import Crew, numbers

PARTS, PART_SECONDS = 24, 0.5
CREWS = (1, 2, 4)
ROUNDS = 3


def measure(*, quick: bool = False) -> list[Figure]:
    """The time on one worker through that on four."""
    rounds = 1 if quick else ROUNDS
    with tempfile.TemporaryDirectory() as folder, ExitStack() as crews:
        made = [
            crews.enter_context(Crew(Path(folder) / str(workers), workers=workers))
            for workers in CREWS
        ]
        times = interleave(*[partial(_ask, crew) for crew in made], rounds=rounds, warm=not quick)
    alone, two, four = map(median, times)
    return [
        Figure(
            name="fanout",
            ours=alone / four,
            peer=None,
            unit="times as fast on 4 workers",
            peer_is="",
            limit=_best(4),
            limit_is="no time lost between parts, the first done alone",
            quality={
                "seconds on 1, 2, 4 workers": f"{alone:.1f}, {two:.1f}, {four:.1f}",
                "best on 1, 2, 4": ", ".join(f"{_needed(each):.1f}" for each in CREWS),
            },
        )
    ]


def _ask(crew: Crew) -> float:
    """Seconds from the question to its answer."""
    name = f"job{len([*crew.notes.iterdir()])}"

    def ask() -> None:
        text = f"{name} {PARTS} parts of {PART_SECONDS}"
        assert crew.answer(crew.ask(text)) == numbers(PARTS)

    return seconds(ask)


def _needed(workers: int) -> float:
    """The least seconds: the first part, then the rest in rounds."""
    return PART_SECONDS * (1 + -(-(PARTS - 1) // workers))


def _best(workers: int) -> float:
    return _needed(1) / _needed(workers)
