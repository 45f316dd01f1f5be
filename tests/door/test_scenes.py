"""What the demo promises: every scene ends as it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.fleet import Fleet
from local.scenes import SCENES
from local.stage import Stage


@pytest.mark.parametrize("name", SCENES)
def test_the_scene_ends_as_it_should(fleet: Fleet, tmp_path: Path, name: str) -> None:
    shown = SCENES[name](Stage(fleet.workspace, tmp_path))  # raises Failed with what was seen

    assert shown.strip()
