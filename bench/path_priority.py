"""Priority: how long a person waits for `/sentiment` while ten hours of audio are in the queue.

One worker process serves everything on both sides, the stock one with one queue. What the peer's
people wait is not measured to its end, which is hours away: its figure is what they have waited
when the bench stops looking.
"""

from __future__ import annotations

import tempfile
import time
import wave
from functools import partial
from pathlib import Path

from bench import material
from bench.figure import Figure, percentile
from bench.request import command, send, upload, whose
from bench.side import Ours, Peer
from bench.sink_control import answered
from bench.stand import Make, stand, warm
from local import samples

RECORDINGS, MINUTES = 20, 30
COUNT, RATE = 80, 4  # texts, and how many of them a second
SETTLE_SECONDS, LOOK_SECONDS = (
    5.0,
    3.0,
)  # until the first recording is worked on; after the last text


def measure(*, quick: bool = False) -> list[Figure]:
    """One figure: the 95th percentile in seconds."""
    minutes, count = (1, 4) if quick else (MINUTES, COUNT)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        long_call(Path(folder), minutes)
        ours = waits(Ours, Path(folder), count)
        peer = waits(partial(Peer, pool="solo"), Path(folder), count)
    return [
        Figure(
            name="priority",
            ours=percentile(ours, 0.95),
            peer=percentile(peer, 0.95),
            unit="s p95",
            peer_is="plain Celery with one queue; they still waited when the bench stopped looking",
            less=True,
            quality={
                "queued": f"{RECORDINGS} recordings of {minutes} minutes",
                "p50": f"{percentile(ours, 0.5):.2f} s",
            },
        )
    ]


def waits(make: Make, folder: Path, count: int) -> list[float]:
    """Seconds that each text waited for its answer, or has waited so far."""
    with stand(make, files=folder) as (sink, [side]):
        warm(sink, side, "sentiment", material.TEXTS[0], count=count)
        uploads = [upload("call.wav", "audio/x-wav", number) for number in range(RECORDINGS)]
        send(side, [body for body, _ in uploads])
        time.sleep(SETTLE_SECONDS)
        texts = material.texts(count)
        bodies = [command("sentiment", text, number) for number, text in enumerate(texts)]
        sent = send(side, bodies, due=[number / RATE for number in range(count)])
        time.sleep(LOOK_SECONDS)
        answers = answered(sink.calls())
        now = time.monotonic()
    return [answers.get(whose(number), (now, ""))[0] - each.due for number, each in enumerate(sent)]


def long_call(folder: Path, minutes: int) -> Path:
    """The sample call, again and again."""
    target = folder / "call.wav"
    with wave.open(str(samples.recording(folder))) as source, wave.open(str(target), "wb") as file:
        file.setparams(source.getparams())
        frames = source.readframes(source.getnframes())
        for _ in range(-(-minutes * 60 * source.getframerate() // source.getnframes())):
            file.writeframes(frames)
    return target
