"""Ack: milliseconds from a slash command's arrival to its acknowledgement, while workers are busy.

The request is on time whatever the answers do, and its latency counts from when it was due. Both
sides have queued it by then; ours posts its placeholder from the same process afterwards, the peer
posts none.
"""

from __future__ import annotations

import time
from collections import defaultdict
from functools import partial
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

from bench import material
from bench.figure import Figure, median, percentile
from bench.request import command, send
from bench.side import SECRET, Ours, Peer, Side
from bench.sink_control import SinkControl
from bench.stand import stand, warm

RATES = {1: 6, 50: 4, 200: 3}  # requests a second, and for how many seconds
QUICK = {1: 1, 50: 1}
SERVERS = ("bolt", "waitress")
MOST = 1000
Latencies = dict[tuple[int, int], list[list[float]]]  # by place of the side and rate, ms a round


def measure(*, quick: bool = False) -> list[Figure]:
    """A figure a rate: the 99th percentile, and the median beside it."""
    rates, rounds = (QUICK, 1) if quick else (RATES, 3)
    peers = [partial(Peer, terse=True, server=server) for server in SERVERS]
    found: Latencies = defaultdict(list)
    with stand(partial(Ours, queues="text,vision"), *peers) as (sink, sides):
        for side in sides:
            warm(sink, side, "sentiment", material.TEXTS[0], count=MOST)
        for _ in range(rounds):
            for place, side in enumerate(sides):
                for rate, latencies in _round(sink, side, rates).items():
                    found[place, rate].append(latencies)
    return [_figure(rate, found) for rate in rates]


def _round(sink: SinkControl, side: Side, rates: dict[int, int]) -> dict[int, list[float]]:
    """The latencies at each rate, while the worker grinds and what was sent before waits."""
    sink.reset()
    seconds = sum(rates.values()) + 2
    send(side, [command("grind", str(seconds), MOST - 1)])
    found, number = {}, 0
    for rate, length in rates.items():
        count = rate * length
        texts = material.texts(MOST)[number : number + count]
        bodies = [command("sentiment", text, number + place) for place, text in enumerate(texts)]
        sent = send(side, bodies, due=[place / rate for place in range(count)])
        found[rate] = [1000 * (each.answered - each.due) for each in sent]
        number += count
    sink.wait(number + 1)
    return found


def _figure(rate: int, found: Latencies) -> Figure:
    tails = {place: median([percentile(each, 0.99) for each in found[place, rate]])
             for place in range(1 + len(SERVERS))}  # fmt: skip
    best = min(range(1, 1 + len(SERVERS)), key=lambda place: tails[place])
    middles = [median([median(each) for each in found[place, rate]]) for place in (0, best)]
    return Figure(
        name=f"ack {rate}/s",
        ours=tails[0],
        peer=tails[best],
        unit="ms p99",
        peer_is=f"Bolt's default App(), ack() and delay(), served by {SERVERS[best - 1]}",
        limit=floor(),
        limit_is="check the signature and parse the form",
        less=True,
        quality={"p50": f"{middles[0]:.2f} ms, peer {middles[1]:.2f} ms"},
    )


def floor(times: int = 2000) -> float:
    """Milliseconds to check a signature and to read the form, the middle of many."""
    body, stamp = command("sentiment", material.TEXTS[0], 0), str(int(time.time()))
    verifier = SignatureVerifier(SECRET)
    signature = verifier.generate_signature(timestamp=stamp, body=body) or ""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        assert verifier.is_valid(body, stamp, signature)
        dict(parse_qsl(body))
        taken.append(1000 * (time.perf_counter() - start))
    return median(taken)
