"""Workers killed in the midst of a divided job: it costs the part each was at, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crew import Crew, numbers
from tests.waiting import until

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    with Crew(tmp_path_factory.mktemp("crew"), workers=3) as made:
        yield made


def test_a_volunteer_killed_costs_its_part(crew: Crew) -> None:
    message = crew.ask("volunteer 24 parts of 1")
    until(lambda: len(crew.at_work("volunteer")) == 3)
    (foreman,) = crew.counts("volunteer")[0]
    victim = next(iter(crew.at_work("volunteer") - {foreman}))
    crew.kill(crew.name_of(victim))

    assert crew.answer(message) == numbers(24)
    again = [pids for pids in crew.counts("volunteer").values() if len(pids) > 1]
    assert len(again) <= 1
    assert all(pids[0] == victim for pids in again)


def test_a_foreman_killed_costs_its_part(crew: Crew) -> None:
    message = crew.ask("foreman 24 parts of 1 planned in 6")
    until(lambda: len(crew.at_work("foreman")) == 3)
    (foreman,) = crew.counts("foreman")[0]
    crew.kill(crew.name_of(foreman))

    assert crew.answer(message) == numbers(24)
    again = [pids for pids in crew.counts("foreman").values() if len(pids) > 1]
    assert len(again) <= 1
    assert all(pids[0] == foreman for pids in again)


def test_all_workers_killed_cost_a_part_each(crew: Crew) -> None:
    message = crew.ask("everyone 24 parts of 1")
    until(lambda: len(crew.at_work("everyone")) == 3)
    until(lambda: len(crew.counts("everyone")) > 6)
    for name in crew.names:
        crew.kill(name)

    assert crew.answer(message, seconds=90) == numbers(24)
    assert sum(map(len, crew.counts("everyone").values())) <= 24 + 3
