"""Interactivity: commands, buttons and shortcuts of a person, as Slack sends them to the app."""

from typing import Any

from local.conversations import Conversations
from local.delivery import Delivery
from local.envelope import Ack
from local.faults import Faults
from local.installation import Installation
from local.limits.messages import check_message
from local.markup import escape, from_typed
from local.refusal import Refusal
from local.response_urls import ResponseUrl, ResponseUrls
from local.shapes import Json
from local.triggers import Triggers
from local.workspace import Channel, User, Workspace


class Interactivity:
    """Builds each payload, waits for the acknowledgement, shows the person what became of it."""

    def __init__(
        self,
        *,
        workspace: Workspace,
        installation: Installation,
        delivery: Delivery,
        conversations: Conversations,
        response_urls: ResponseUrls,
        triggers: Triggers,
        faults: Faults,
    ) -> None:
        self._workspace = workspace
        self._installation = installation
        self._delivery = delivery
        self._conversations = conversations
        self._response_urls = response_urls
        self._triggers = triggers
        self._faults = faults

    async def slash(
        self, user: User, channel: Channel, command: str, text: str, *, thread_ts: str = ""
    ) -> Json:
        """A slash command; Slack itself refuses it in threads and when no app owns it."""
        declared = self._installation.manifest.command(command)
        if thread_ts:
            return self._refuse(
                user,
                channel,
                "not_supported_in_threads",
                f"`{command}` is not supported in threads. Sorry!",
            )
        if declared is None:
            return self._refuse(
                user, channel, "invalid_command", f"`{command}` is not a valid command."
            )
        ack = await self._delivery.ask(
            "slash_commands", self._slash_payload(user, channel, declared, text)
        )
        if ack.ok and ack.payload and (ack.payload.get("text") or ack.payload.get("blocks")):
            given = ResponseUrl(channel=channel, user_id=user.id)
            try:
                check_message(ack.payload, rejected=self._faults.reject_blocks)
                self._response_urls.answer(given, ack.payload)
            except Refusal as refusal:
                return self._refuse(user, channel, refusal.error, f"`{command}` answered badly.")
        return self.outcome(ack, user, channel, what=command)

    def _slash_payload(self, user: User, channel: Channel, declared: Json, text: str) -> Json:
        command = str(declared["command"])
        escaped = escape(text)
        if declared.get("should_escape"):
            escaped = from_typed(text, self._workspace)[0]
        return {
            "token": self._installation.verification_token,
            "team_id": self._workspace.team.id,
            "team_domain": self._workspace.team.domain,
            "channel_id": channel.id,
            "channel_name": _channel_name(channel),
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": escaped,
            "api_app_id": self._installation.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_urls.new("commands", channel, user.id),
            "trigger_id": self._triggers.new(user.id),
        }

    async def click(self, user: User, channel: Channel, message: Json, action: Json) -> Json:
        """A button or menu of a message, ephemeral ones included."""
        hidden = bool(message.get("is_ephemeral"))
        container: Json = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": channel.id,
            "is_ephemeral": hidden,
        }
        if message.get("thread_ts"):
            container["thread_ts"] = message["thread_ts"]
        url = self._response_urls.new("actions", channel, user.id, origin_ts=message["ts"])
        payload = {
            **self.base("block_actions", user),
            "container": container,
            "channel": {"id": channel.id, "name": _channel_name(channel)},
            "state": {"values": {}},
            "response_url": url,
            "actions": [{**action, "action_ts": self._workspace.ids.timestamp()}],
        }
        if not hidden:
            payload["message"] = message
        ack = await self._delivery.ask("interactive", payload)
        return self.outcome(ack, user, channel, what="This button")

    async def message_shortcut(
        self, user: User, channel: Channel, message: Json, callback_id: str
    ) -> Json:
        """A shortcut from the menu of a message."""
        self._check_shortcut(callback_id, "message")
        payload = {
            **self.base("message_action", user),
            "callback_id": callback_id,
            "action_ts": self._workspace.ids.timestamp(),
            "message_ts": message["ts"],
            "channel": {"id": channel.id, "name": _channel_name(channel)},
            "message": message,
            "response_url": self._response_urls.new("app", channel, user.id),
        }
        ack = await self._delivery.ask("interactive", payload)
        return self.outcome(ack, user, channel, what="This shortcut")

    async def global_shortcut(self, user: User, callback_id: str) -> Json:
        """A shortcut from the compose box or the search; it knows no channel."""
        self._check_shortcut(callback_id, "global")
        payload = {
            **self.base("shortcut", user),
            "callback_id": callback_id,
            "action_ts": self._workspace.ids.timestamp(),
        }
        del payload["api_app_id"]  # as in Slack's own payload
        ack = await self._delivery.ask("interactive", payload)
        return self.outcome(ack, user, None, what="This shortcut")

    def _check_shortcut(self, callback_id: str, type: str) -> None:
        if self._installation.manifest.shortcut(callback_id, type) is None:
            raise Refusal("shortcut_not_found", callback_id=callback_id, type=type)

    def base(self, type: str, user: User) -> dict[str, Any]:
        """The fields that every interaction payload shares."""
        team = self._workspace.team
        return {
            "type": type,
            "token": self._installation.verification_token,
            "api_app_id": self._installation.app_id,
            "team": {"id": team.id, "domain": team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self._triggers.new(user.id),
            "user": {
                "id": user.id,
                "username": user.name,
                "name": user.name,
                "team_id": team.id,
            },
        }

    def outcome(self, ack: Ack, user: User, channel: Channel | None, *, what: str) -> Json:
        """What happened, for whoever acted; a failure is also shown to the person."""
        if ack.ok:
            return {"ok": True, "response": ack.payload, "ms": round(ack.ms, 2)}
        timed_out = ack.reason in ("timeout", "http_timeout")
        error = "operation_timeout" if timed_out else "dispatch_failed"
        if channel is not None:
            text = f'{what} failed with the error "{error}"'
            self._conversations.slackbot_says(channel, user.id, text)
        return {"ok": False, "error": error, "reason": ack.reason, "ms": round(ack.ms, 2)}

    def _refuse(self, user: User, channel: Channel, error: str, text: str) -> Json:
        self._conversations.slackbot_says(channel, user.id, text)
        return {"ok": False, "error": error}


def _channel_name(channel: Channel) -> str:
    """Slack names unnamed conversations by their kind."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
