"""Takes the picture of docs/rules.md: the settings of a channel above a call and its scorecard."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.picture import CHROMIUM, photograph
from local import samples
from local.fleet import Fleet
from local.stage import Stage

TARGET = Path(__file__).parents[1] / "docs" / "images" / "settings.png"
RULES = """agent says within 15 s: thank you for calling, good morning
somebody says: Yankee
nobody says: guarantee, lawsuit
silence under 30 s
customer not negative at the end (x2)
flag when anybody says: New Jersey"""


def main() -> None:
    """Write docs/images/settings.png."""
    if not CHROMIUM.exists():
        sys.exit("The picture needs Debian's chromium: apt-get install chromium")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Fleet(Path(folder) / "fleet") as fleet:
        workspace = fleet.workspace
        stage = Stage(workspace, Path(folder))
        bot = workspace.bot
        channel = workspace.channel("support")
        stage.ada.slash("/readymade", "settings", channel=channel)
        wanted = {"rules": RULES, "alerts": workspace.channel("marketing"), "redact": "yes"}
        stage.ada.submit(workspace.views("ada")[-1], wanted)
        recording = samples.recording(Path(folder))
        message = stage.grace.upload(channel, [recording], text=f"<@{bot}> call agent:first")
        stage.answer(message, "Scorecard")
        stage.attached(message, ".docx")
        stage.ada.slash("/readymade", "settings", channel=channel)
        photograph(f"{fleet.url}/?channel={message['channel']}&thread={message['ts']}", TARGET)


if __name__ == "__main__":
    main()
