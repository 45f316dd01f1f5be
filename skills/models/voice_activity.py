"""Voice activity: where somebody speaks, heard block by block while a recording still arrives.

Silero's network (in faster-whisper's package) gives a probability of speech for each 32 ms;
`stretches.py` decides from these where a recording may be cut without losing a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from skills.models.lock import locate
from skills.models.stretches import FRAME, LONGEST, Stretch, cut, join

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Samples = NDArray[numpy.int16]

BLOCK = FRAME * 1_875  # samples: a minute, so that the first words need not wait for the last
LEAD = FRAME * 60  # the network hears two seconds before a block: it is settled when it counts
LOUD, MOST_GAIN = 0.5, 30.0  # the network misses speech that was recorded very quietly


def find_speech(blocks: Iterable[Samples], *, longest: int = LONGEST) -> Iterator[Stretch]:
    """The stretches of speech, each at most `longest` samples, padded into the silence around it.

    `blocks` are all samples in order, BLOCK at a time and fewer at the end only: the cuts depend on
    what is said, not on how it arrives.
    """
    listener = _Listener()
    spans = cut(listener.listen(blocks), longest=longest)
    yield from join(spans, heard=lambda: listener.heard, longest=longest)


class _Listener:
    """Hears blocks one after the other; `heard` counts their samples."""

    def __init__(self) -> None:
        self.heard = 0
        self._peak = 1

    def listen(self, blocks: Iterable[Samples]) -> Iterator[float]:
        """The probability of speech in each frame."""
        import numpy

        network = load_network()
        lead = numpy.zeros(0, dtype=numpy.int16)
        for block in blocks:
            self.heard += len(block)
            gain = self._gain(block)
            piece = numpy.concatenate([lead, block])
            floats = piece.astype(numpy.float32) * (gain / 32768)
            floats = numpy.pad(floats, (0, -len(floats) % FRAME))
            probabilities = numpy.asarray(network(floats)).reshape(-1)
            yield from probabilities[len(lead) // FRAME :].tolist()
            lead = block[-LEAD:]

    def _gain(self, block: Samples) -> float:
        """How much to amplify: by the loudest sample so far, for the rest is not known yet."""
        self._peak = max(self._peak, -int(block.min()), int(block.max()))
        return min(MOST_GAIN, max(1.0, LOUD * 32768 / self._peak))


@cache
def load_network() -> Any:
    """Silero's network, checked against the lock file; callable with samples as floats."""
    locate("voice-activity")
    from faster_whisper.vad import get_vad_model

    return get_vad_model()
