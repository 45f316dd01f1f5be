"""Progress: shown when work is long, never after the answer, and stopped by Cancel."""

from __future__ import annotations

import pytest

from core.errors import Cancelled, TransientError
from workers.progress import EVERY_SECONDS, FIRST_SECONDS, Reporter


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def reporter(clock: Clock, shown: list[str]) -> Reporter:
    return Reporter(shown.append, clock=clock)


def test_short_work_shows_nothing(reporter: Reporter, clock: Clock, shown: list[str]) -> None:
    reporter("Reading", 0.5)
    clock.now += FIRST_SECONDS - 0.1
    reporter.tick()

    assert shown == []


def test_long_work_shows_stage_percent_and_time_left(
    reporter: Reporter, clock: Clock, shown: list[str]
) -> None:
    reporter("Transcribing", 0.0)
    clock.now += 10
    reporter("Transcribing", 0.25)
    reporter.tick()

    assert shown == ["Transcribing… 25%, about 30 s left"]


def test_a_slack_that_limits_us_is_not_flooded(
    reporter: Reporter, clock: Clock, shown: list[str]
) -> None:
    clock.now += FIRST_SECONDS
    for _ in range(10):
        reporter("Reading", 0.1)
        reporter.tick()
    clock.now += EVERY_SECONDS
    reporter.tick()

    assert len(shown) == 2


def test_nothing_is_shown_after_the_answer(
    reporter: Reporter, clock: Clock, shown: list[str]
) -> None:
    clock.now += FIRST_SECONDS
    reporter.finish()
    reporter.tick()

    assert shown == []


def test_a_cancelled_job_stops_at_its_next_word(reporter: Reporter) -> None:
    reporter.cancel()

    with pytest.raises(Cancelled):
        reporter("Reading", 0.1)


def test_a_job_of_a_stopping_worker_is_given_back_at_its_next_word(reporter: Reporter) -> None:
    reporter.interrupt()

    with pytest.raises(TransientError):
        reporter("Reading", 0.1)
