"""Takes the picture of docs/tables.md: a CSV of 10,000 comments and the answer to it."""

from __future__ import annotations

from bench.comments import make_comments
from bench.picture import photograph, studio

ROWS = 10_000


def main() -> None:
    """Write docs/images/tables.png."""
    with studio() as stage:
        path = stage.folder / "comments.csv"
        make_comments(path, rows=ROWS)
        message = stage.linus.upload(stage.workspace.channel("marketing"), [path])
        stage.answer(message, "10,000 comments")
        stage.attached(message, "with sentiment.csv")
        photograph(stage, message, "tables.png", height=2750, part="#thread")


if __name__ == "__main__":
    main()
