"""Text: answers a second for a burst of short texts, from the first request to the last answer."""

from __future__ import annotations

from functools import partial

from bench import material
from bench.figure import Figure, interleave, median, seconds
from bench.request import command, send, turn, whose
from bench.side import Ours, Peer, Side
from bench.sink_control import SinkControl
from bench.stand import stand, warm

COUNT, SENDERS = 1000, 16
BATCHES = (32, 64, 128)
FIRST = material.TEXTS[0]
DISTANT = 0.1  # seconds that the real Slack takes at least for most calls
PEERS = {
    "solo": partial(Peer, pool="solo"),
    "prefork, 2 processes": partial(Peer, pool="prefork", processes=2),
    "only the answer posted": partial(Peer, pool="prefork", processes=2, terse=True),
}


def measure(*, quick: bool = False) -> list[Figure]:
    """One figure: ours against one task a text, the better of a solo and a prefork worker."""
    count, rounds = (60, 1) if quick else (COUNT, 3)
    texts = material.texts(count)
    with stand(partial(Ours, queues="text"), *PEERS.values()) as (sink, sides):
        for side in sides:
            warm(sink, side, "sentiment", FIRST, count=count)
        alone = Alone(texts)
        before = sides[0].cpu_seconds()
        runs = [partial(burst, sink, side, texts) for side in sides]
        found = interleave(*runs, alone.run, rounds=rounds, warm=False)
        used = sides[0].cpu_seconds()
    ours, *others, limit = map(median, found)
    *peers, terse = others
    quality = {
        **agreement(),
        "peers": ", ".join(
            f"{pool} {rate:.0f}/s ({ours / rate:.1f} times)"
            for pool, rate in zip(PEERS, [*peers, terse], strict=True)
        ),
        f"a Slack that takes {1000 * DISTANT:.0f} ms a call": f"{distant(texts, rounds):.0f}/s",
        "CPU ms an answer": ", ".join(
            f"{name} {1000 * (used[name] - before[name]) / count / rounds:.1f}" for name in used
        ),
    }
    return [_figure(ours, peers, limit=limit, batch=alone.batch, quality=quality)]


def _figure(
    ours: float, peers: list[float], *, limit: float, batch: int, quality: dict[str, str]
) -> Figure:
    pool = [*PEERS][peers.index(max(peers))]
    return Figure(
        name="text",
        ours=ours,
        peer=max(peers),
        unit="answers/s",
        peer_is="one Celery task a text, transformers pipeline on the same network, the same "
        f"messages in Slack ({pool})",
        limit=limit,
        limit_is=f"the model alone, in batches of {batch}",
        quality=quality,
    )


def burst(sink: SinkControl, side: Side, texts: list[str]) -> float:
    """Answers a second, from the first request sent to the last answer posted."""
    sink.reset()
    numbers = turn(len(texts))
    bodies = [
        command("sentiment", text, number) for number, text in zip(numbers, texts, strict=True)
    ]
    sent = send(side, bodies, connections=SENDERS)
    keys = [whose(number) for number in numbers]
    answers = sink.wait(keys)
    last = max(answers[key] for key in keys)
    return len(texts) / (last - min(each.sent for each in sent))


def distant(texts: list[str], rounds: int) -> float:
    """Answers a second where each call to Slack takes as long as a real one."""
    with stand(partial(Ours, queues="text"), delay=DISTANT) as (sink, (side,)):
        warm(sink, side, "sentiment", FIRST, count=len(texts))
        return median([burst(sink, side, texts) for _ in range(rounds)])


class Alone:
    """The skill's `run` in this process: no queue, no Slack; `batch` is the best size."""

    def __init__(self, texts: list[str]) -> None:
        from skills.models.device import resolve_device
        from skills.models.sentiment_model import load_sentiment
        from skills.skill import Input

        self._model = load_sentiment(resolve_device("auto"))
        self._inputs = [Input(text=text) for text in texts]
        self._all(BATCHES[0])  # warm
        self.batch = min(BATCHES, key=lambda size: seconds(partial(self._all, size)))

    def run(self) -> float:
        """Texts a second."""
        return len(self._inputs) / seconds(partial(self._all, self.batch))

    def _all(self, size: int) -> None:
        from skills.sentiment import Sentiment

        for start in range(0, len(self._inputs), size):
            Sentiment().run(self._model, self._inputs[start : start + size])


def agreement() -> dict[str, str]:
    """The share of labelled texts that our model and the reference in fp32 call the same."""
    from bench.peers.models import load_scores
    from skills.models.device import resolve_device
    from skills.models.sentiment_model import load_sentiment

    texts = material.test_set()
    if not texts:
        return {"labels": "not measured: no labelled samples here"}
    mine = load_sentiment(resolve_device("auto")).score(texts).argmax(axis=1)
    reference = load_scores()(texts).argmax(axis=1)
    same = float((mine == reference).mean())
    return {"labels": f"{same:.2%} as fp32 says, of {len(texts):,} texts"}
