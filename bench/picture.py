"""Takes the picture of the README: a call recording and its answer, photographed in Chromium."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from local import samples
from local.fleet import Fleet
from local.stage import Stage

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TARGET = Path(__file__).parents[1] / "docs" / "images" / "thread.png"


def main() -> None:
    """Write docs/images/thread.png."""
    if not CHROMIUM.exists():
        sys.exit("The picture needs Debian's chromium: apt-get install chromium")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Fleet(Path(folder) / "fleet") as fleet:
        stage = Stage(fleet.workspace, Path(folder))
        channel = fleet.workspace.channel("support")
        stage.ada.slash("/sentiment", "The new release saved our week, thank you!", channel=channel)
        stage.answer(stage.parent("support", "/sentiment"), "positive")
        photo = stage.linus.upload(channel, [samples.photo(Path(folder))], text="Where is this?")
        stage.answer(photo, "palace")
        message = stage.grace.upload(
            channel, [samples.recording(Path(folder))], text="Here is the call from this morning."
        )
        stage.answer(message, "New Jersey")
        stage.attached(message, ".srt")
        photograph(f"{fleet.url}/?channel={message['channel']}&thread={message['ts']}", TARGET)


def photograph(url: str, target: Path, *, height: int = 900, part: str = "body") -> None:
    """The page (or a part of it), 1440 wide, half as sharp again, into a file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": height}, device_scale_factor=1.5)
        page.goto(url)
        page.wait_for_selector("body[data-ready]")
        page.wait_for_timeout(500)
        page.locator(part).screenshot(path=str(target))
        browser.close()


if __name__ == "__main__":
    main()
