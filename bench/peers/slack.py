"""The peer's first message about a command: who asked what, for the answer's thread to hang on."""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient


def parent(client: WebClient, command: dict[str, Any]) -> str:
    """Post it; its ts."""
    text = f"{command['command']} for <@{command['user_id']}>: {command['text']}"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    posted = client.chat_postMessage(channel=command["channel_id"], text=text, blocks=[section])
    return str(posted["ts"])
