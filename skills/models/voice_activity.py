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
    Floats = NDArray[numpy.float32]

BLOCK = FRAME * 1_875  # samples: a minute, so that the first words need not wait for the last
LEAD = FRAME * 60  # the network hears two seconds before a block: it is settled when it counts
LOUD, MOST_GAIN = 0.5, 30.0  # the network misses speech that was recorded very quietly
# Samples over which the envelope of a voice is smoothed, twice: about 60 to 400 Hz are left.
PITCH_BELOW, PITCH_ABOVE, PITCH_GAIN = 24, 256, 1.5


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

        lead = numpy.zeros(0, dtype=numpy.int16)
        for block in blocks:
            self.heard += len(block)
            # The loudest sample so far: the rest is not known yet.
            self._peak = max(self._peak, _peak(block))
            heard = speech_in(numpy.concatenate([lead, block]), peak=self._peak)
            yield from heard[len(lead) // FRAME :].tolist()
            lead = block[-LEAD:]


def speech_in(samples: Samples, *, peak: int = 0) -> Floats:
    """The probability of speech in each frame; `peak` is the loudest sample of the recording."""
    import numpy

    gain = min(MOST_GAIN, max(1.0, LOUD * 32768 / max(1, peak or _peak(samples))))
    sound = _with_fundamental(samples.astype(numpy.float32) * (gain / 32768))
    padded = numpy.pad(sound, (0, -len(sound) % FRAME))
    heard: Floats = numpy.asarray(load_network()(padded)).reshape(-1)
    return heard


def _peak(samples: Samples) -> int:
    return max(-int(samples.min(initial=0)), int(samples.max(initial=0)))


def _with_fundamental(sound: Floats) -> Floats:
    """The sound and the pitch of its voices.

    A telephone cuts what lies below 300 Hz, and with it the pitch, without which the network takes
    many a voice for none: of 16 clips cut to 250..3400 Hz it found 73 % of the speech, with this
    92 %. Rectified, the harmonics that are left give the pitch again (the envelope of a voice goes
    up and down with it).
    """
    rectified = abs(sound)
    envelope = _smooth(_smooth(rectified, PITCH_BELOW), PITCH_BELOW)
    return sound + PITCH_GAIN * (envelope - _smooth(envelope, PITCH_ABOVE))


def _smooth(sound: Floats, width: int) -> Floats:
    """The mean of `width` samples around each, an even number."""
    import numpy

    padded = numpy.pad(sound, (width // 2, width // 2 - 1))
    total = numpy.cumsum(numpy.concatenate([[0.0], padded]), dtype=numpy.float64)
    mean: Floats = ((total[width:] - total[:-width]) / width).astype(numpy.float32)
    return mean


@cache
def load_network() -> Any:
    """Silero's network, checked against the lock file; callable with samples as floats."""
    locate("voice-activity")
    from faster_whisper.vad import get_vad_model

    return get_vad_model()
