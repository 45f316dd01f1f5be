"""A call that was counted by hand: two mono recordings, one a person, as the sides of a stereo one.

What is said is cut out of the one real recording, from the first sound to the last (seen in its
wave, to 10 ms), and put where we want it; so it is known who speaks when.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy

from tests.skills import sounds

SECONDS = 29
# Where in the real recording something is said, in seconds.
TEXAS = (14.71, 17.82)  # "And I'm Sheila in Texas, originally from Chicago." from "Sheila" on
YANKEE = (21.82, 27.81)  # "Well, there isn't that much difference … call me a Yankee down here"
HELLO = (7.66, 8.26)  # "Hello?"
DIANE = (11.74, 14.48)  # "You know, I heard a beep. This is Diane in New Jersey."
ALSO = (18.60, 21.43)  # "I'm originally from Chicago also. I'm in New Jersey now, though."
THERE = (8.36, 9.90)  # "Oh, hello, I didn't know you were there."
LEFT = ((1.0, TEXAS), (9.0, YANKEE), (20.0, HELLO), (25.2, TEXAS))
RIGHT = ((5.0, DIANE), (14.0, THERE), (21.4, ALSO))
# Nobody breaks in, and nothing is broken off in the middle of a word.
POLITE_LEFT = ((1.0, TEXAS), (11.0, HELLO), (25.2, TEXAS))
POLITE_RIGHT = ((5.0, DIANE), (12.4, THERE), (21.4, ALSO))


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a person counts for one speaker."""

    talk_seconds: float
    talk_share: float
    longest_monologue: float
    patience: float


# The left speaks 1.00-4.11, 9.00-14.99, 20.00-20.60 and 25.20-28.31; the right 5.00-7.74,
# 14.00-15.54 (she breaks in, and the left stops at 14.99) and 21.40-24.23.
TURNS = [
    (0, 1.00, 4.11), (1, 5.00, 7.74), (0, 9.00, 14.99), (1, 14.00, 15.54), (0, 20.00, 20.60),
    (1, 21.40, 24.23), (0, 25.20, 28.31),
]  # fmt: skip
PEOPLE = (
    Counted(
        talk_seconds=12.81,  # 3.11 + 5.99 + 0.60 + 3.11
        talk_share=0.643,
        longest_monologue=5.99,
        patience=1.26,  # the middle one of 9.00 - 7.74, 20.00 - 15.54 and 25.20 - 24.23
    ),
    Counted(
        talk_seconds=7.11,  # 2.74 + 1.54 + 2.83
        talk_share=0.357,
        longest_monologue=2.83,
        patience=0.845,  # between 5.00 - 4.11 and 21.40 - 20.60
    ),
)
OVERLAP = 0.99  # 14.00 to 14.99
SILENCE = 10.07  # 29 - 3.11 - 2.74 - (15.54 - 9.00) - 0.60 - 2.83 - 3.11
LONGEST_SILENCE = 4.46  # from 15.54 to 20.00
INTERRUPTIONS = (0, 1)
WORDS = (13, 31)  # of the polite call: 6 + 1 + 6, and 12 + 8 + 11
WORDS_A_MINUTE = (114.4, 261.6)  # in 6.82 s and 7.11 s


def make(folder: Path, *, polite: bool = False) -> Path:
    """The stereo file, out of both mono ones; `polite`: nobody breaks in or off."""
    left, right = (POLITE_LEFT, POLITE_RIGHT) if polite else (LEFT, RIGHT)
    paths = [
        sounds.write_wav(folder / f"{name}.wav", _one(parts, seed=seed))
        for seed, (name, parts) in enumerate({"left": left, "right": right}.items())
    ]
    sides = [sounds.samples_of(path) for path in paths]
    return sounds.write_stereo(folder / "counted call.wav", numpy.stack(sides, axis=1))


def _one(parts: tuple[tuple[float, tuple[float, float]], ...], *, seed: int) -> sounds.Sound:
    """What one says on an otherwise quiet line."""
    hiss = numpy.random.default_rng(seed).normal(0, 8, SECONDS * sounds.RATE)
    line: sounds.Sound = hiss.astype(numpy.int16)
    for at, (first, last) in parts:
        piece = sounds.samples_of(sounds.call(), first=first, last=last)
        start = round(at * sounds.RATE)
        line[start : start + len(piece)] += piece
    return line
