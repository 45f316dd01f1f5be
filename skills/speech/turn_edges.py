"""Where turns really begin and end: the speech network hears some sounds late, loudness tells.

It needs a few frames of a sound like the "sh" of "Sheila" before it is sure, and holds on to the
silence after a last word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skills.speech.hearing import QUIETEST

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Active = NDArray[numpy.bool_]
    Floats = NDArray[numpy.float32]

EARLIER = 8  # frames at most that speech began before the network noticed
BELOW, ABOVE = 25.0, 10.0  # dB: below how loud one usually is, and above the noise, is a voice
SILENT = 35.0  # dB below how loud one usually is, at the edge of a turn


def sharpen(active: Active, level: Floats) -> Active:
    """The same (frames, speakers), each run begun as early as it is heard, silence cut off.

    `level` (frames, speakers) is in dB, as loud as each is heard, QUIETEST where another is.
    """
    import numpy

    sharpened = active.copy()
    for who in range(active.shape[1]):
        mine, loud = active[:, who], level[:, who]
        if not mine.any():
            continue
        usual = float(numpy.median(loud[mine]))
        noise = float(numpy.percentile(loud[loud > QUIETEST], 10))
        voice = max(usual - BELOW, noise + ABOVE)
        heard = loud > voice
        edges = numpy.flatnonzero(numpy.diff(numpy.concatenate([[0], mine.astype(int), [0]])))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            _reach_back(sharpened, active, heard, start, who)
            _cut_silence(sharpened[:, who], loud < usual - SILENT, start, end)
    return sharpened


def _reach_back(
    sharpened: Active, active: Active, heard: NDArray[Any], start: int, who: int
) -> None:
    for frame in range(start - 1, max(-1, start - 1 - EARLIER), -1):
        if not heard[frame] or active[frame, who]:
            return
        sharpened[frame, who] = True


def _cut_silence(mine: Active, silent: NDArray[Any], start: int, end: int) -> None:
    while start < end and silent[start]:
        mine[start] = False
        start += 1
    while end > start and silent[end - 1]:
        end -= 1
        mine[end] = False
