"""A control request: a JSON or multipart body whose people and channels are named freely."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from local.refusal import Refusal
from local.shapes import Json
from local.slack import Slack
from local.workspace import Channel, User


@dataclass(frozen=True, kw_only=True)
class ControlRequest:
    """What a control handler gets: path, query and body fields in one mapping."""

    slack: Slack
    fields: Json
    uploads: list[web.FileField]
    raw: web.Request

    def text(self, name: str, default: str = "") -> str:
        """A string field."""
        value = self.fields.get(name)
        return default if value is None else str(value)

    def user(self, name: str = "user", *, default: str = "ada") -> User:
        """A person by id or name."""
        user = self.slack.workspace.user(self.text(name, default))
        if user is None:
            raise Refusal("user_not_found")
        return user

    def channel(self, name: str = "channel") -> Channel:
        """A channel by id or name; `dm` is the acting person's conversation with the bot."""
        key = self.text(name)
        if key in ("dm", f"@{self.slack.workspace.bot.name}"):
            members = [self.user().id, self.slack.workspace.bot.id]
            return self.slack.workspace.direct_message(members)
        channel = self.slack.workspace.channel(key)
        if channel is None:
            raise Refusal("channel_not_found")
        return channel

    def message(self, channel: Channel, name: str = "ts") -> Json:
        """A message of the channel, or one that only the acting person sees."""
        ts = self.text(name)
        message = channel.find(ts)
        if message is None:
            user = self.user().id
            hidden = (m for m in self.slack.workspace.ephemerals if m["ts"] == ts)
            message = next((m for m in hidden if m["visible_to"] == user), None)
        if message is None:
            raise Refusal("message_not_found")
        return message


Handler = Callable[[ControlRequest], Awaitable[Any]]


def endpoint(slack: Slack, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Wrap a handler: body in, JSON out, refusals as status 400."""

    async def handle(request: web.Request) -> web.Response:
        try:
            answer = await handler(await _read(slack, request))
        except Refusal as refusal:
            return web.json_response(refusal.as_json(), status=400)
        return web.json_response(answer)

    return handle


async def _read(slack: Slack, request: web.Request) -> ControlRequest:
    fields: dict[str, Any] = dict(request.query) | dict(request.match_info)
    uploads: list[web.FileField] = []
    if request.content_type.startswith("multipart/"):
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads.append(value)
            else:
                fields[name] = value
    elif request.can_read_body:
        fields |= _json_body(await request.text())
    return ControlRequest(slack=slack, fields=fields, uploads=uploads, raw=request)


def _json_body(text: str) -> Json:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(body, dict):
        raise Refusal("json_not_object")
    return body
