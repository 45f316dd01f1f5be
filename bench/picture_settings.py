"""Takes the picture of docs/rules.md: the settings of a channel above a call and its scorecard."""

from __future__ import annotations

from bench.picture import photograph, studio
from local import samples

RULES = """agent says within 15 s: thank you for calling, good morning
somebody says: Yankee
nobody says: guarantee, lawsuit
silence under 30 s
customer not negative at the end (x2)
flag when anybody says: New Jersey"""


def main() -> None:
    """Write docs/images/settings.png."""
    with studio() as stage:
        workspace = stage.workspace
        bot = workspace.bot
        channel = workspace.channel("support")
        stage.ada.slash("/readymade", "settings", channel=channel)
        wanted = {"rules": RULES, "alerts": workspace.channel("marketing"), "redact": "yes"}
        stage.ada.submit(workspace.views("ada")[-1], wanted)
        recording = samples.recording(stage.folder)
        message = stage.grace.upload(channel, [recording], text=f"<@{bot}> call agent:first")
        stage.answer(message, "Scorecard")
        stage.attached(message, ".docx")
        stage.ada.slash("/readymade", "settings", channel=channel)
        photograph(stage, message, "settings.png")


if __name__ == "__main__":
    main()
