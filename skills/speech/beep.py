"""A recording with a tone in place of some seconds, as MP3; its sides are kept.

It is read, changed and written block by block, as the 16 kHz samples that were listened to: the
original's higher notes are not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from skills.decode.recording import Recording

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Samples = NDArray[numpy.int16]

RATE = 16_000
BLOCK = 10 * RATE
PITCH, LOUDNESS = 1000.0, 0.2
FADE = RATE // 100  # 10 ms, so that it does not click
BITS_A_SECOND = {1: 32_000, 2: 64_000}
MOST_SECONDS = 2 * 3600  # 58 MB; recordings are refused long before
Times = Sequence[tuple[float, float]]


def beep(recording: Recording, times: Times, *, told: Callable[[float], None]) -> bytes:
    """The whole recording as MP3, with a tone from each start to each end, in seconds.

    `told` hears how far it is, 0..1, and may raise to stop it.
    """
    import av
    import numpy

    end = min(recording.length(), MOST_SECONDS * RATE)
    sides = 1 if _is_one_line(recording, end) else 2
    layout = ("mono", "stereo")[sides - 1]
    buffer = BytesIO()
    with av.open(buffer, "w", format="mp3") as container:
        stream: Any = container.add_stream("libmp3lame", rate=RATE, layout=layout)
        stream.bit_rate = BITS_A_SECOND[sides]
        resampler = av.AudioResampler(
            format="s16p",
            layout=layout,
            rate=RATE,
            frame_size=stream.codec_context.frame_size or 576,
        )
        for start, block in _beeped(recording, times, end):
            told(start / end)
            packed = numpy.ascontiguousarray(block[:, :sides]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
            frame.rate = RATE
            for piece in resampler.resample(frame):
                container.mux(stream.encode(piece))
        for piece in resampler.resample(None):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def _is_one_line(recording: Recording, end: int) -> bool:
    """Whether left and right are the same all along."""
    return all(bool((block[:, 0] == block[:, 1]).all()) for _, block in _blocks(recording, end))


def _blocks(recording: Recording, end: int) -> Iterator[tuple[int, Samples]]:
    for start in range(0, end, BLOCK):
        yield start, recording.sides(start, min(end, start + BLOCK))


def _beeped(recording: Recording, times: Times, end: int) -> Iterator[tuple[int, Samples]]:
    for start, block in _blocks(recording, end):
        changed = block
        for first, last in ((int(a * RATE), int(b * RATE)) for a, b in times):
            if first < start + len(block) and start < last:
                changed = changed.copy() if changed is block else changed
                _lay_over(changed, start, first, last)
        yield start, changed


def _lay_over(block: Samples, start: int, first: int, last: int) -> None:
    """The tone from sample `first` to `last`, as far as it lies in a block that begins at `start`.

    Nothing of the original is left between them; the fade is of the tone alone.
    """
    import numpy

    places = numpy.arange(max(first, start), min(last, start + len(block)))
    fade = numpy.minimum(1.0, numpy.minimum(places - first, last - places) / FADE)
    wave = numpy.sin(2 * numpy.pi * PITCH / RATE * places) * fade * LOUDNESS * 32767
    block[places[0] - start : places[-1] + 1 - start] = wave.astype(numpy.int16)[:, None]
