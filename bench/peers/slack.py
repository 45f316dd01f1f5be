"""The peer's messages: what a person sees of a request before its answer, as ours shows it."""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient


def parent(client: WebClient, command: dict[str, Any]) -> str:
    """Post who asked what, for the answer's thread to hang on; its ts."""
    text = f"{command['command']} for <@{command['user_id']}>: {command['text']}"
    return _post(client, command["channel_id"], text)


def working(client: WebClient, channel: str, thread: str) -> str:
    """Post the placeholder; its ts."""
    return _post(client, channel, "Working on it…", thread)


def _post(client: WebClient, channel: str, text: str, thread: str = "") -> str:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    posted = client.chat_postMessage(
        channel=channel, text=text, blocks=[section], thread_ts=thread or None
    )
    return str(posted["ts"])
