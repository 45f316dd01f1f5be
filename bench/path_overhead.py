"""Overhead: milliseconds from a slash command's arrival to its answer in Slack beside the model.

The model is `nap`, whose time is known; one request a time, so that nothing queues. Ours posts two
messages and updates one on the way; the peer posts one.
"""

from __future__ import annotations

from functools import partial

from bench.figure import Figure, median, percentile
from bench.request import command, send, whose
from bench.side import Ours, Peer, Side
from bench.sink_control import SinkControl, answered
from bench.skills.nap import BATCH_SECONDS, ITEM_SECONDS
from bench.stand import stand, warm

COUNT, RATE, ROUNDS = 100, 10, 4  # requests a round, and how many of them a second
MODEL_MS = 1000 * (BATCH_SECONDS + ITEM_SECONDS)
POOLS = ("solo", "threads")


def measure(*, quick: bool = False) -> list[Figure]:
    """The median and the 99th percentile over all rounds."""
    count, rounds = (10, 1) if quick else (COUNT, ROUNDS)
    peers = [
        partial(Peer, terse=True, pool=pool, processes=number)
        for pool, number in zip(POOLS, (1, 8), strict=True)
    ]
    with stand(partial(Ours, queues="train"), *peers) as (sink, sides):
        for side in sides:
            warm(sink, side, "nap", "1", count=count)
        found: list[list[float]] = [[] for _ in sides]
        for _ in range(rounds):
            for place, side in enumerate(sides):
                found[place] += beyond_the_model(sink, side, count)
    return [_figure(found, 0.5), _figure(found, 0.99)]


def beyond_the_model(sink: SinkControl, side: Side, count: int) -> list[float]:
    """Milliseconds of each request, without the model's."""
    sink.reset()
    bodies = [command("nap", "1", number) for number in range(count)]
    sent = send(side, bodies, due=[number / RATE for number in range(count)])
    answers = answered(sink.wait(count))
    return [
        1000 * (answers[whose(number)][0] - each.due) - MODEL_MS for number, each in enumerate(sent)
    ]


def _figure(found: list[list[float]], share: float) -> Figure:
    ours, *peers = [percentile(each, share) for each in found]
    best = min(peers)
    return Figure(
        name=f"overhead p{share * 100:.0f}",
        ours=ours,
        peer=best,
        unit="ms",
        peer_is=f"Bolt's default, Celery's {POOLS[peers.index(best)]} pool, chat.postMessage",
        less=True,
        quality={"median of the peer's pools": ", ".join(f"{median(e):.0f} ms" for e in found[1:])},
    )
