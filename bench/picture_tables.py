"""Takes the picture of docs/tables.md: a CSV of 10,000 comments and the answer to it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.comments import make_comments
from bench.picture import CHROMIUM, photograph
from local.fleet import Fleet
from local.stage import Stage

TARGET = Path(__file__).parents[1] / "docs" / "images" / "tables.png"
ROWS = 10_000


def main() -> None:
    """Write docs/images/tables.png."""
    if not CHROMIUM.exists():
        sys.exit("The picture needs Debian's chromium: apt-get install chromium")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Fleet(Path(folder) / "fleet") as fleet:
        stage = Stage(fleet.workspace, Path(folder))
        path = Path(folder) / "comments.csv"
        make_comments(path, rows=ROWS)
        message = stage.linus.upload(fleet.workspace.channel("marketing"), [path])
        stage.answer(message, "10,000 comments")
        stage.attached(message, "with sentiment.csv")
        url = f"{fleet.url}/?channel={message['channel']}&thread={message['ts']}"
        photograph(url, TARGET, height=2750, part="#thread")


if __name__ == "__main__":
    main()
