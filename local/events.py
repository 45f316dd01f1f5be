"""Events: which of them the app hears, and the wrapper that each one travels in."""

import time
from copy import deepcopy

from local.delivery import Delivery
from local.faults import Faults
from local.installation import Installation
from local.markup import mentioned
from local.shapes import Json
from local.workspace import Channel, Workspace

_HISTORY = {
    "channel": "channels:history",
    "group": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
_MESSAGE_EVENTS = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
_SCOPES = {
    "app_mention": "app_mentions:read",
    "file_shared": "files:read",
    "file_deleted": "files:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_left": "channels:read",
}


class Events:
    """Sends an event if the app subscribed to it, holds its scope and is in the conversation."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        installation: Installation,
        delivery: Delivery,
        faults: Faults,
    ) -> None:
        self._workspace = workspace
        self._installation = installation
        self._delivery = delivery
        self._faults = faults

    def send(self, event: Json, *, name: str, scope: str, channel: Channel | None = None) -> None:
        """Send one event under its subscription name."""
        manifest = self._installation.manifest
        if not manifest.subscribes_to(name) or (scope and scope not in manifest.scopes):
            return
        if channel is not None and not self._workspace.is_bot_in(channel):
            return
        self._delivery.send_event(self._wrap(event, channel))

    def _wrap(self, event: Json, channel: Channel | None) -> Json:
        team = self._workspace.team.id
        event_id = self._workspace.ids.new("Ev")
        place = channel.id if channel else team
        return {
            "token": self._installation.verification_token,
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": self._installation.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(time.time()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team,
                    "user_id": self._workspace.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
            "event_context": f"4-{event['type']}-{team}-{place}",
        }

    def simple(self, event: Json, channel: Channel | None = None) -> None:
        """An event whose subscription carries its own type as its name."""
        name = str(event["type"])
        self.send(event, name=name, scope=_SCOPES.get(name, ""), channel=channel)

    def message(self, event: Json, channel: Channel) -> None:
        """A message event of any subtype, under the name of the channel's type."""
        kind = channel.channel_type
        told = {**event, "channel": channel.id, "channel_type": kind}
        told.setdefault("event_ts", event["ts"])
        self.send(
            self._with_stubs(told),
            name=_MESSAGE_EVENTS[kind],
            scope=_HISTORY[kind],
            channel=channel,
        )

    def posted(self, message: Json, channel: Channel) -> None:
        """A new message: its message event, its files, and the mention if it holds one."""
        message = _without_private_parts(message)
        told = {**message, "subtype": "file_share"} if message.get("files") else message
        self.message(told, channel)
        for file in message.get("files", []):
            self.file_shared(file["id"], message["user"], channel, message["ts"])
        if self._is_mention(message, channel):
            self.simple(self._mention(message, channel), channel)

    def file_shared(self, file_id: str, user_id: str, channel: Channel, ts: str) -> None:
        """A file appeared in a conversation."""
        self.simple(
            {
                "type": "file_shared",
                "file_id": file_id,
                "user_id": user_id,
                "file": {"id": file_id},
                "channel_id": channel.id,
                "event_ts": ts,
            },
            channel,
        )

    def _is_mention(self, message: Json, channel: Channel) -> bool:
        if self._faults.mention_files == "message_only" and message.get("files"):
            return False
        is_own = message.get("user") == self._workspace.bot.id
        named = self._workspace.bot.id in mentioned(str(message.get("text") or ""))
        return named and not is_own and channel.kind != "im"

    def _mention(self, message: Json, channel: Channel) -> Json:
        mention = {**message, "type": "app_mention", "channel": channel.id}
        mention["event_ts"] = message["ts"]
        mention.pop("subtype", None)
        if self._faults.mention_files == "without_files":
            mention.pop("files", None)
        return self._with_stubs(mention)

    def _with_stubs(self, event: Json) -> Json:
        if not self._faults.check_file_info or "files" not in event:
            return event
        stubs = [_connect_stub(file) for file in event["files"]]
        return {**event, "files": stubs}


def _connect_stub(file: Json) -> Json:
    """What Slack Connect sends instead of a file: the app must call files.info."""
    return {
        "id": file["id"],
        "created": 0,
        "timestamp": 0,
        "user": "",
        "mode": "file_access",
        "file_access": "check_file_info",
    }


def _without_private_parts(message: Json) -> Json:
    """Events carry no metadata unless the app subscribed to that metadata type."""
    told = deepcopy(message)
    told.pop("metadata", None)
    return told
