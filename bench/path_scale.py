"""Scale: answers a second with 1, 2 and 4 worker processes on a model that only sleeps.

It sleeps as long as a large model on a GPU would work (0.2 s a batch and 10 ms an item), so that
four of them ask less of the other processes than two cores can give. All requests wait in the
queue before the workers go on.
"""

from __future__ import annotations

import signal
from functools import partial

from bench.figure import Figure, interleave, median
from bench.request import command, send
from bench.side import Ours, Peer, Side
from bench.sink_control import SinkControl
from bench.skills.nap import BATCH_SECONDS, ITEM_SECONDS
from bench.stand import stand, warm

WORKERS = (1, 2, 4)
SENDERS, BATCH, TIMES = 16, 32, 10
BATCHES = 12  # a worker


def measure(*, quick: bool = False) -> list[Figure]:
    """One figure: four workers against four processes of the peer, and how near to linear."""
    batches, rounds = (1, 1) if quick else (BATCHES, 3)
    makes = [partial(Ours, queues="train", workers=number) for number in WORKERS]
    peer = partial(Peer, terse=True, pool="prefork", processes=WORKERS[-1])
    counts = [*(number * batches * BATCH for number in WORKERS), batches * BATCH // 2]
    with stand(*makes, peer) as (sink, sides):
        for side in sides:
            warm(sink, side, "nap", "0", count=max(counts))
        runs = [
            partial(backlog, sink, side, count) for side, count in zip(sides, counts, strict=True)
        ]
        rates = list(map(median, interleave(*runs, rounds=rounds, warm=False)))
    one, *_, four, theirs = rates
    seen = ", ".join(
        f"{number}: {rate:.0f}/s" for number, rate in zip(WORKERS, rates[:3], strict=True)
    )
    return [
        Figure(
            name="scale",
            ours=four,
            peer=theirs,
            unit="answers/s, 4 workers",
            peer_is="one Celery task a request, prefork, 4 processes",
            limit=WORKERS[-1] * BATCH / TIMES / (BATCH_SECONDS + BATCH * ITEM_SECONDS),
            limit_is="four models that sleep 0.2 s a batch of 32 and 10 ms an item",
            quality={"workers": seen, "of linear": f"{four / one / WORKERS[-1]:.0%}"},
        )
    ]


def backlog(sink: SinkControl, side: Side, count: int) -> float:
    """Answers a second while there is a backlog: from the first sixth of them to five sixths."""
    sink.reset()
    side.signal_workers(signal.SIGSTOP)
    try:
        bodies = [command("nap", str(TIMES), number) for number in range(count)]
        send(side, bodies, connections=SENDERS)
    finally:
        side.signal_workers(signal.SIGCONT)
    times: list[float] = sorted(call["at"] for call in sink.wait(count) if call["final"])
    first, last = count // 6, count - count // 6
    return (last - first) / (times[last - 1] - times[first - 1])
