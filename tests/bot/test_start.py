"""Starting the bot: light, and clear about what is missing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HEAVY = (
    "torch", "transformers", "whisper", "faster_whisper", "PIL", "numpy", "onnxruntime", "av",
    "sqlalchemy",
)  # fmt: skip


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={"PATH": "/usr/bin:/bin", **environment},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=40,
    )


def test_the_bot_loads_no_model_library() -> None:
    program = (
        "import sys, bot.__main__, bot.app; from skills.catalog import catalog; catalog(); "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    assert run("-c", program).stdout.strip() == "[]"


def test_a_missing_token_is_named_with_where_to_find_it(tmp_path: Path) -> None:
    ended = run("-m", "bot", DATA_DIR=str(tmp_path))

    assert ended.returncode == 1
    assert ended.stderr.strip().startswith("Readymade: SLACK_BOT_TOKEN is not set: copy it from")


def test_a_slack_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    ended = run(
        "-m", "bot", DATA_DIR=str(tmp_path), SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1",
        SLACK_API_URL="http://127.0.0.1:1/api/",
    )  # fmt: skip

    assert ended.returncode == 1
    last = ended.stderr.strip().splitlines()[-1]
    assert last == "Readymade: Slack at http://127.0.0.1:1/api/ cannot be reached."


def test_a_worker_without_a_token_says_so_and_stops(tmp_path: Path) -> None:
    ended = run("-m", "celery", "-A", "workers.main", "worker", DATA_DIR=str(tmp_path))
    run("-m", "core.redis_server", "stop", DATA_DIR=str(tmp_path))

    assert ended.returncode != 0
    assert "Readymade: SLACK_BOT_TOKEN is not set" in ended.stderr


def test_a_worker_with_a_model_that_does_not_exist_says_so_and_stops(tmp_path: Path) -> None:
    ended = run(
        "-m", "celery", "-A", "workers.main", "worker", DATA_DIR=str(tmp_path),
        MODELS="bundled,sentiment=/no/such/folder", SLACK_BOT_TOKEN="xoxb-1", HF_HUB_OFFLINE="1",
    )  # fmt: skip
    run("-m", "core.redis_server", "stop", DATA_DIR=str(tmp_path))

    assert ended.returncode != 0
    assert "Readymade: MODELS names /no/such/folder, which does not exist." in ended.stderr


def test_every_verb_that_the_pages_name_is_in_the_makefile() -> None:
    root = Path(__file__).parents[2]
    pages = [root / "README.md", root / "CONTRIBUTING.md", *root.glob("docs/*.md")]
    named = {
        verb
        for page in pages
        for verb in re.findall(r"(?m)(?:`|^)make ([a-z]+)\b", page.read_text())
    }
    offered = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(), re.MULTILINE))

    assert {"demo", "test"} <= named
    assert named - offered == set()


def test_what_the_pages_show_to_be_typed_runs_from_the_folder_of_the_repository() -> None:
    root = Path(__file__).parents[2]
    pages = [root / "README.md", root / "CONTRIBUTING.md", *root.glob("docs/*.md")]
    blocks = [
        block for page in pages for block in re.findall(r"(?ms)^```\n(.*?)^```", page.read_text())
    ]

    assert not [block for block in blocks if re.search(r"(?m)^(python|celery|pip) ", block)]
