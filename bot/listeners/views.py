"""Views: the form of a channel's settings, when it is sent."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot import settings_form
from bot.act import team_of
from bot.channel_settings import ChannelSettings


def register(app: App, *, settings: ChannelSettings) -> None:
    """`steps.py` has the forms behind answers."""

    @app.view(settings_form.CALLBACK)
    def on_settings(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        errors = settings.save(
            team=team_of(body),
            channel=view["private_metadata"],
            user=body["user"]["id"],
            form=view,
        )
        if errors:
            ack(response_action="errors", errors=errors)
        else:
            ack()
