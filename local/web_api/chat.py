"""The chat family: posting, editing, deleting and linking messages."""

import re
from copy import deepcopy

from local.limits.messages import MAX_TEXT, MAX_UPDATE_TEXT, as_json, check_message, check_metadata
from local.refusal import Refusal
from local.shapes import Json
from local.web_api.call import Call, Method
from local.workspace import Channel

_TIMESTAMP = re.compile(r"\d{10}\.\d{6}")


def posting_channel(call: Call) -> Channel:
    """Where to post: an id, a public channel's name, or a user for a direct message."""
    workspace = call.slack.workspace
    key = call.text("channel")
    if key in workspace.users and key != workspace.bot.id:
        return workspace.direct_message([key, workspace.bot.id])
    channel = workspace.channel(key)
    if channel is None:
        raise Refusal("channel_not_found")
    if channel.is_archived:
        raise Refusal("is_archived")
    if workspace.is_bot_in(channel):
        return channel
    if channel.kind != "public":
        raise Refusal("channel_not_found")
    if "chat:write.public" not in call.slack.installation.manifest.scopes:
        raise Refusal("not_in_channel")
    return channel


def bot_message(call: Call) -> Json:
    """A message by the bot with the content that the call carries."""
    installation = call.slack.installation
    message: Json = {
        "type": "message",
        "user": call.slack.workspace.bot.id,
        "bot_id": installation.bot_id,
        "app_id": installation.app_id,
        "team": call.slack.workspace.team.id,
        "bot_profile": installation.bot_profile(call.slack.workspace.team.id),
        **check_message(call.arguments, rejected=call.slack.faults.reject_blocks),
    }
    for block in message.get("blocks", []):
        block.setdefault("block_id", call.slack.ids.secret(5))
    metadata = check_metadata(call.arguments.get("metadata"))
    if metadata is not None:
        message["metadata"] = metadata
    if call.text("username"):
        call.slack.installation.check_scope("chat:write.customize")
        message["username"] = call.text("username")
    return message


def thread_argument(call: Call) -> str:
    """The thread_ts, refused when it is not a timestamp."""
    thread_ts = call.text("thread_ts")
    if thread_ts and not _TIMESTAMP.fullmatch(thread_ts):
        raise Refusal("invalid_thread_ts")
    return thread_ts


async def post_message(call: Call) -> Json:
    """chat.postMessage"""
    channel = posting_channel(call)
    thread_ts = thread_argument(call)
    message = bot_message(call)
    if thread_ts and call.flag("reply_broadcast"):
        message["subtype"] = "thread_broadcast"
    posted = call.slack.conversations.post(channel, message, thread_ts=thread_ts)
    clear_status(call, channel, posted.get("thread_ts", ""))
    answer: Json = {"channel": channel.id, "ts": posted["ts"], "message": deepcopy(posted)}
    if len(call.text("text")) > MAX_TEXT:
        answer["warning"] = "message_truncated"
        answer["response_metadata"] = {"warnings": ["message_truncated"]}
    return answer


def clear_status(call: Call, channel: Channel, thread_ts: str) -> None:
    """A message in a thread ends the status that was shown there."""
    call.slack.statuses.pop((channel.id, thread_ts), None)


async def update(call: Call) -> Json:
    """chat.update"""
    channel = call.joined_channel()
    message = call.message(channel)
    if message.get("bot_id") != call.slack.installation.bot_id:
        raise Refusal("cant_update_message")
    if len(call.text("text")) > MAX_UPDATE_TEXT:
        raise Refusal("msg_too_long")
    new: Json = {}
    if call.arguments.get("metadata") not in (None, ""):
        new["metadata"] = check_metadata(call.arguments["metadata"])
    has_content = any(call.arguments.get(n) for n in ("text", "attachments", "markdown_text"))
    blocks = as_json(call.arguments.get("blocks"), "invalid_blocks_format")
    if has_content or blocks or not new:
        content = check_message(call.arguments, rejected=call.slack.faults.reject_blocks)
        # Slack keeps what is not sent, except blocks, which a new text alone replaces.
        new |= {"text": content["text"], "blocks": content.get("blocks")}
        if "attachments" in call.arguments:
            new["attachments"] = content.get("attachments")
    for block in new.get("blocks") or []:
        block.setdefault("block_id", call.slack.ids.secret(5))
    bot = call.slack.workspace.bot.id
    changed = call.slack.conversations.change(channel, message, bot, **new)
    return {
        "channel": channel.id,
        "ts": changed["ts"],
        "text": changed["text"],
        "message": deepcopy(changed),
    }


async def delete(call: Call) -> Json:
    """chat.delete"""
    channel = call.joined_channel()
    message = call.message(channel)
    if message.get("bot_id") != call.slack.installation.bot_id:
        raise Refusal("cant_delete_message")
    call.slack.conversations.delete(channel, message)
    return {"channel": channel.id, "ts": call.text("ts")}


async def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral"""
    channel = posting_channel(call)
    user = call.text("user")
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    message = bot_message(call)
    thread_ts = thread_argument(call)
    if thread_ts:
        message["thread_ts"] = thread_ts
    shown = call.slack.conversations.show_only_to(channel, user, message)
    return {"message_ts": shown["ts"]}


async def get_permalink(call: Call) -> Json:
    """chat.getPermalink"""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    link = f"{call.slack.base_url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


METHODS = {
    "chat.postMessage": Method(handler=post_message, scopes=("chat:write",)),
    "chat.update": Method(handler=update, scopes=("chat:write",)),
    "chat.delete": Method(handler=delete, scopes=("chat:write",)),
    "chat.postEphemeral": Method(handler=post_ephemeral, scopes=("chat:write",)),
    "chat.getPermalink": Method(handler=get_permalink),
}
