"""The stand: a sink and some contestants side by side, started together and warm."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.request import CHANNELS, command, send
from bench.side import Side
from bench.sink_control import SinkControl

Make = Callable[[Path, SinkControl], Side]


@contextmanager
def stand(
    *makes: Make, delay: float = 0.0, files: Path | None = None
) -> Iterator[tuple[SinkControl, list[Side]]]:
    """The sink, and the sides that `makes` make, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        root = Path(folder)
        sink = stack.enter_context(SinkControl(root / "sink", delay=delay, files=files))
        sides = [
            stack.enter_context(make(root / str(number), sink)) for number, make in enumerate(makes)
        ]
        yield sink, sides


def warm(sink: SinkControl, side: Side, name: str, text: str, *, count: int = 1000) -> None:
    """Have every channel and person that the requests below `count` name looked up once."""
    bodies = [command(name, text, number) for number in _everyone(count)]
    send(side, bodies, connections=8)
    sink.wait(len(bodies))
    sink.reset()


def _everyone(count: int) -> Iterator[int]:
    """Numbers of requests that together name every channel and every person."""
    people = -(-count // CHANNELS)
    for number in range(max(CHANNELS, people)):
        yield (number % people) * CHANNELS + number % CHANNELS
