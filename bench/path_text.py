"""Text: answers a second for a burst of short texts, from the first request to the last answer."""

from __future__ import annotations

from functools import partial

from bench import material
from bench.figure import Figure, interleave, median, seconds
from bench.request import command, send, whose
from bench.side import Ours, Peer, Side
from bench.sink_control import SinkControl, answered
from bench.stand import stand, warm

COUNT, SENDERS = 1000, 16
BATCHES = (32, 64, 128)
FIRST = material.TEXTS[0]


def measure(*, quick: bool = False) -> list[Figure]:
    """One figure: ours against one task a text, the better of a solo and a prefork worker."""
    count, rounds = (60, 1) if quick else (COUNT, 3)
    texts = material.texts(count)
    solo = partial(Peer, pool="solo")
    prefork = partial(Peer, pool="prefork", processes=2)
    with stand(partial(Ours, queues="text"), solo, prefork) as (sink, sides):
        for side in sides:
            warm(sink, side, "sentiment", FIRST, count=count)
        alone = Alone(texts)
        found = interleave(
            *[partial(burst, sink, side, texts) for side in sides], alone.run, rounds=rounds
        )
    ours, *peers, limit = map(median, found)
    best = max(peers)
    return [
        Figure(
            name="text",
            ours=ours,
            peer=best,
            unit="answers/s",
            peer_is=f"one Celery task a text, transformers pipeline ({_pool(peers)})",
            limit=limit,
            limit_is=f"the model alone, best of batches {', '.join(map(str, BATCHES))}",
            quality=agreement(),
        )
    ]


def _pool(peers: list[float]) -> str:
    return ("solo", "prefork, 2 processes")[peers.index(max(peers))]


def burst(sink: SinkControl, side: Side, texts: list[str]) -> float:
    """Answers a second, from the first request sent to the last answer posted."""
    sink.reset()
    bodies = [command("sentiment", text, number) for number, text in enumerate(texts)]
    sent = send(side, bodies, connections=SENDERS)
    answers = answered(sink.wait(len(texts)))
    last = max(answers[whose(number)][0] for number in range(len(texts)))
    return len(texts) / (last - min(each.sent for each in sent))


class Alone:
    """The skill's `run` on all texts at once, in this process: no queue, no Slack."""

    def __init__(self, texts: list[str]) -> None:
        from skills.models.device import resolve_device
        from skills.models.sentiment_model import load_sentiment

        self._model = load_sentiment(resolve_device("auto"))
        self._texts = texts

    def run(self) -> float:
        """Texts a second with the best size of batch."""
        return max(len(self._texts) / seconds(partial(self._all, size)) for size in BATCHES)

    def _all(self, size: int) -> None:
        from skills.sentiment import Sentiment
        from skills.skill import Input

        inputs = [Input(text=text) for text in self._texts]
        for start in range(0, len(inputs), size):
            Sentiment().run(self._model, inputs[start : start + size])


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
