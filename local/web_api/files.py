"""The files family: looking at, uploading and deleting files."""

from typing import Any

from local.files import StoredFile, in_message
from local.limits.messages import as_json, check_message
from local.refusal import Refusal
from local.shapes import Json
from local.web_api.call import Call, Method
from local.web_api.chat import clear_status, posting_channel, thread_argument
from local.workspace import Channel


async def info(call: Call) -> Json:
    """files.info"""
    stored = visible_file(call, call.text("file"))
    return {"file": stored.about, "comments": [], "response_metadata": {"next_cursor": ""}}


def visible_file(call: Call, file_id: str) -> StoredFile:
    """A file that the bot uploaded or that was shared where it is; others do not exist for it."""
    stored = call.slack.files.get(file_id)
    workspace = call.slack.workspace
    places = [workspace.channels[channel_id] for channel_id in stored.shared_in]
    is_own = stored.about["user"] == workspace.bot.id
    if not is_own and not any(workspace.is_bot_in(channel) for channel in places):
        raise Refusal("file_not_found")
    return stored


async def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal"""
    name = call.required("filename")
    length = call.required("length")
    if not length.isdigit() or int(length) == 0:
        raise Refusal("invalid_arguments", messages=["length must be greater than 0"])
    stored = call.slack.files.reserve(
        name=name,
        user_id=call.slack.workspace.bot.id,
        alt_txt=call.text("alt_txt"),
    )
    file_id = stored.about["id"]
    secret = call.slack.uploads.expect(stored, int(length))
    return {"upload_url": f"{call.slack.base_url}/upload/v1/{secret}", "file_id": file_id}


async def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: share the uploaded files as one message."""
    wanted = as_json(call.arguments.get("files"), "invalid_arguments")
    if not isinstance(wanted, list) or not wanted:
        raise Refusal("invalid_arguments", messages=["missing required field: files"])
    files = [_uploaded(call, item) for item in wanted]
    names = call.text("channel_id") or call.text("channels")
    for name in filter(None, names.split(",")):
        target = Call(
            slack=call.slack, method=call.method, arguments={**call.arguments, "channel": name}
        )
        _share(target, posting_channel(target), files)
    for stored in files:
        stored.completed = True
    return {"files": [stored.about for stored in files]}


def _uploaded(call: Call, item: Any) -> StoredFile:
    stored = call.slack.files.find(str(item.get("id")) if isinstance(item, dict) else "")
    if stored is None or not stored.uploaded or stored.completed:
        raise Refusal("file_not_found")
    if item.get("title"):
        stored.about["title"] = str(item["title"])
    return stored


def _share(call: Call, channel: Channel, files: list[StoredFile]) -> None:
    installation, workspace = call.slack.installation, call.slack.workspace
    content: Json = {"text": call.text("initial_comment")}
    if call.arguments.get("blocks") and not content["text"]:
        content = check_message(call.arguments)
    message: Json = {
        **content,
        "files": [in_message(stored) for stored in files],
        "upload": True,
        "user": workspace.bot.id,
        "bot_id": installation.bot_id,
        "app_id": installation.app_id,
        "bot_profile": installation.bot_profile(workspace.team.id),
        "display_as_bot": False,
    }
    thread_ts = thread_argument(call)
    posted = call.slack.conversations.post(channel, message, thread_ts=thread_ts)
    clear_status(call, channel, posted.get("thread_ts", ""))
    for stored in files:
        call.slack.files.share(stored, channel, posted["ts"])


async def delete(call: Call) -> Json:
    """files.delete: only the bot's own."""
    stored = call.slack.files.get(call.text("file"))
    if stored.about["user"] != call.slack.workspace.bot.id:
        raise Refusal("cant_delete_file")
    call.slack.delete_file(stored)
    return {}


METHODS = {
    "files.info": Method(handler=info, scopes=("files:read",)),
    "files.getUploadURLExternal": Method(handler=get_upload_url, scopes=("files:write",)),
    "files.completeUploadExternal": Method(handler=complete_upload, scopes=("files:write",)),
    "files.delete": Method(handler=delete, scopes=("files:write",)),
}
