"""Messages: uploads, direct messages and mentions, which Slack tells in more than one event."""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk import Desk
from bot.gate import Gate
from bot.help import Help
from bot.reading import Reading
from bot.speaker import Speaker
from core.slack import transient

PEOPLE_WRITE = {None, "file_share", "thread_broadcast"}


def register(
    app: App, *, desk: Desk, gate: Gate, speaker: Speaker, help: Help, client: WebClient
) -> None:
    """`message` and `app_mention` lead to the same function; `client` is a punctual one."""
    reading = partial(Reading, desk=desk, gate=gate, speaker=speaker, help=help, client=client)

    @app.event("message")
    def on_message(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
        if _from_a_person(event, context):
            reading(body=body, event=event, bot=context.bot_user_id or "").handle()

    @app.event("app_mention")
    def on_mention(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
        if _from_a_person(event, context):
            event = _with_files(client, event)
            reading(body=body, event=event, bot=context.bot_user_id or "").handle()

    @app.event("file_shared")
    def on_file_shared() -> None:
        """Nothing: the `message` of the same upload has the text and the ts, this event has not."""


def _from_a_person(event: dict[str, Any], context: BoltContext) -> bool:
    person = event.get("user") and event.get("ts") and not event.get("bot_id")
    return bool(
        person and event.get("subtype") in PEOPLE_WRITE and event["user"] != context.bot_user_id
    )


def _with_files(client: WebClient, event: dict[str, Any]) -> dict[str, Any]:
    """The mention as its message shows it: `app_mention` may come without its files."""
    if event.get("files"):
        return event
    try:
        found = client.conversations_replies(
            channel=event["channel"], ts=event.get("thread_ts") or event["ts"], oldest=event["ts"],
            latest=event["ts"], inclusive=True, limit=2,
        )["messages"]  # fmt: skip
    except (SlackApiError, OSError) as error:
        if passing := transient(error):
            raise passing from error  # Slack tells us again
        return event  # without permission to read history the event is all there is
    same = [message for message in found if message.get("ts") == event["ts"]]
    return {**event, "files": same[0].get("files", [])} if same else event
