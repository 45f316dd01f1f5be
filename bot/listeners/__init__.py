"""Every listener of the bot, grouped by Slack feature, in one visible list."""

from __future__ import annotations

from slack_bolt import App
from slack_sdk import WebClient

from bot.channels import Channels
from bot.desk import Desk
from bot.listeners import actions, commands, leaving, messages, shortcuts
from bot.status import Status


def register(
    app: App, *, desk: Desk, channels: Channels, status: Status, impatient: WebClient
) -> None:
    """Attach all listeners to the app."""
    commands.register(app, desk=desk, channels=channels, status=status)
    messages.register(app, desk=desk, client=impatient)
    shortcuts.register(app, desk=desk, channels=channels)
    actions.register(app, desk=desk)
    leaving.register(app, desk=desk)
