"""Headline: how many mixed requests a second each side takes while people still wait little.

Requests arrive at a steady rate, in the same order on both sides. The figure is the highest rate at
which the 95th percentile of the wait, over all kinds together, is two seconds at most.
"""

from __future__ import annotations

import os
import tempfile
import wave
from functools import partial
from math import inf, sqrt
from pathlib import Path

from bench import material
from bench.figure import Figure, interleave, median, percentile
from bench.request import command, send, turn, upload, whose
from bench.side import Ours, Peer, Side
from bench.sink_control import SinkControl
from bench.stand import stand, warm
from local import samples

MIX = {"text": 43, "image": 4, "document": 2, "recording": 1}  # of fifty
LIMIT_SECONDS = 2.0
FIRST_RATE, LEAST_RATE, NEAR = 4.0, 0.5, 1.2
WINDOW_SECONDS, ROUNDS = 10, 2
RECORDING_FROM, RECORDING_SECONDS = 10, 8
KINDS = {
    "image": ("holiday.jpg", "image/jpeg"),
    "document": ("report.pdf", "application/pdf"),
    "recording": ("short.wav", "audio/x-wav"),
}


def measure(*, quick: bool = False) -> list[Figure]:
    """One figure: requests a second at the stated percentile."""
    cores = len(os.sched_getaffinity(0))  # Celery's default: so many processes
    models = {"PEER_MODELS": "sentiment,classify,transcribe,summarize"}  # loaded before it begins
    peer = partial(Peer, pool="prefork", processes=cores, environment=models)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        files = make_files(Path(folder))
        with stand(Ours, peer, files=files) as (sink, sides):
            for side in sides:
                warm(sink, side, "sentiment", material.TEXTS[0])
                wait_of(sink, side, list(KINDS) * 4, rate=2.0)
            find = _one_window if quick else best_rate
            runs = [partial(find, sink, side) for side in sides]
            found = interleave(*runs, rounds=1 if quick else ROUNDS, warm=False)
    ours, theirs = map(median, found)
    return [
        Figure(
            name="headline",
            ours=ours,
            peer=theirs,
            unit="mixed requests/s",
            peer_is="one Celery task a request, one queue, the same models and messages in Slack "
            f"(prefork, {cores} processes)",
            quality={
                "95 % are answered within": f"{LIMIT_SECONDS:.0f} s",
                "of fifty": ", ".join(f"{count} {kind}s" for kind, count in MIX.items()),
            },
        )
    ]


def _one_window(sink: SinkControl, side: Side) -> float:
    """Only that it runs."""
    wait_of(sink, side, mixed(50), rate=25.0)
    return FIRST_RATE


def best_rate(sink: SinkControl, side: Side) -> float:
    """The highest rate at which people wait little, a fifth too low at most; else 0."""
    held, failed = 0.0, inf
    while failed > max(held * NEAR, LEAST_RATE):
        rate = _between(held, failed)
        if _holds(sink, side, rate):
            held = rate
        else:
            failed = rate
    return held


def _between(held: float, failed: float) -> float:
    """The next rate to try: twice as much, half as much, or the middle."""
    if failed == inf:
        return held * 2 or FIRST_RATE
    return sqrt(held * failed) if held else failed / 2


def _holds(sink: SinkControl, side: Side, rate: float) -> bool:
    """Whether people wait little at this rate."""
    waits = wait_of(sink, side, mixed(round(rate * WINDOW_SECONDS)), rate=rate)
    return percentile(waits, 0.95) <= LIMIT_SECONDS


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
    answers = sink.wait(keys)
    return [answers[key] - each.due for key, each in zip(keys, sent, strict=True)]


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
