"""Forms: opens a modal for whoever pressed or typed, as long as Slack lets us (three seconds)."""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core.errors import TransientError
from core.slack import error_code, our_errors


def open_form(client: WebClient, view: dict[str, Any], *, trigger: str) -> None:
    """Show a view; raises TransientError when that has to be asked for again."""
    try:
        with our_errors():
            client.views_open(trigger_id=trigger, view=view)
    except SlackApiError as error:
        if error_code(error) == "expired_trigger_id":
            raise TransientError("The form came too late.") from error
        raise
