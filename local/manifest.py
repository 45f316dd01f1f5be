"""The manifest: what an app declared about itself, read in Slack's own manifest format."""

from dataclasses import dataclass, field
from typing import Any

from local.shapes import Json

ALL_SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "bookmarks:read",
    "bookmarks:write",
    "calls:read",
    "canvases:read",
    "canvases:write",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "channels:write.invites",
    "chat:write",
    "chat:write.customize",
    "commands",
    "emoji:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "groups:write.invites",
    "im:history",
    "im:read",
    "im:write",
    "links:read",
    "links:write",
    "lists:read",
    "lists:write",
    "metadata.message:read",
    "mpim:history",
    "mpim:read",
    "mpim:write",
    "pins:read",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users.profile:read",
    "users:read",
    "users:read.email",
    "users:write",
)


@dataclass(kw_only=True)
class Manifest:
    """A manifest's answers; without one, the app is permissive: every command, event and scope."""

    source: Json | None = None
    revoked: set[str] = field(default_factory=set)

    def _at(self, *path: str) -> Any:
        value: Any = self.source or {}
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    @property
    def bot_name(self) -> str:
        """The name that people see beside the app's messages."""
        named = self._at("features", "bot_user", "display_name")
        return str(named or self._at("display_information", "name") or "Readymade")

    @property
    def scopes(self) -> list[str]:
        """The bot scopes granted at installation, less those revoked since."""
        if self.source is None:
            wanted = list(ALL_SCOPES)
        else:
            scopes = self._at("oauth_config", "scopes") or {}
            wanted = [*(scopes.get("bot") or []), *(scopes.get("bot_optional") or [])]
        return [scope for scope in wanted if scope not in self.revoked]

    def subscribes_to(self, event: str) -> bool:
        """Whether the app asked for this bot event."""
        if self.source is None:
            return True
        return event in (self._at("settings", "event_subscriptions", "bot_events") or [])

    @property
    def commands(self) -> list[Json]:
        """The slash commands, as declared."""
        return list(self._at("features", "slash_commands") or [])

    def command(self, name: str) -> Json | None:
        """The command of this name; a permissive app owns every command."""
        if self.source is None:
            return {"command": name}
        return next((c for c in self.commands if c.get("command") == name), None)

    @property
    def shortcuts(self) -> list[Json]:
        """The global and message shortcuts, as declared."""
        return list(self._at("features", "shortcuts") or [])

    def shortcut(self, callback_id: str, type: str) -> Json | None:
        """The shortcut with this id and type (`message` or `global`)."""
        if self.source is None:
            return {"callback_id": callback_id, "type": type}
        matches = (s for s in self.shortcuts if s.get("callback_id") == callback_id)
        return next((s for s in matches if s.get("type") == type), None)

    @property
    def socket_mode(self) -> bool:
        """Whether deliveries go through Socket Mode; the permissive app uses it too."""
        return self.source is None or bool(self._at("settings", "socket_mode_enabled"))

    def request_url(self, kind: str, command: str = "") -> str:
        """Where HTTP mode delivers this kind: events_api, interactive or slash_commands."""
        if kind == "slash_commands":
            return str((self.command(command) or {}).get("url") or "")
        section = "event_subscriptions" if kind == "events_api" else "interactivity"
        return str(self._at("settings", section, "request_url") or "")
