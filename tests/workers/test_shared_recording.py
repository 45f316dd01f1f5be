"""A real recording on two real workers: each writes parts of it down, every sentence once."""

from __future__ import annotations

from pathlib import Path

import numpy

from local.fleet import Fleet
from local.shapes import Json
from local.stage import finished
from local.transcript import visible_text
from tests.skills import sounds

TIMES = 9  # of 30 s: three parts


def test_two_workers_write_one_recording_down(tmp_path: Path) -> None:
    calls = numpy.tile(sounds.samples_of(sounds.call()), TIMES)
    path = sounds.write_wav(tmp_path / "call.wav", calls)
    fleet = Fleet(
        tmp_path / "fleet",
        environment={"DEVICE": "cpu", "OMP_NUM_THREADS": "1"},
        workers=2,
        queues="speech,control",
    )
    with fleet:
        upload = fleet.workspace.person("ada").upload("support", [path])
        said = fleet.workspace.wait_for(lambda: answer(fleet, upload), timeout=180)
        logs = fleet.log("worker") + fleet.log("worker2")

    assert said.count("This is Diane in New Jersey.") == TIMES
    assert "lending a hand" in logs


def answer(fleet: Fleet, upload: Json) -> str:
    """The whole transcript once it is there."""
    replies = fleet.workspace.thread(upload["channel"], upload["ts"])[1:]
    return "".join(visible_text(each) for each in replies if each.get("files") or finished(each))
