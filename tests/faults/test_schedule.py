"""A schedule is drawn from its seed alone, and every fault and act is drawn sooner or later."""

from __future__ import annotations

import subprocess
import sys

from tests.faults.schedule import ACTS, draw
from tests.faults.weather import Weather


def test_a_seed_gives_the_same_schedule_in_every_process() -> None:
    code = "from tests.faults.schedule import draw; print(draw(7, 3))"
    elsewhere = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert elsewhere.stdout.strip() == str(draw(7, 3))


def test_other_seeds_and_numbers_give_other_schedules() -> None:
    drawn = {str(draw(seed, number)) for seed in range(5) for number in range(20)}

    assert len(drawn) == 100


def test_every_kind_of_act_and_fault_is_drawn() -> None:
    schedules = [draw(1, number) for number in range(200)]
    kinds = {fault.kind for each in schedules for fault in each.faults}

    assert {act.kind for each in schedules for act in each.acts} == set(ACTS)
    assert all(hasattr(Weather, f"_{kind}") for kind in kinds)
    assert len(kinds) == 9
