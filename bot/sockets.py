"""The Socket Mode door: requests come over a connection that we open ourselves."""

from __future__ import annotations

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.deadline import REQUESTS, PunctualThreads
from core.settings import Settings


def create_handler(app: App, settings: Settings) -> SocketModeHandler:
    """Bolt's handler, not connected yet.

    A dropped connection is noticed by pings: at 10 s, the default, we were deaf for a minute.
    """
    token = settings.slack_app_token.get_secret_value()
    handler = SocketModeHandler(app, token, ping_interval=1)
    handler.client.message_workers.shutdown()
    handler.client.message_workers = PunctualThreads(REQUESTS, thread_name_prefix="request")
    return handler
