"""The program `python -m local` and what the package may know."""

import ast
import json
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from local.__main__ import make_slack, read_options

ROOT = Path(__file__).parents[2]
OURS = {"bot", "core", "skills", "workers", "slack_bolt", "slack_sdk"}
# The demo and the fleet start our programs by their command lines; still no import.
FILES = sorted((ROOT / "local").rglob("*.py"))


def test_it_ends_within_a_second_of_sigterm() -> None:
    command = [sys.executable, "-m", "local", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[2].rstrip("/")
        changes = urllib.request.urlopen(f"{url}/local/changes", timeout=5)
        process.send_signal(signal.SIGTERM)
        start = time.monotonic()
        code = process.wait(5)
        changes.close()

    assert (code, time.monotonic() - start < 1) == (0, True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_knows_nothing_of_ours(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])

    assert not imported & OURS


def test_the_manifest_names_the_bot(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"display_information": {"name": "Other"}}))
    slack = make_slack(read_options(["--manifest", str(manifest)]), tmp_path)

    assert slack.workspace.bot.real_name == "Other"


@pytest.mark.parametrize("content", [None, "display_information:", "[1]"])
def test_a_file_without_a_manifest_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "manifest.yaml"
    if content is not None:
        path.write_text(content)

    with pytest.raises(SystemExit, match=str(path)):
        make_slack(read_options(["--manifest", str(path)]), tmp_path)
