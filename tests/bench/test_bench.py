"""`make bench`: it writes what it promises, leaves nothing running, and the docs show its table."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from bench import report
from bench.assumptions import CPU, measured
from bench.bars import draw
from bench.figure import Figure
from tests.waiting import until

COMMAND = [sys.executable, "-m", "bench", "--quick", "--busy", "--only", "overhead"]
PROMISED = {"ours", "peer", "ratio", "unit", "limit", "quality"}


def test_a_run_writes_each_figure_with_its_peer(tmp_path: Path) -> None:
    target = tmp_path / "results.json"

    done = subprocess.run([*COMMAND, "--results", str(target)], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()
    results = json.loads(target.read_text())
    assert [*results] == ["overhead p50", "overhead p99"]
    assert all(each.keys() >= PROMISED and each["peer"] > 0 for each in results.values())
    assert "overhead p99" in done.stdout.decode()


def test_an_interrupted_run_leaves_no_process_behind(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [*COMMAND, "--results", str(tmp_path / "results.json")]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as run:
        until(lambda: len(with_environment(tmp_path)) > 4, seconds=40)

        run.send_signal(signal.SIGTERM)

    assert until(lambda: not with_environment(tmp_path))
    assert not list(tmp_path.glob("bench-*"))


def test_a_time_is_better_when_it_is_less() -> None:
    figure = Figure(name="wait", ours=2.0, peer=10.0, unit="s", peer_is="another", less=True)

    assert figure.ratio == 5.0


def test_a_run_of_some_figures_keeps_the_others(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    for name in ("one", "two", "one"):
        figure = Figure(name=name, ours=2.0, peer=1.0, unit="answers/s", peer_is="another")
        report.keep(path, report.as_results([figure], busy=0.0, quick=False))

    assert [*json.loads(path.read_text())] == ["one", "two"]


def test_the_page_and_its_picture_are_made_of_the_results(tmp_path: Path) -> None:
    figure = Figure(name="wait", ours=2.0, peer=10.0, unit="s", peer_is="another", less=True)
    results = report.as_results([figure], busy=0.0, quick=False)
    page, picture = tmp_path / "page.md", tmp_path / "picture.svg"
    page.write_text(report.PAGE.read_text())

    report.write(results, page=page, picture=picture)

    assert report.section(results) in page.read_text()
    assert "| wait | **2.00** s | 10.0 | 5.00 |" in page.read_text()
    assert picture.read_text() == draw(results)


def test_figures_of_a_quick_run_are_not_taken_for_measured(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    figure = Figure(name="text", ours=2.0, peer=1.0, unit="answers/s", peer_is="another")
    report.keep(path, report.as_results([figure], busy=0.0, quick=True))

    assert measured(path).texts == CPU.texts


def with_environment(folder: Path) -> list[str]:
    """The processes whose temporary files are in a folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if f"TMPDIR={folder}\0".encode() in (entry / "environ").read_bytes():
                found.append(entry.name)
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return found
