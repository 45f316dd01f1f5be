"""Buttons: Cancel under a placeholder."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.cancelling import Canceller
from core.blocks import CANCEL_ACTION


def register(app: App, *, canceller: Canceller) -> None:
    """The one below what is not answered yet; `steps.py` has those below answers."""

    @app.action(CANCEL_ACTION)
    def on_cancel(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        canceller.cancel(
            action["value"], user=body["user"]["id"], ts=body["container"]["message_ts"]
        )
        ack()
