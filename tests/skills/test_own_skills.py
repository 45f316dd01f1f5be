"""The page "How do I add a skill?" tells the truth: its file works as it stands."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "SKILLS_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_skill_of_the_page_runs_and_gets_its_command(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "a-new-skill.md").read_text()
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert code is not None
    (tmp_path / "shout.py").write_text(code[1])

    assert run(tmp_path, "skills", "shout", "hello").stdout.strip().endswith("HELLO")
    assert '"command": "/shout"' in run(tmp_path, "bot.manifest").stdout


def test_the_example_of_the_page_is_what_follows_the_command(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "a-new-skill.md").read_text()
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert code is not None
    (tmp_path / "shout.py").write_text(code[1])
    example = runpy.run_path(str(tmp_path / "shout.py"))["skill"].examples[0]

    assert run(tmp_path, "skills", "shout", example).stdout == f"{example.upper()}\n\n"


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    ended = run(tmp_path / "nowhere", "bot.manifest")

    assert "SKILLS_DIR names the folder" in ended.stderr
