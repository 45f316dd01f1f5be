"""Headline: how many mixed requests a second each side takes while people still wait little.

Requests arrive at a steady rate, in the same order on both sides. The rate grows until the 95th
percentile of the wait, over all kinds together, is more than two seconds; the last rate that kept
within is the figure.
"""

from __future__ import annotations

import tempfile
import wave
from functools import partial
from pathlib import Path

from bench import material
from bench.figure import Figure, median, percentile
from bench.request import command, send, turn, upload, whose
from bench.side import Ours, Peer, Side
from bench.sink_control import SinkControl, Unanswered, answered
from bench.stand import stand, warm
from local import samples

MIX = {"text": 43, "image": 4, "document": 2, "recording": 1}  # of fifty
LIMIT_SECONDS = 2.0
STEP = 1.25
FIRST_RATES = {"ours": 6.0, "peer": 2.0}
WINDOW_SECONDS, ROUNDS = 15, 2
RECORDING_FROM, RECORDING_SECONDS = 10, 8
KINDS = {
    "image": ("holiday.jpg", "image/jpeg"),
    "document": ("report.pdf", "application/pdf"),
    "recording": ("short.wav", "audio/x-wav"),
}


def measure(*, quick: bool = False) -> list[Figure]:
    """One figure: requests a second at the stated percentile."""
    rounds = 1 if quick else ROUNDS
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        files = make_files(Path(folder))
        peers = [partial(Peer, pool="solo"), partial(Peer, pool="prefork", processes=2)]
        with stand(Ours, *peers, files=files) as (sink, sides):
            for side in sides:
                warm(sink, side, "sentiment", material.TEXTS[0])
                wait_of(sink, side, list(KINDS) * 4, rate=2.0)
            if quick:
                found = [[percentile(wait_of(sink, s, mixed(50), rate=25), 0.95)] for s in sides]
            else:
                found = [[] for _ in sides]
                for _ in range(rounds):
                    for place, side in enumerate(sides):
                        found[place].append(best_rate(sink, side))
    ours, *theirs = map(median, found)
    best = max(theirs)
    return [
        Figure(
            name="headline",
            ours=ours,
            peer=best,
            unit="mixed requests/s",
            peer_is="one Celery task a request, one queue, "
            + ("solo pool", "prefork pool of 2")[theirs.index(best)],
            quality={
                "95 % are answered within": f"{LIMIT_SECONDS:.0f} s",
                "of fifty": ", ".join(f"{count} {kind}s" for kind, count in MIX.items()),
            },
        )
    ]


def best_rate(sink: SinkControl, side: Side) -> float:
    """The highest rate, in steps of a quarter, at which people wait little."""
    rate, held = FIRST_RATES[side.name], 0.0
    while True:
        kinds = mixed(round(rate * WINDOW_SECONDS))
        try:
            tail = percentile(wait_of(sink, side, kinds, rate=rate), 0.95)
        except Unanswered:
            return held
        if tail > LIMIT_SECONDS:
            return held
        held, rate = rate, rate * STEP


def wait_of(sink: SinkControl, side: Side, kinds: list[str], *, rate: float) -> list[float]:
    """Seconds from when each request was due to its answer."""
    sink.reset()
    texts = iter(material.texts(len(kinds)))
    bodies, keys = [], []
    for number, kind in zip(turn(len(kinds)), kinds, strict=True):
        channel, key = whose(number)
        if kind == "text":
            bodies.append(command("sentiment", next(texts), number))
        else:
            body, key = upload(*KINDS[kind], number)
            bodies.append(body)
        keys.append((channel, key))
    sent = send(side, bodies, due=[number / rate for number in range(len(kinds))])
    answers = answered(sink.wait(len(kinds)))
    return [answers[key][0] - each.due for key, each in zip(keys, sent, strict=True)]


def mixed(count: int) -> list[str]:
    """Kinds in an even mix, the same every time: each comes as soon as its share is due."""
    given = dict.fromkeys(MIX, 0)
    whole = sum(MIX.values())
    kinds = []
    for number in range(1, count + 1):
        kind = max(MIX, key=lambda each: MIX[each] * number / whole - given[each])
        given[kind] += 1
        kinds.append(kind)
    return kinds


def make_files(folder: Path) -> Path:
    """A photo, a PDF of three pages and the first seconds of a call, from the demo's samples."""
    samples.photo(folder)
    made = samples.report(folder)
    if made.name != KINDS["document"][0]:
        made.rename(folder / KINDS["document"][0])
    with (
        wave.open(str(samples.recording(folder))) as source,
        wave.open(str(folder / KINDS["recording"][0]), "wb") as file,
    ):
        file.setparams(source.getparams())
        source.setpos(RECORDING_FROM * source.getframerate())
        file.writeframes(source.readframes(RECORDING_SECONDS * source.getframerate()))
    return folder
