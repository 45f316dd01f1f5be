"""A divided job on real workers: everyone helps, the parts are joined in order, one answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.scripts import PREFIX
from core.words import CANCELLED
from tests.crew import Crew, numbers
from tests.waiting import until


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    with Crew(tmp_path_factory.mktemp("crew"), workers=3) as made:
        yield made


def test_all_workers_do_parts_of_one_job_and_the_answer_is_in_order(crew: Crew) -> None:
    answer = crew.answer(crew.ask("all 18 parts of 0.3"))

    assert answer == numbers(18)
    assert len(crew.at_work("all")) == 3
    assert [len(each) for each in crew.counts("all").values()] == [1] * 18


def test_parts_are_done_while_others_are_still_being_found(crew: Crew) -> None:
    message = crew.ask("early 12 parts of 0.1 planned in 3")
    until(lambda: crew.counts("early"))

    assert len(crew.counts("early")) < 12
    assert crew.answer(message) == numbers(12)


def test_a_job_of_one_part_is_done_by_one_worker(crew: Crew) -> None:
    assert crew.answer(crew.ask("one 1 parts of 0.1")) == "0"
    assert len(crew.at_work("one")) == 1


def test_a_refusal_that_is_found_out_late_is_the_answer(crew: Crew) -> None:
    answer = crew.answer(crew.ask("late 6 parts of 0.1 planned in 1 refused"))

    assert answer == "This counts too far."


def test_progress_shows_how_far_the_whole_is_and_the_first_words(crew: Crew) -> None:
    message = crew.ask("shown 24 parts of 0.6")
    words = crew.workspace.wait_for_reply(message, containing="%, ")

    assert "It begins with 0." in str(words["blocks"])
    assert crew.answer(message) == numbers(24)


def test_cancel_stops_everyone_and_leaves_no_board(crew: Crew) -> None:
    message = crew.ask("stop 300 parts of 0.3")
    until(lambda: len(crew.at_work("stop")) == 3)
    crew.workspace.person("ada").click(crew.shown(message), "cancel")

    assert crew.answer(message) == CANCELLED
    with crew.redis() as redis:
        until(lambda: not [*redis.scan_iter(f"{PREFIX}board:*")])
    assert len(crew.counts("stop")) < 60


def test_another_persons_job_is_not_kept_waiting_by_parts(crew: Crew) -> None:
    long = crew.ask("long 60 parts of 0.3")
    until(lambda: len(crew.at_work("long")) == 3)

    assert crew.answer(crew.ask("short 1 parts of 0.1")) == "0"
    assert crew.said(long) == []
    assert crew.answer(long) == numbers(60)
