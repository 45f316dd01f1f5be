"""Response URLs: five answers within thirty minutes, without a token, even where the bot is not."""

import json
import time
from dataclasses import dataclass, field

from aiohttp import web

from local.conversations import Conversations
from local.faults import Faults
from local.installation import Installation
from local.limits.messages import check_message
from local.refusal import Refusal
from local.shapes import Json
from local.workspace import Channel, Workspace

MAX_USES = 5
_KEPT = 5000  # the oldest are forgotten first, as if expired


@dataclass(kw_only=True)
class ResponseUrl:
    """One handed-out URL; `origin_ts` is the message whose button was pressed, if any."""

    channel: Channel
    user_id: str
    origin_ts: str = ""
    uses: int = 0
    given_at: float = field(default_factory=time.monotonic)


class ResponseUrls:
    """Hands out URLs and takes the answers posted to them."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        conversations: Conversations,
        installation: Installation,
        faults: Faults,
        base_url: str,
    ) -> None:
        self._workspace = workspace
        self._conversations = conversations
        self._installation = installation
        self._faults = faults
        self._base_url = base_url
        self._given: dict[str, ResponseUrl] = {}

    def new(self, kind: str, channel: Channel, user_id: str, *, origin_ts: str = "") -> str:
        """A URL for an act of this person in this channel; kind is commands, actions or app."""
        if len(self._given) > _KEPT:
            for old in list(self._given)[: _KEPT // 2]:
                del self._given[old]
        secret = self._workspace.ids.secret()
        self._given[secret] = ResponseUrl(channel=channel, user_id=user_id, origin_ts=origin_ts)
        return f"{self._base_url}/{kind}/{self._workspace.team.id}/{len(self._given)}/{secret}"

    async def handle(self, request: web.Request) -> web.Response:
        """POST on a response URL."""
        given = self._given.get(request.match_info["secret"])
        try:
            self._check(given)
            assert given is not None
            self.answer(given, await self._payload(request))
        except Refusal as refusal:
            status = 404 if refusal.error in ("expired_url", "used_url") else 400
            return web.json_response(refusal.as_json(), status=status)
        return web.Response(text="ok")

    def _check(self, given: ResponseUrl | None) -> None:
        if given is None:
            raise Refusal("expired_url")
        if time.monotonic() - given.given_at > self._faults.response_url_seconds:
            raise Refusal("expired_url")
        if given.uses >= MAX_USES:
            raise Refusal("used_url")
        given.uses += 1

    @staticmethod
    async def _payload(request: web.Request) -> Json:
        try:
            payload = json.loads(await request.text())
        except ValueError:
            payload = None
        if not isinstance(payload, dict):
            raise Refusal("invalid_payload")
        return payload

    def answer(self, given: ResponseUrl, payload: Json) -> None:
        """Post, replace or delete as the payload says; also used for answers within an ack."""
        origin = given.origin_ts and self._origin(given)
        if payload.get("delete_original") and origin:
            self._delete(given, origin)
            return
        message = self._message(payload)
        if payload.get("replace_original") and origin:
            self._replace(given, origin, message)
        elif payload.get("response_type") == "in_channel":
            thread_ts = str(payload.get("thread_ts") or "")
            self._conversations.post(given.channel, message, thread_ts=thread_ts)
        else:
            if payload.get("thread_ts"):
                message["thread_ts"] = str(payload["thread_ts"])
            self._conversations.show_only_to(given.channel, given.user_id, message)

    def _message(self, payload: Json) -> Json:
        content = check_message(payload, rejected=self._faults.reject_blocks)
        profile = self._installation.bot_profile(self._workspace.team.id)
        return {
            "user": self._workspace.bot.id,
            "bot_id": self._installation.bot_id,
            "app_id": self._installation.app_id,
            "bot_profile": profile,
            **content,
        }

    def _origin(self, given: ResponseUrl) -> Json | None:
        hidden = (m for m in self._workspace.ephemerals if m["ts"] == given.origin_ts)
        return given.channel.find(given.origin_ts) or next(hidden, None)

    def _delete(self, given: ResponseUrl, origin: Json) -> None:
        if origin.get("is_ephemeral"):
            self._workspace.ephemerals.remove(origin)
            return
        self._conversations.delete(given.channel, origin)

    def _replace(self, given: ResponseUrl, origin: Json, message: Json) -> None:
        if origin.get("is_ephemeral"):
            for name in ("blocks", "attachments"):
                origin.pop(name, None)
            origin.update(message)
            self._conversations.refreshed(given.channel, origin)
            return
        new = {name: message.get(name) for name in ("text", "blocks", "attachments")}
        self._conversations.change(given.channel, origin, self._workspace.bot.id, **new)
