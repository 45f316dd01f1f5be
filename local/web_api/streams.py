"""Streams: chat.startStream, appendStream and stopStream, which Slack ends after five minutes."""

import time
from copy import deepcopy

from local.limits.blocks import check_blocks
from local.limits.messages import MAX_TEXT, as_json
from local.refusal import Refusal
from local.shapes import Json
from local.web_api.call import Call, Method
from local.web_api.chat import clear_status, posting_channel, thread_argument
from local.workspace import Channel


def _new_text(call: Call) -> str:
    chunks = as_json(call.arguments.get("chunks"), "invalid_chunks") or []
    if not isinstance(chunks, list) or not all(isinstance(chunk, dict) for chunk in chunks):
        raise Refusal("invalid_chunks")
    told = [str(chunk.get("text", "")) for chunk in chunks if chunk.get("type") == "markdown_text"]
    return call.text("markdown_text") + "".join(told)


async def start(call: Call) -> Json:
    """chat.startStream: always a reply, and in channels for a named recipient."""
    channel = posting_channel(call)
    thread_ts = thread_argument(call)
    if not thread_ts:
        raise Refusal("invalid_arguments", messages=["missing required field: thread_ts"])
    if channel.kind != "im" and not call.text("recipient_user_id"):
        raise Refusal("missing_recipient_user_id")
    if channel.kind != "im" and not call.text("recipient_team_id"):
        raise Refusal("missing_recipient_team_id")
    installation, workspace = call.slack.installation, call.slack.workspace
    message: Json = {
        "user": workspace.bot.id,
        "bot_id": installation.bot_id,
        "app_id": installation.app_id,
        "bot_profile": installation.bot_profile(workspace.team.id),
        "text": _new_text(call),
        "streaming_state": "in_progress",
    }
    posted = call.slack.conversations.post(channel, message, thread_ts=thread_ts)
    call.slack.streams[(channel.id, posted["ts"])] = time.monotonic()
    clear_status(call, channel, thread_ts)
    return {"channel": channel.id, "ts": posted["ts"]}


def _streaming(call: Call) -> tuple[Channel, Json]:
    channel = call.joined_channel()
    message = call.message(channel)
    started = call.slack.streams.get((channel.id, message["ts"]))
    if started is None or time.monotonic() - started > call.slack.faults.stream_seconds:
        raise Refusal("message_not_in_streaming_state")
    return channel, message


async def append(call: Call) -> Json:
    """chat.appendStream"""
    channel, message = _streaming(call)
    text = message["text"] + _new_text(call)
    if len(text) > MAX_TEXT:
        raise Refusal("msg_too_long")
    message["text"] = text
    call.slack.journal.changed("message", channel=channel.id, ts=message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


async def stop(call: Call) -> Json:
    """chat.stopStream"""
    channel, message = _streaming(call)
    blocks = as_json(call.arguments.get("blocks"), "invalid_blocks_format")
    if blocks is not None:
        check_blocks(blocks, surface="message", rejected=call.slack.faults.reject_blocks)
    call.slack.streams.pop((channel.id, message["ts"]))
    new: Json = {"text": message["text"] + _new_text(call), "streaming_state": "completed"}
    if blocks:
        new["blocks"] = [{"type": "markdown", "text": new["text"] or " "}, *blocks]
    bot = call.slack.workspace.bot.id
    changed = call.slack.conversations.change(channel, message, bot, **new)
    return {"channel": channel.id, "ts": changed["ts"], "message": deepcopy(changed)}


METHODS = {
    "chat.startStream": Method(handler=start, scopes=("chat:write",)),
    "chat.appendStream": Method(handler=append, scopes=("chat:write",)),
    "chat.stopStream": Method(handler=stop, scopes=("chat:write",)),
}
