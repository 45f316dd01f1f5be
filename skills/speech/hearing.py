"""What is heard of a call besides its words: who may be speaking, on which side, how loudly.

Measured part by part, on any worker, and put together in order; a part travels as plain JSON. A
frame is 32 ms; frames are counted from the beginning of the recording, so that parts fit.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skills.models.stretches import FRAME, RATE
from skills.models.voice_activity import LEAD, speech_in
from skills.models.voices import SPAN, WIDTH, VoiceEncoder

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]
    Sides = NDArray[numpy.int16]

Json = Mapping[str, Any]

HOP = 12 * FRAME  # samples between two voice prints: 0.384 s
VOICED = 0.35  # a frame of which the network thinks so is speech; the voice of a far one, too
ENOUGH = 0.25  # a print is taken of a span that is speech to this part
QUIETEST = -100.0  # dB below full scale: nothing
# Sides carry different people when one is so much louder (dB) in most frames of speech.
DISTINCT, MOSTLY = 6.0, 0.75


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """`speech` (frames, sides) 0..1, `level` (frames, 2) in dB below full scale, and voice prints.

    A recording with the same sound on both sides has one. `starts` are the frames at which spans of
    1.6 s begin that `prints` (spans, 256) are of.
    """

    speech: Floats
    level: Floats
    starts: NDArray[Any]
    prints: Floats

    @property
    def sides(self) -> int:
        return int(self.speech.shape[1])


def first_frame(sample: int) -> int:
    """The frame that a part begins with which begins at this sample."""
    return sample // FRAME


def hear(encoder: VoiceEncoder | None, sides: Sides, *, lead: int) -> Json:
    """What is heard in the samples of both sides (samples, 2), after the first `lead` ones.

    The network for speech listens to these before, because it judges by what came before. Voice
    prints are taken where the sides do not tell who speaks; without an `encoder` none are.
    """
    import numpy

    frames = max(1, -(-(len(sides) - lead) // FRAME))
    sides = numpy.pad(sides, ((0, lead + frames * FRAME - len(sides)), (0, 0)))
    padded = sides[lead:]
    squares = (padded.astype(numpy.float32) / 32768).reshape(frames, FRAME, 2) ** 2
    level = 10 * numpy.log10(squares.mean(axis=1) + 1e-10)
    same = numpy.array_equal(sides[:, 0], sides[:, 1])
    heard = [sides[:, 0]] if same else [sides[:, 0], sides[:, 1]]
    speech = numpy.stack([speech_in(each)[lead // FRAME :][:frames] for each in heard], axis=1)
    prints, starts = numpy.zeros((0, WIDTH), dtype=numpy.float32), []
    if encoder and (same or not are_distinct(speech, level)):
        starts = _starts(speech.max(axis=1))
        mixed = padded.mean(axis=1).astype(numpy.int16)
        prints = encoder.prints(mixed, [start * FRAME for start in starts])
    return {
        "sides": len(heard),
        "speech": _packed(speech * 255, "uint8"),
        "level": _packed(numpy.clip(-level, 0, -QUIETEST) * 2.5, "uint8"),
        "starts": starts,
        "prints": _packed(prints * 255, "uint8"),  # none is negative
    }


def are_distinct(speech: Floats, level: Floats) -> bool:
    """Whether the sides carry different people: one is the louder while somebody speaks."""
    import numpy

    spoken = speech.max(axis=1) > VOICED
    apart = numpy.abs(level[:, 0] - level[:, 1])[spoken] > DISTINCT
    return bool(len(apart) and apart.mean() > MOSTLY)


def _starts(speech: NDArray[Any]) -> list[int]:
    """The frames at which spans begin that are mostly speech."""
    length, hop = SPAN // FRAME, HOP // FRAME
    return [
        start
        for start in range(0, max(1, len(speech) - length // 2), hop)
        if (speech[start : start + length] > VOICED).mean() > ENOUGH
    ]


def put_together(parts: Sequence[tuple[int, Json]]) -> Hearing:
    """The whole recording from its parts, each with the frame that it begins with."""
    import numpy

    sides = max(part["sides"] for _, part in parts)
    speech, level, starts, prints = [], [], [], []
    for first, part in parts:
        each = _unpacked(part["speech"], part["sides"]) / 255
        speech.append(numpy.repeat(each, sides // part["sides"], axis=1))
        level.append(_unpacked(part["level"], 2) / -2.5)
        starts += [first + start for start in part["starts"]]
        prints.append(_unpacked(part["prints"], 256) / 255)
    return Hearing(
        speech=numpy.concatenate(speech),
        level=numpy.concatenate(level),
        starts=numpy.array(starts, dtype=int),
        prints=numpy.concatenate(prints),
    )


def lead_of(start: int) -> int:
    """How many samples before a part are listened to with it."""
    return min(LEAD, start // FRAME * FRAME)


def seconds_of(frames: float) -> float:
    """Frames as seconds."""
    return frames * FRAME / RATE


def _packed(values: NDArray[Any], kind: str) -> str:
    return base64.b64encode(values.round().astype(kind).tobytes()).decode()


def _unpacked(text: str, width: int) -> Floats:
    import numpy

    flat = numpy.frombuffer(base64.b64decode(text), dtype=numpy.uint8)
    return flat.reshape(-1, width).astype(numpy.float32)
