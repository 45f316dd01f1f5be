"""Takes the picture of docs/calls.md: a call with a person on each side, and its answer."""

from __future__ import annotations

from bench.picture import photograph, studio
from tests.skills import counted_call

RULES = "anybody says: new jersey\nnobody says: guarantee, lawsuit\nsilence under 3 s"


def main() -> None:
    """Write docs/images/calls.png."""
    with studio() as stage:
        bot = stage.workspace.bot
        stage.grace.slash("/readymade", "settings", channel="support")
        stage.grace.submit(stage.workspace.views("grace")[-1], {"rules": RULES})
        path = counted_call.make(stage.folder)
        message = stage.grace.upload("support", [path], text=f"<@{bot}> call")
        stage.answer(message, "Talk time")
        stage.attached(message, ".docx")
        photograph(stage, message, "calls.png", height=1900, part="#thread")


if __name__ == "__main__":
    main()
