"""Takes the picture of the README: a call recording and its answer, photographed in Chromium.

The pictures of the pages (`picture_*.py`) are taken in the same `studio`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from local import samples
from local.fleet import Fleet
from local.shapes import Json
from local.stage import Stage

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FOLDER = Path(__file__).parents[1] / "docs" / "images"


def main() -> None:
    """Write docs/images/thread.png."""
    with studio() as stage:
        channel = stage.workspace.channel("support")
        stage.ada.slash("/sentiment", "The new release saved our week, thank you!", channel=channel)
        stage.answer(stage.parent("support", "/sentiment"), "positive")
        photo = stage.linus.upload(channel, [samples.photo(stage.folder)], text="Where is this?")
        stage.answer(photo, "palace")
        message = stage.grace.upload(
            channel, [samples.recording(stage.folder)], text="Here is the call from this morning."
        )
        stage.answer(message, "New Jersey")
        stage.attached(message, ".srt")
        photograph(stage, message, "thread.png")


@contextmanager
def studio() -> Iterator[Stage]:
    """A workspace with everything in it, until the picture is taken."""
    if not CHROMIUM.exists():
        sys.exit("The picture needs Debian's chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, Fleet(Path(folder) / "fleet") as fleet:
        yield Stage(fleet.workspace, Path(folder))


def photograph(
    stage: Stage, message: Json, name: str, *, height: int = 900, part: str = "body"
) -> None:
    """The page with a thread open (or a part of it), 1440 wide, half as sharp again."""
    url = f"{stage.workspace.url}/?channel={message['channel']}&thread={message['ts']}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": height}, device_scale_factor=1.5)
        page.goto(url)
        page.wait_for_selector("body[data-ready]")
        page.wait_for_timeout(500)
        page.locator(part).screenshot(path=str(FOLDER / name))
        browser.close()


if __name__ == "__main__":
    main()
