"""What a person does with messages and files: say, upload, edit, delete, react."""

import uuid
from typing import Any

from local.control.request import ControlRequest
from local.files import StoredFile, in_message
from local.markup import from_typed
from local.refusal import Refusal
from local.shapes import Json
from local.workspace import Channel, User


def answered(channel: Channel, message: Json) -> Json:
    """A message with the channel it is in, as every control answer shows messages."""
    return {**message, "channel": channel.id}


def _enter(request: ControlRequest, channel: Channel, user: User) -> None:
    """People join a public channel by talking in it here; other kinds refuse strangers."""
    if user.id in channel.members:
        return
    if channel.kind != "public":
        raise Refusal("not_in_channel")
    request.slack.conversations.join(channel, user.id)


def _typed(request: ControlRequest, user: User) -> Json:
    text, blocks = from_typed(request.text("text"), request.slack.workspace)
    message: Json = {
        "type": "message",
        "user": user.id,
        "text": text,
        "client_msg_id": str(uuid.uuid4()),
    }
    if blocks:
        message["blocks"] = blocks
    return message


def _by_an_app(request: ControlRequest) -> Json:
    """A message of an app that is not ours, as an incoming webhook posts it."""
    name = request.text("app")
    return {
        "type": "message",
        "subtype": "bot_message",
        "user": request.slack.ids.fixed("U", f"app/{name}"),
        "bot_id": request.slack.ids.fixed("B", f"app/{name}"),
        "username": name,
        "text": request.text("text"),
    }


async def say(request: ControlRequest) -> Any:
    """POST /local/messages: a person, or with `app` another app under that name."""
    channel = request.channel()
    if not request.text("text").strip():
        raise Refusal("no_text")
    if request.text("app"):
        told = _by_an_app(request)
        thread_ts = request.text("thread_ts")
        posted = request.slack.conversations.post(channel, told, thread_ts=thread_ts)
        return answered(channel, posted)
    user = request.user()
    _enter(request, channel, user)
    thread_ts = request.text("thread_ts")
    posted = request.slack.conversations.post(channel, _typed(request, user), thread_ts=thread_ts)
    return answered(channel, posted)


async def upload(request: ControlRequest) -> Any:
    """POST /local/uploads: one or several files, as one message."""
    user, channel = request.user(), request.channel()
    files = [_store(request, user, field) for field in request.uploads]
    if request.text("external_url"):
        name = request.text("name", "shared document")
        url = request.text("external_url")
        files.append(request.slack.files.add_external(name=name, user_id=user.id, url=url))
    if not files:
        raise Refusal("no_file_data")
    _enter(request, channel, user)
    message = _typed(request, user) | {
        "files": [in_message(stored) for stored in files],
        "upload": False,
        "display_as_bot": False,
    }
    posted = request.slack.conversations.post(channel, message, thread_ts=request.text("thread_ts"))
    for stored in files:
        request.slack.files.share(stored, channel, posted["ts"])
    return answered(channel, posted)


def _store(request: ControlRequest, user: User, field: Any) -> StoredFile:
    stored = request.slack.files.reserve(name=field.filename or "file", user_id=user.id)
    if request.text("mimetype"):
        stored.about["mimetype"] = request.text("mimetype")
    request.slack.files.write(stored, field.file.read())
    return stored


async def stage(request: ControlRequest) -> Any:
    """POST /local/files: files for a modal's file input, shared nowhere yet."""
    user = request.user()
    files = [_store(request, user, field) for field in request.uploads]
    for stored in files:
        stored.completed = True
        # The app gets a file that a person hands over in its own modal.
        dm = request.slack.workspace.direct_message([user.id, request.slack.workspace.bot.id])
        stored.shared_in.add(dm.id)
    return {"files": [stored.about for stored in files]}


async def edit(request: ControlRequest) -> Any:
    """POST /local/edits"""
    user, channel = request.user(), request.channel()
    message = request.message(channel)
    typed = _typed(request, user)
    changed = request.slack.conversations.change(
        channel, message, user.id, text=typed["text"], blocks=typed.get("blocks")
    )
    return answered(channel, changed)


async def delete(request: ControlRequest) -> Any:
    """POST /local/deletions: a message by channel and ts, or a file by its id."""
    if request.text("file"):
        request.slack.delete_file(request.slack.files.get(request.text("file")))
        return {"ok": True}
    channel = request.channel()
    message = request.message(channel)
    if message.get("is_ephemeral"):
        request.slack.workspace.ephemerals.remove(message)
        request.slack.conversations.refreshed(channel, message)
    else:
        request.slack.conversations.delete(channel, message)
    return {"ok": True}


async def react(request: ControlRequest) -> Any:
    """POST /local/reactions"""
    user, channel = request.user(), request.channel()
    message = request.message(channel)
    verbs = request.slack.conversations
    verb = verbs.unreact if request.fields.get("remove") else verbs.react
    return {"ok": verb(channel, message, user.id, request.text("name").strip(":"))}
