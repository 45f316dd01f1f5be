"""A fleet has its folder for itself."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from local.fleet import Fleet, FleetError


def test_a_second_fleet_in_one_folder_is_refused_and_disturbs_nothing(tmp_path: Path) -> None:
    with (tmp_path / "fleet.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(FleetError, match="Another one is running in"), Fleet(tmp_path):
            pass

    assert [path.name for path in tmp_path.iterdir()] == ["fleet.lock"]


def test_a_folder_that_cannot_be_written_is_named() -> None:
    with (
        pytest.raises(FleetError, match="/proc/nowhere cannot be written"),
        Fleet(Path("/proc/nowhere")),
    ):
        pass
