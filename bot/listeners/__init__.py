"""Every listener of the bot, grouped by Slack feature, in one visible list."""

from __future__ import annotations

from concurrent.futures import Executor

from slack_bolt import App
from slack_sdk import WebClient

from bot.cancelling import Canceller
from bot.channel_settings import ChannelSettings
from bot.desk import Desk
from bot.forgetting import Forgetter
from bot.gate import Gate
from bot.help import Help
from bot.listeners import actions, commands, leaving, messages, shortcuts, steps, views
from bot.speaker import Speaker
from bot.status import Status
from core.archive import Archive


def register(
    app: App,
    *,
    desk: Desk,
    gate: Gate,
    status: Status,
    help: Help,
    speaker: Speaker,
    canceller: Canceller,
    settings: ChannelSettings,
    forgetter: Forgetter,
    archive: Archive,
    punctual: WebClient,
    executor: Executor,
) -> None:
    """Attach all listeners to the app."""
    commands.register(
        app,
        desk=desk,
        gate=gate,
        status=status,
        settings=settings,
        forgetter=forgetter,
        help=help,
        executor=executor,
    )
    messages.register(app, desk=desk, gate=gate, speaker=speaker, help=help, client=punctual)
    shortcuts.register(app, desk=desk, gate=gate)
    actions.register(app, canceller=canceller)
    views.register(app, settings=settings)
    steps.register(app, desk=desk, gate=gate, archive=archive, client=punctual)
    leaving.register(app, forgetter=forgetter)
