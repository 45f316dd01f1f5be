"""Overhead: milliseconds from a slash command's arrival to its answer in Slack beside the model.

The model is `nap`, whose time is known; one request a time, so that nothing queues. Ours posts
the request and the answer in its thread; the peer posts the answer alone.
"""

from __future__ import annotations

from functools import partial

from slack_sdk import WebClient

from bench.figure import Figure, percentile, seconds
from bench.request import command, send, whose
from bench.side import TOKEN, Ours, Peer, Side
from bench.sink_control import SinkControl
from bench.skills.nap import BATCH_SECONDS, ITEM_SECONDS
from bench.stand import stand, warm
from core.redis_server import connect

COUNT, RATE, ROUNDS = 100, 10, 4  # requests a round, and how many of them a second
MODEL_MS = 1000 * (BATCH_SECONDS + ITEM_SECONDS)
PEERS = {
    "solo pool": partial(Peer, terse=True, pool="solo"),
    "threads pool": partial(Peer, terse=True, pool="threads", processes=8),
    "the same messages": partial(Peer, pool="solo"),
}


def measure(*, quick: bool = False) -> list[Figure]:
    """The median and the 99th percentile over all rounds."""
    count, rounds = (10, 1) if quick else (COUNT, ROUNDS)
    with stand(partial(Ours, queues="train"), *PEERS.values()) as (sink, sides):
        for side in sides:
            warm(sink, side, "nap", "1", count=count)
        found: list[list[float]] = [[] for _ in sides]
        for _ in range(rounds):
            for place, side in enumerate(sides):
                found[place] += beyond_the_model(sink, side, count)
        least = floor(sink, sides[0])
    return [_figure(found, 0.5, least), _figure(found, 0.99, least)]


def beyond_the_model(sink: SinkControl, side: Side, count: int) -> list[float]:
    """Milliseconds of each request, without the model's."""
    sink.reset()
    bodies = [command("nap", "1", number) for number in range(count)]
    sent = send(side, bodies, due=[number / RATE for number in range(count)])
    keys = [whose(number) for number in range(count)]
    answers = sink.wait(keys)
    return [
        1000 * (answers[key] - each.due) - MODEL_MS for key, each in zip(keys, sent, strict=True)
    ]


def floor(sink: SinkControl, side: Side, times: int = 100) -> list[float]:
    """Milliseconds of two steps in Redis and one call to Slack, one after the other."""
    redis = connect(side.redis_url)
    client = WebClient(TOKEN, base_url=f"{sink.url}/api/")

    def steps() -> None:
        redis.ping()
        redis.ping()
        client.chat_postMessage(channel="C000", text="hello")

    return [1000 * seconds(steps) for _ in range(times)]


def _figure(found: list[list[float]], share: float, least: list[float]) -> Figure:
    ours, *peers, same = [percentile(each, share) for each in found]
    best = min(peers)
    return Figure(
        name=f"overhead p{share * 100:.0f}",
        ours=ours,
        peer=best,
        unit="ms",
        peer_is=f"Bolt's default, Celery's {[*PEERS][peers.index(best)]}, one chat.postMessage",
        limit=percentile(least, share),
        limit_is="two steps in Redis and one call to Slack",
        less=True,
        quality={"peer that also shows the request": f"{same:.1f} ms"},
    )
