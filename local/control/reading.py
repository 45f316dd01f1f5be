"""What a person sees: the workspace, channels, threads, private notes, views, files and the log."""

import time
from typing import Any

from aiohttp import web

from local.control.messages import answered
from local.control.request import ControlRequest
from local.files import in_message
from local.refusal import Refusal
from local.shapes import Json
from local.slack import Slack
from local.uploads import respond
from local.views import shown
from local.workspace import Channel, User


def _user(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "is_bot": user.is_bot,
        "locale": user.locale,
    }


def _channel(slack: Slack, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "members": channel.members,
        "topic": channel.topic,
        "is_ext_shared": channel.is_ext_shared,
        "has_bot": slack.workspace.is_bot_in(channel),
    }


async def workspace(request: ControlRequest) -> Any:
    """GET /local/workspace"""
    slack = request.slack
    team, installation = slack.workspace.team, slack.installation
    return {
        "team": {"id": team.id, "name": team.name, "domain": team.domain},
        "bot": _user(slack.workspace.bot),
        "users": [_user(user) for user in slack.workspace.users.values()],
        "channels": [_channel(slack, c) for c in slack.workspace.channels.values()],
        "commands": installation.manifest.commands,
        "shortcuts": installation.manifest.shortcuts,
        "app": {
            "id": installation.app_id,
            "bot_id": installation.bot_id,
            "scopes": installation.manifest.scopes,
            "socket_mode": installation.socket_mode,
            "connections": slack.sockets.count,
            "permissive": installation.manifest.source is None,
        },
    }


def _shown(slack: Slack, channel: Channel, message: Json) -> Json:
    told = answered(channel, message)
    if "files" in message:
        stored = [slack.files.find(file["id"]) for file in message["files"]]
        told["files"] = [in_message(file) for file in stored if file is not None]
    return told


def _hidden(request: ControlRequest, channel: Channel | None) -> list[Json]:
    """The ephemeral messages, of one person if one is named."""
    wanted = request.user().id if request.text("user") else ""
    return [
        message
        for message in request.slack.workspace.ephemerals
        if (not wanted or message["visible_to"] == wanted)
        and (channel is None or message["channel"] == channel.id)
    ]


async def messages(request: ControlRequest) -> Any:
    """GET /local/channels/{channel}/messages: top level; with user, what that person sees."""
    channel = request.channel()
    seen = [m for m in channel.messages if _is_top_level(m)]
    if request.text("user"):
        seen += [m for m in _hidden(request, channel) if not m.get("thread_ts")]
    seen.sort(key=lambda message: str(message["ts"]))
    return {"channel": channel.id, "messages": [_shown(request.slack, channel, m) for m in seen]}


def _is_top_level(message: Json) -> bool:
    in_thread = message.get("thread_ts", message["ts"]) != message["ts"]
    return not in_thread or message.get("subtype") == "thread_broadcast"


async def thread(request: ControlRequest) -> Any:
    """GET /local/channels/{channel}/threads/{ts}: parent first; with user, private notes too."""
    channel, ts = request.channel(), request.text("ts")
    seen = list(channel.thread(ts))
    if request.text("user"):
        seen += [m for m in _hidden(request, channel) if m.get("thread_ts") == ts]
    seen.sort(key=lambda message: str(message["ts"]))
    status = request.slack.statuses.get((channel.id, ts))
    if status is not None and status["until"] < time.time():
        status = None
    return {
        "messages": [_shown(request.slack, channel, m) for m in seen],
        "status": status["status"] if status else "",
    }


async def ephemerals(request: ControlRequest) -> Any:
    """GET /local/ephemerals"""
    channel = request.channel() if request.text("channel") else None
    return {"messages": _hidden(request, channel)}


async def views(request: ControlRequest) -> Any:
    """GET /local/views: the open modals of a person, root first, and their Home tab."""
    user = request.user()
    home = request.slack.views.home(user.id)
    stack = [shown(view) for view in request.slack.views.stack(user.id)]
    return {"views": stack, "home": shown(home) if home else None}


async def files(request: ControlRequest) -> Any:
    """GET /local/files"""
    return {"files": [stored.about for stored in request.slack.files.all()]}


async def log(request: ControlRequest) -> Any:
    """GET /local/log, DELETE /local/log"""
    if request.raw.method == "DELETE":
        request.slack.journal.clear()
    return request.slack.journal.as_json()


def file_bytes(slack: Slack) -> Any:
    """GET /local/files/{file}: a file's bytes for the page, without a token."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            stored = slack.files.get(request.match_info["file"])
        except Refusal as refusal:
            return web.json_response(refusal.as_json(), status=404)
        if stored.path is None:
            return web.json_response({"ok": False, "error": "file_is_external"}, status=404)
        return respond(stored, download="download" in request.query)

    return handle
