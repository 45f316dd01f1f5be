"""Where a recording is cut: every word in one stretch, whatever has been heard of it so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from skills.models.stretches import (
    FRAME,
    LONGEST,
    RATE,
    SHORTEST_FRAMES,
    SILENCE,
    SPEECH,
    SURE,
    Stretch,
    cut,
    join,
)
from skills.models.whisper_faster import SHORTER

# Frames come in runs, as speech and silence do.
RUNS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.2, 0.4, 0.6, 0.65, 0.8, 1.0]), st.integers(1, 1_200)),
    max_size=12,
)


def frames(runs: Sequence[tuple[float, int]]) -> list[float]:
    return [level for level, length in runs for _ in range(length)]


def stretches(probabilities: Sequence[float], *, longest: int = LONGEST) -> list[Stretch]:
    spans = cut(probabilities, longest=longest)
    return list(join(spans, heard=lambda: len(probabilities) * FRAME, longest=longest))


@given(RUNS, st.sampled_from([LONGEST, SHORTER]))
def test_stretches_lie_one_after_the_other_and_fit_into_one_hearing(
    runs: list[tuple[float, int]], longest: int
) -> None:
    found = stretches(frames(runs), longest=longest)

    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(0 < each.end - each.start <= longest for each in found)


@given(RUNS, st.sampled_from([LONGEST, SHORTER]))
def test_no_frame_of_sure_speech_is_left_out(runs: list[tuple[float, int]], longest: int) -> None:
    probabilities = frames([(level, max(length, SHORTEST_FRAMES)) for level, length in runs])
    inside = {
        frame
        for each in stretches(probabilities, longest=longest)
        for frame in range(each.start // FRAME, -(-each.end // FRAME))
    }
    sure = {frame for frame, level in enumerate(probabilities) if level >= SURE}

    assert sure <= inside


@given(RUNS, st.integers(0, 5_000))
@settings(deadline=None)
def test_what_is_named_early_is_what_knowing_the_whole_gives(
    runs: list[tuple[float, int]], heard: int
) -> None:
    probabilities = frames(runs)
    told = min(heard, len(probabilities))
    named: list[Stretch] = []

    def listen() -> Iterator[float]:
        for frame, probability in enumerate(probabilities):
            if frame == told:
                early.extend(named)
            yield probability

    early: list[Stretch] = []
    for each in join(cut(listen()), heard=lambda: len(probabilities) * FRAME):
        named.append(each)

    assert named == stretches(probabilities)
    assert early == named[: len(early)]


def test_a_stretch_is_named_before_the_rest_is_heard() -> None:
    told: list[int] = []

    def listen() -> Iterator[float]:
        for frame in range(10_000):
            told.append(frame)
            yield 0.9 if frame % 200 < 100 else 0.0

    next(join(cut(listen()), heard=lambda: len(told) * FRAME))

    assert len(told) < 1_500


def test_what_follows_a_pause_of_more_than_a_second_is_heard_by_itself() -> None:
    second = RATE // FRAME

    assert len(stretches(frames([(0.9, 90), (0.0, second - 1), (0.9, 90)]))) == 1
    assert len(stretches(frames([(0.9, 90), (0.0, second + 1), (0.9, 90)]))) == 2


def test_what_is_never_sure_is_a_noise() -> None:
    assert SPEECH < 0.6 < SURE
    assert SILENCE < SPEECH
    assert stretches([0.6] * 5_000) == []
