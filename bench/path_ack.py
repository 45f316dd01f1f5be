"""Ack: milliseconds from a slash command's arrival to its acknowledgement, while workers are busy.

The request is on time whatever the answers do, and its latency counts from when it was due. Both
sides have queued it by then; ours posts its placeholder from the same process afterwards, the peer
posts none. A request that is not acknowledged counts as long as Slack waits.
"""

from __future__ import annotations

import time
from collections import defaultdict
from functools import partial
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

from bench.figure import Figure, median, percentile
from bench.load import Sent
from bench.request import command, send, whose
from bench.side import SECRET, Ours, Peer, Side
from bench.sink_control import SinkControl
from bench.stand import stand, warm

RATES = {1: 6, 50: 4, 200: 3}  # requests a second, and for how many seconds
QUICK = {1: 1, 50: 1}
SERVERS = ("bolt", "waitress")
MOST = 1000
SLACK_WAITS_MS = 3000.0
Latencies = dict[tuple[int, int], list[list[float]]]  # by place of the side and rate, ms a round


def measure(*, quick: bool = False) -> list[Figure]:
    """A figure a rate: the 99th percentile, and the median beside it."""
    rates, rounds = (QUICK, 1) if quick else (RATES, 3)
    peers = [partial(Peer, terse=True, server=server) for server in SERVERS]
    found: Latencies = defaultdict(list)
    with stand(partial(Ours, queues="train,vision"), *peers) as (sink, sides):
        for side in sides:
            warm(sink, side, "nap", "0", count=MOST)
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
    found, first, keys = {}, 0, [whose(MOST - 1)]
    for rate, length in rates.items():
        count = rate * length
        bodies = [command("nap", "0", first + place) for place in range(count)]
        due = [place / rate for place in range(count)]
        sent = send(side, bodies, due=due, strict=False)
        found[rate] = list(map(_latency, sent))
        keys += [whose(first + place) for place in range(count) if sent[place].status == 200]
        first += count
    sink.wait(keys)
    return found


def _latency(sent: Sent) -> float:
    waited = 1000 * (sent.answered - sent.due)
    return waited if sent.status == 200 else max(waited, SLACK_WAITS_MS)


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
        quality={
            "p50": f"{middles[0]:.2f} ms, peer {middles[1]:.2f} ms",
            "served by Bolt's own server": f"{tails[1 + SERVERS.index('bolt')]:.0f} ms p99",
            "slower than 3 s or lost": f"{_lost(found[0, rate])}, peer {_lost(found[best, rate])}",
        },
    )


def _lost(rounds: list[list[float]]) -> int:
    """How many people saw that the app did not respond."""
    return sum(each >= SLACK_WAITS_MS for latencies in rounds for each in latencies)


def floor(times: int = 2000) -> float:
    """Milliseconds to check a signature and to read the form, the middle of many."""
    body, stamp = command("nap", "0", 0), str(int(time.time()))
    verifier = SignatureVerifier(SECRET)
    signature = verifier.generate_signature(timestamp=stamp, body=body) or ""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        assert verifier.is_valid(body, stamp, signature)
        dict(parse_qsl(body))
        taken.append(1000 * (time.perf_counter() - start))
    return median(taken)
