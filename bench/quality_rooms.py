"""How often call doubts its speakers where it is wrong, and where it is right.

`python -m bench.quality_rooms DATA`: conversations of one to three known voices in rooms and noise
of our making (rooms.py). Their seeds are not those that the thresholds were chosen with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.diarization_error import error_rate
from bench.rooms import SECONDS, Room, Scene, converse, read_voices
from bench.samples import samples_asked_for
from skills.models.voices import VoiceEncoder, load_voice_encoder
from skills.speech.hearing import hear, put_together
from skills.speech.speakers import tell_apart

ROOMS = [Room(echo=echo, noise=noise) for echo in (0.0, 0.4, 0.8) for noise in (30.0, 15.0, 5.0)]
ROUNDS, FIRST_SEED = 4, 10_000
GOOD, BAD = 0.1, 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One conversation: how many there are and were found, the error, and whether it was sure."""

    room: Room
    people: int
    found: int
    error: float
    sure: bool


def measure(data: Path) -> list[Told]:
    """Every room with one, two and three people, each so many times."""
    import numpy

    voices, encoder = read_voices(data), load_voice_encoder()
    told = []
    for number, (room, people) in enumerate(_all()):
        seed = FIRST_SEED + number
        names = numpy.random.default_rng(seed).choice(sorted(voices), people, replace=False)
        scene = converse(voices, [str(name) for name in names], room, seed=seed)
        told.append(_tell(encoder, scene, room, people))
    return told


def _all() -> Iterator[tuple[Room, int]]:
    for _ in range(ROUNDS):
        for room in ROOMS:
            for people in (1, 2, 3):
                yield room, people


def _tell(encoder: VoiceEncoder, scene: Scene, room: Room, people: int) -> Told:
    import numpy

    sides = numpy.stack([scene.sound, scene.sound], axis=1)
    speakers = tell_apart(put_together([(0, hear(encoder, sides, lead=0))]))
    turns = [(turn.start, turn.end, str(turn.speaker)) for turn in speakers.turns()]
    error = error_rate(scene.spoken, turns, duration=SECONDS)
    return Told(room=room, people=people, found=speakers.count, error=error, sure=speakers.sure)


def describe(told: list[Told]) -> Iterator[str]:
    """A line a group of conversations."""
    for name, some in (
        (f"error above {BAD:.0%}", [each for each in told if each.error > BAD]),
        ("error between", [each for each in told if GOOD <= each.error <= BAD]),
        (f"error below {GOOD:.0%}", [each for each in told if each.error < GOOD]),
        ("wrong number", [each for each in told if each.found != each.people]),
        ("right number", [each for each in told if each.found == each.people]),
        *((str(room), [each for each in told if each.room == room]) for room in ROOMS),
    ):
        doubted = sum(not each.sure for each in some)
        mean = sum(each.error for each in some) / max(1, len(some))
        yield f"{name:34} {len(some):4} doubted {doubted:4}, mean error {mean:.1%}"
    counts = Counter((each.people, each.found) for each in told)
    for (people, found), number in sorted(counts.items()):
        yield f"{people} speak, {found} found{'':18} {number:4}"


if __name__ == "__main__":
    for line in describe(measure(samples_asked_for())):
        print(line)
