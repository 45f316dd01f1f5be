"""A real recording on two real workers: each writes parts of it down, every sentence once."""

from __future__ import annotations

import re
from pathlib import Path

import numpy

from local.fleet import Fleet
from local.installation import DEFAULT_BOT_TOKEN
from local.shapes import Json
from tests.local.test_files import download
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
        said = fleet.workspace.wait_for(lambda: transcript(fleet, upload), timeout=180)
        logs = fleet.log("worker") + fleet.log("worker2")

    assert said.count("This is Diane in New Jersey.") == TIMES
    assert times(said) == sorted(times(said))
    assert "lending a hand" in logs


def times(said: str) -> list[str]:
    return re.findall(r"^\[(\d\d:\d\d)\]", said, re.MULTILINE)


def transcript(fleet: Fleet, upload: Json) -> str:
    """The text file with the answer, once it is there."""
    for reply in fleet.workspace.thread(upload["channel"], upload["ts"])[1:]:
        for file in reply.get("files") or []:
            if file["name"].endswith(".txt"):
                return download(file["url_private"], DEFAULT_BOT_TOKEN)[2].decode()
    return ""
