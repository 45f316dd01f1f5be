"""Sounds that tests make themselves, and the one real recording, which a package brings."""

from __future__ import annotations

import wave
from importlib.util import find_spec
from pathlib import Path

import numpy
import pytest
from numpy.typing import NDArray

RATE = 16_000
Sound = NDArray[numpy.int16]


def silence(seconds: float) -> Sound:
    return numpy.zeros(int(seconds * RATE), dtype=numpy.int16)


def noise(seconds: float, *, loudness: float = 0.3) -> Sound:
    made = numpy.random.default_rng(1).normal(0, loudness, int(seconds * RATE))
    return (made.clip(-1, 1) * 32767).astype(numpy.int16)


def tone(seconds: float, *, pitch: float = 440) -> Sound:
    times = numpy.arange(int(seconds * RATE)) / RATE
    return (numpy.sin(2 * numpy.pi * pitch * times) * 16000).astype(numpy.int16)


def music(seconds: float) -> Sound:
    """Plucked notes over a beat."""
    random = numpy.random.default_rng(3)
    made = numpy.zeros(int(seconds * RATE))
    times = numpy.arange(RATE // 2) / RATE
    for start in range(0, len(made) - RATE // 2, RATE // 4):
        pitch = 220 * 2 ** (random.choice([0, 2, 4, 5, 7, 9, 11]) / 12)
        parts = [numpy.sin(2 * numpy.pi * pitch * k * times) / k for k in range(1, 8)]
        made[start : start + len(times)] += sum(parts) * numpy.exp(-4 * times)
    return (made / abs(made).max() * 20000).astype(numpy.int16)


def write_wav(path: Path, sound: Sound, *, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(sound.tobytes())
    return path


def write_stereo(path: Path, sides: Sound) -> Path:
    """Samples (samples, 2) as a file with two channels."""
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes(numpy.ascontiguousarray(sides).tobytes())
    return path


def encode(path: Path, sound: Sound, *, codec: str, rate: int, layout: str) -> Path:
    """The sound in another format, by the suffix of `path`."""
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        size = stream.codec_context.frame_size or 1024
        to = {"format": stream.codec_context.format, "layout": layout, "rate": rate}
        resampler = av.AudioResampler(**to, frame_size=size)
        frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.rate = RATE
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def video(path: Path) -> Path:
    """A second of black, without sound."""
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        black = numpy.zeros((64, 64, 3), dtype=numpy.uint8)
        for _ in range(10):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(black, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def call() -> Path:
    """30 seconds of a telephone call; speech starts at 6.7 s."""
    found = find_spec("pyannote") and find_spec("pyannote.audio")
    if not found or not found.submodule_search_locations:
        pytest.skip("needs the recording in pyannote.audio: pip install --no-deps -r samples.txt")
    return Path(found.submodule_search_locations[0]) / "sample" / "sample.wav"


def samples_of(path: Path, *, first: float = 0, last: float = 30) -> Sound:
    with wave.open(str(path)) as file:
        content = numpy.frombuffer(file.readframes(file.getnframes()), dtype=numpy.int16)
    return content[int(first * RATE) : int(last * RATE)]
