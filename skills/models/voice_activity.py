"""Voice activity: where somebody speaks, and where a recording may be cut without losing a word.

Silero's network (in faster-whisper's package) gives a probability of speech for each 32 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from skills.models.lock import locate

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Samples = NDArray[numpy.int16]

RATE = 16_000
FRAME = 512
BLOCK_FRAMES = 6_000  # about three minutes, so that 90 minutes are never one array of floats
LEAD_FRAMES = (
    60  # the network hears two seconds before a block, so that it is settled when it counts
)
SPEECH, SILENCE = 0.5, 0.35
SURE = 0.7  # a stretch in which no frame is this sure is a noise
SHORTEST_FRAMES = 4
PAUSE_FRAMES = 10
PAD = RATE * 4 // 10
LONGEST = RATE * 29  # the model hears 30 s at once
# Over a longer pause the model skips or repeats what follows: that is heard in a window of its own.
LONGEST_PAUSE = RATE
LOUD, MOST_GAIN = 0.5, 30.0  # the network misses speech that was recorded very quietly


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A part of a recording, in samples; `voiced` is how much of it is speech."""

    start: int
    end: int
    voiced: int


def find_speech(
    samples: Samples, *, heard: Callable[[float], None] = lambda _: None
) -> list[Stretch]:
    """The stretches of speech, each at most 29 s, padded into the silence around it.

    `heard` is called with the fraction that has been listened to.
    """
    probabilities = _listen(samples, heard)
    spans = [
        piece
        for start, end in _voiced_spans(probabilities)
        for piece in _split_long(start, end, probabilities)
    ]
    return _join(spans, total=len(samples))


def _listen(samples: Samples, heard: Callable[[float], None]) -> NDArray[numpy.float32]:
    """The probability of speech in each frame, block by block."""
    import numpy

    network = load_network()
    peak = max(1, abs(int(samples.min())), int(samples.max())) / 32768 if len(samples) else 1.0
    gain = min(MOST_GAIN, max(1.0, LOUD / peak))
    frames = -(-len(samples) // FRAME)
    found = []
    for first in range(0, frames, BLOCK_FRAMES):
        lead = min(first, LEAD_FRAMES)
        piece = samples[(first - lead) * FRAME : (first + BLOCK_FRAMES) * FRAME]
        floats = piece.astype(numpy.float32) * (gain / 32768)
        floats = numpy.pad(floats, (0, -len(floats) % FRAME))
        found.append(numpy.asarray(network(floats)).reshape(-1)[lead:])
        heard(min(1.0, (first + BLOCK_FRAMES) / frames))
    return numpy.concatenate(found) if found else numpy.zeros(0, dtype=numpy.float32)


@cache
def load_network() -> Any:
    """Silero's network, checked against the lock file; callable with samples as floats."""
    locate("voice-activity")
    from faster_whisper.vad import get_vad_model

    return get_vad_model()


def _voiced_spans(probabilities: NDArray[numpy.float32]) -> list[tuple[int, int]]:
    """(start, end) in frames of each span of speech; short pauses stay inside it."""
    spans: list[tuple[int, int]] = []
    start, quiet, peak = -1, 0, 0.0
    for frame, probability in enumerate([*probabilities.tolist(), *([0.0] * PAUSE_FRAMES)]):
        if probability >= SPEECH and start < 0:
            start, peak = frame, 0.0
        if start < 0:
            continue
        peak = max(peak, probability)
        quiet = quiet + 1 if probability < SILENCE else 0
        if quiet >= PAUSE_FRAMES:
            end = frame + 1 - quiet
            if end - start >= SHORTEST_FRAMES and peak >= SURE:
                spans.append((start, end))
            start, quiet = -1, 0
    return spans


def _split_long(
    start: int, end: int, probabilities: NDArray[numpy.float32]
) -> list[tuple[int, int]]:
    """A span without pauses cut where speech is least likely, until each part is short enough."""
    most = LONGEST // FRAME - 2 * PAD // FRAME
    pieces = []
    while end - start > most:
        candidates = range(start + most // 2, start + most)
        cut = min(candidates, key=lambda frame: float(probabilities[frame]))
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _join(spans: Sequence[tuple[int, int]], *, total: int) -> list[Stretch]:
    """Neighbours joined while they fit into one hearing and no long pause parts them."""
    stretches: list[Stretch] = []
    for first, last in spans:
        start, end = first * FRAME, min(last * FRAME, total)
        before = stretches[-1] if stretches else None
        if before and start - before.end < LONGEST_PAUSE and end + PAD - before.start < LONGEST:
            voiced = before.voiced + end - start
            stretches[-1] = Stretch(start=before.start, end=end, voiced=voiced)
        else:
            earliest = before.end if before else 0
            padded = max(earliest, start - PAD)
            stretches.append(Stretch(start=padded, end=end, voiced=end - start))
    edges = [*(each.start for each in stretches[1:]), total]
    return [
        Stretch(start=each.start, end=min(each.end + PAD, edge), voiced=each.voiced)
        for each, edge in zip(stretches, edges, strict=False)
    ]
