"""Conversations put together from recordings of single voices, in rooms and noise of our making.

Who speaks when is known exactly, so they show how speakers are told apart where it is hard: with an
echo that lasts and noise that is loud. They are no substitute for real ones: nobody hesitates,
laughs or interrupts, and a voice says the same few sentences again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.diarization_error import Span
from skills.decode.audio import open_recording
from skills.decode.scratch import scratch_for

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Sound = NDArray[numpy.float64]

RATE = 16_000
SECONDS = 45
TURN, PAUSE = (1.5, 6.0), (0.1, 0.8)  # seconds, the shortest and the longest
LOUDNESS = -26.0  # dB below full scale, of a voice while it speaks; each is a little different
STEP = RATE // 100
QUIET, GAP = 35.0, 35  # dB below a voice's loudest is a pause; steps that are still one turn


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """`echo` is how long a sound takes to fall by 60 dB, in seconds; `noise` is dB below speech."""

    echo: float
    noise: float

    def __str__(self) -> str:
        return f"echo {self.echo:.1f} s, noise {self.noise:.0f} dB below"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A conversation: samples as int16, and who speaks when."""

    sound: NDArray[Any]
    spoken: list[Span]


def read_voices(folder: Path) -> dict[str, list[Sound]]:
    """The recordings of each voice: what stands before the number in a clip's name is the voice."""
    voices: dict[str, list[Sound]] = defaultdict(list)
    for line in (folder / "speech" / "clips.jsonl").open():
        row = json.loads(line)
        name = row["id"].rstrip("0123456789-").removesuffix("_snt").removesuffix("_LJ")
        if row["seconds"] < 1.7 or row["id"].startswith("weather"):
            continue
        voices[name].append(_samples(folder / "speech" / row["file"]))
    return dict(voices)


def _samples(path: Path) -> Sound:
    import numpy

    with scratch_for(path) as scratch, open_recording(path, scratch=scratch) as recording:
        blocks = list(recording.blocks(RATE * 60))
    return numpy.concatenate(blocks).astype(numpy.float64) / 32768


def converse(
    voices: Mapping[str, Sequence[Sound]], people: Sequence[str], room: Room, *, seed: int
) -> Scene:
    """So many people take turns in a room; the same seed makes the same conversation."""
    import numpy

    random = numpy.random.default_rng(seed)
    length = SECONDS * RATE
    apart = {name: numpy.zeros(length) for name in people}
    spoken: list[Span] = []
    at, before = int(random.uniform(0.3, 1.5) * RATE), ""
    while at < length - int(TURN[0] * RATE):
        name = str(random.choice([each for each in people if each != before] or list(people)))
        piece = _cut(voices[name], random)[: length - at]
        apart[name][at : at + len(piece)] += piece
        spoken += [(at / RATE + a, at / RATE + b, name) for a, b in _spoken_in(piece)]
        at += len(piece) + int(random.uniform(*PAUSE) * RATE)
        before = name
    mixed = sum(_echoing(sound, room.echo, random) for sound in apart.values())
    return Scene(sound=_noisy(mixed, room.noise, random), spoken=spoken)


def _cut(clips: Sequence[Sound], random: Any) -> Sound:
    """A part of a clip, as loud as people are."""
    import numpy

    clip = clips[int(random.integers(len(clips)))]
    size = min(len(clip), int(random.uniform(*TURN) * RATE))
    start = int(random.integers(len(clip) - size + 1))
    piece = clip[start : start + size]
    loudness = 10 ** ((LOUDNESS + random.uniform(-3, 3)) / 20)
    cut: Sound = piece * loudness / max(1e-6, float(numpy.sqrt((piece**2).mean())))
    return cut


def _spoken_in(piece: Sound) -> list[tuple[float, float]]:
    """(start, end) in seconds of the speech in a clean recording; a short pause is inside it."""
    import numpy

    steps = piece[: len(piece) // STEP * STEP].reshape(-1, STEP)
    level = 10 * numpy.log10((steps**2).mean(axis=1) + 1e-12)
    loud = numpy.flatnonzero(level > level.max() - QUIET)
    parts = numpy.split(loud, numpy.flatnonzero(numpy.diff(loud) > GAP) + 1)
    return [(part[0] * STEP / RATE, (part[-1] + 1) * STEP / RATE) for part in parts]


def _echoing(sound: Sound, echo: float, random: Any) -> Sound:
    """The sound as it is heard from afar: as much of it comes from the walls as straight."""
    import numpy

    if not echo:
        return sound
    times = numpy.arange(int(echo * RATE)) / RATE
    tail = random.normal(size=len(times)) * 10 ** (-3 * times / echo)
    tail *= times > 0.005  # the walls answer later
    answer = tail / numpy.sqrt((tail**2).sum())
    answer[0] = 1.0
    size = 1 << (len(sound) + len(answer)).bit_length()
    heard: Sound = numpy.fft.irfft(numpy.fft.rfft(sound, size) * numpy.fft.rfft(answer, size), size)
    return heard[: len(sound)]


def _noisy(sound: Sound, below: float, random: Any) -> NDArray[Any]:
    """With a hiss that falls by 3 dB an octave, `below` dB under the speech."""
    import numpy

    spectrum = numpy.fft.rfft(random.normal(size=len(sound)))
    spectrum /= numpy.sqrt(numpy.maximum(1.0, numpy.arange(len(spectrum)) / 100))
    noise = numpy.fft.irfft(spectrum, len(sound))
    speech = sound[numpy.abs(sound) > 1e-4]
    noise *= numpy.sqrt((speech**2).mean() / (noise**2).mean()) * 10 ** (-below / 20)
    return ((sound + noise).clip(-1, 1) * 32767).astype(numpy.int16)
