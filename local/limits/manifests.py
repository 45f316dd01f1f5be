"""Manifests: what Slack refuses when an app is created or changed; absent parts are not missed."""

from local.limits.complaints import Complaints
from local.refusal import Refusal
from local.shapes import Json

MAX_COMMANDS = 50
MAX_SHORTCUTS = 10
_EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "file_shared": "files:read",
    "file_deleted": "files:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}


def check_manifest(source: Json) -> None:
    """Refuse a manifest with every complaint at once."""
    complaints = Complaints()
    about = source.get("display_information", {})
    complaints.string(about, "name", "/display_information", 35, minimum=1)
    complaints.string(about, "description", "/display_information", 140)
    complaints.string(about, "long_description", "/display_information", 4000, minimum=175)
    features = source.get("features", {})
    _check_commands(complaints, features)
    _check_shortcuts(complaints, features)
    _check_events(complaints, source)
    if complaints.messages:
        raise Refusal("invalid_manifest", messages=complaints.messages)


def _check_commands(complaints: Complaints, features: Json) -> None:
    commands = complaints.items(
        features, "slash_commands", "/features", most=MAX_COMMANDS, least=0, required=False
    )
    seen: set[str] = set()
    for index, command in enumerate(commands):
        at = f"/features/slash_commands/{index}"
        complaints.string(command, "command", at, 32, required=True, minimum=2)
        complaints.string(command, "description", at, 2000)
        complaints.string(command, "usage_hint", at, 1000)
        name = str(command.get("command"))
        if not name.startswith("/") or name != name.lower() or " " in name:
            complaints.add("must be a slash, then lowercase without spaces", f"{at}/command")
        if name in seen:
            complaints.add("duplicate command", f"{at}/command")
        seen.add(name)


def _check_shortcuts(complaints: Complaints, features: Json) -> None:
    shortcuts = complaints.items(
        features, "shortcuts", "/features", most=MAX_SHORTCUTS, least=0, required=False
    )
    for index, shortcut in enumerate(shortcuts):
        at = f"/features/shortcuts/{index}"
        complaints.string(shortcut, "name", at, 24, required=True, minimum=1)
        complaints.string(shortcut, "callback_id", at, 255, required=True, minimum=1)
        complaints.string(shortcut, "description", at, 150)
        complaints.one_of(shortcut, "type", at, ("message", "global"))


def _check_events(complaints: Complaints, source: Json) -> None:
    """An event needs its scope; without it Slack would not let the app subscribe."""
    scopes = source.get("oauth_config", {}).get("scopes", {})
    granted = {*scopes.get("bot", []), *scopes.get("bot_optional", [])}
    events = source.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
    for index, event in enumerate(events):
        scope = _EVENT_SCOPES.get(event)
        if scope and scope not in granted:
            at = f"/settings/event_subscriptions/bot_events/{index}"
            complaints.add(f"{event} requires the scope {scope}", at)
