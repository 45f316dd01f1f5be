"""Progress: shown when work is long, never after the answer, and stopped by Cancel."""

from __future__ import annotations

import pytest

from core.errors import Cancelled, TransientError
from core.reply import Reply
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
def previews() -> list[str]:
    return []


@pytest.fixture
def reporter(clock: Clock, shown: list[str], previews: list[str]) -> Reporter:
    def show(line: str, preview: Reply | None) -> None:
        shown.append(line)
        previews.append(preview.text if preview else "")

    return Reporter(show, clock=clock)


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


def test_the_first_preview_does_not_wait_for_its_turn_and_the_next_one_does(
    reporter: Reporter, clock: Clock, previews: list[str]
) -> None:
    clock.now += FIRST_SECONDS
    reporter.tick()
    for words in ("One so far", "Two so far", "Three so far"):
        reporter.preview(Reply(text=words))
        reporter.tick()
    clock.now += EVERY_SECONDS
    reporter.tick()

    assert previews == ["", "One so far", "Three so far"]


def test_a_preview_stays_until_the_next_one(
    reporter: Reporter, clock: Clock, previews: list[str]
) -> None:
    reporter.preview(Reply(text="One so far"))
    clock.now += FIRST_SECONDS
    reporter.tick()
    clock.now += EVERY_SECONDS
    reporter("Reading", 0.5)
    reporter.tick()

    assert previews == ["One so far", "One so far"]


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
