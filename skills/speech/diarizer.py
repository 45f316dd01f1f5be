"""`Diarizer`: what tells voices apart in a whole recording at once, two at the same moment too.

It answers with turns in seconds; here they become frames as the rest of a call counts them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from skills.decode.recording import Recording
from skills.models.stretches import FRAME, RATE
from skills.models.voice_activity import BLOCK
from skills.speech.speakers import Speakers, Turn

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]

Progress = Callable[[str, float], None]

STAGE = "Telling voices apart"
MOST = 8  # speakers that are looked for where nobody says how many there are


@dataclass(frozen=True, kw_only=True, slots=True)
class Diarized:
    """Who speaks when.

    In `turns` several may speak at once; in `alone` one at a time: who is given a word said then.
    """

    turns: Sequence[Turn]
    alone: Sequence[Turn]


class Diarizer(Protocol):
    """A loaded model; `name` is what the small print calls it."""

    @property
    def name(self) -> str: ...

    def diarize(self, sound: Floats, *, count: int, progress: Progress) -> Diarized:
        """The turns in samples at 16 kHz, -1..1; `count` speakers, 0 to find out.

        `progress(stage, fraction)` may raise to end it.
        """


def hear_voices(
    diarizer: Diarizer, recording: Recording, *, frames: int, count: int, progress: Progress
) -> tuple[Speakers, Speakers] | None:
    """Who speaks in each frame, and who is given the words said in it; None when nobody speaks.

    They are unsure when there are not as many voices as `count` says.
    """
    sound = read_whole(recording, most=frames * FRAME, progress=progress)
    found = diarizer.diarize(sound, count=count, progress=progress)
    if not found.turns:
        return None
    number = 1 + max(turn.speaker for turn in found.turns)
    sure = count in (0, number)
    return (
        Speakers(active=_active(found.turns, frames, number), by=diarizer.name, sure=sure),
        Speakers(active=_active(found.alone, frames, number), by=diarizer.name, sure=sure),
    )


def read_whole(recording: Recording, *, most: int, progress: Progress) -> Floats:
    """Up to `most` samples, -1..1: four bytes each, 346 MB of the longest recording taken."""
    import numpy

    sound = numpy.empty(most, dtype=numpy.float32)
    start = 0
    for block in recording.blocks(BLOCK):
        progress(STAGE, 0.0)
        end = min(most, start + len(block))
        numpy.multiply(block[: end - start], numpy.float32(1 / 32768), out=sound[start:end])
        start = end
    return sound[:start]


def _active(turns: Sequence[Turn], frames: int, number: int) -> NDArray[Any]:
    """Who speaks in each frame: whose turn covers most of it, and one frame at least."""
    import numpy

    active = numpy.zeros((frames, number), dtype=bool)
    for turn in turns:
        first = round(turn.start * RATE / FRAME)
        active[first : max(first + 1, round(turn.end * RATE / FRAME)), turn.speaker] = True
    return active
