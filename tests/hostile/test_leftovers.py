"""What a killed worker was decoding is gone as soon as the next one starts.

That the job is answered then is `tests/door/test_reliability.py`'s to show.
"""

from __future__ import annotations

import time
import wave
from pathlib import Path

from local.fleet import Fleet
from tests.hostile.door import leftovers

MINUTES = 30  # so long that a decoder is caught at work: half a second on an idle machine
PATIENCE = 120.0


def long_recording(path: Path) -> Path:
    """Silence, which is decoded for seconds and transcribed in no time."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 8_000, 0, "NONE", ""))
        for _ in range(MINUTES):
            file.writeframes(b"\x80" * 8_000 * 60)
    return path


def wait_for_a_decoder(folder: Path) -> None:
    """Return as soon as one has written something; looks often, because it is soon done."""
    deadline = time.monotonic() + PATIENCE
    while not any(folder.glob("*/*/readymade-*/*")):
        assert time.monotonic() < deadline, "no decoder was seen at work"
        time.sleep(0.01)


def test_nothing_is_left_behind_when_the_worker_is_killed_at_decoding(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "elsewhere").mkdir(parents=True)
    with Fleet(data, environment={"TMPDIR": str(data / "elsewhere")}) as fleet:
        workspace = fleet.workspace
        path = long_recording(tmp_path / "long.wav")
        workspace.person("ada").upload("support", [path])
        wait_for_a_decoder(data / "tmp")
        fleet.kill("worker")

        assert leftovers(data) == []
