"""Takes the picture of docs/calls.md: a call with a person on each side, and its answer."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.picture import CHROMIUM, photograph
from local.fleet import Fleet
from local.stage import Stage
from tests.skills import counted_call

TARGET = Path(__file__).parents[1] / "docs" / "images" / "calls.png"
RULES = "anybody says: new jersey\nnobody says: guarantee, lawsuit\nsilence under 3 s"


def main() -> None:
    """Write docs/images/calls.png."""
    if not CHROMIUM.exists():
        sys.exit("The picture needs Debian's chromium: apt-get install chromium")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Fleet(Path(folder) / "fleet") as fleet:
        stage = Stage(fleet.workspace, Path(folder))
        bot = fleet.workspace.bot
        stage.grace.slash("/readymade", "settings", channel="support")
        stage.grace.submit(fleet.workspace.views("grace")[-1], {"rules": RULES})
        path = counted_call.make(Path(folder))
        message = stage.grace.upload("support", [path], text=f"<@{bot}> call")
        stage.answer(message, "Talk time")
        stage.attached(message, ".docx")
        url = f"{fleet.url}/?channel={message['channel']}&thread={message['ts']}"
        photograph(url, TARGET, height=1900, part="#thread")


if __name__ == "__main__":
    main()
