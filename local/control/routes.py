"""All routes of the control API in one list."""

from aiohttp import web

from local.control import acts, changes, messages, reading, settings
from local.control.request import Handler, endpoint
from local.slack import Slack

ENDPOINTS: list[tuple[str, str, Handler]] = [
    ("GET", "/local/workspace", reading.workspace),
    ("GET", "/local/channels/{channel}/messages", reading.messages),
    ("GET", "/local/channels/{channel}/threads/{ts}", reading.thread),
    ("GET", "/local/ephemerals", reading.ephemerals),
    ("GET", "/local/views", reading.views),
    ("GET", "/local/files", reading.files),
    ("GET", "/local/log", reading.log),
    ("DELETE", "/local/log", reading.log),
    ("POST", "/local/messages", messages.say),
    ("POST", "/local/uploads", messages.upload),
    ("POST", "/local/files", messages.stage),
    ("POST", "/local/edits", messages.edit),
    ("POST", "/local/deletions", messages.delete),
    ("POST", "/local/reactions", messages.react),
    ("POST", "/local/commands", acts.slash),
    ("POST", "/local/actions", acts.click),
    ("POST", "/local/shortcuts", acts.shortcut),
    ("POST", "/local/views/submit", acts.submit),
    ("POST", "/local/views/close", acts.close),
    ("POST", "/local/home", acts.open_home),
    ("POST", "/local/users", settings.add_user),
    ("POST", "/local/channels", settings.add_channel),
    ("POST", "/local/members", settings.change_members),
    ("GET", "/local/manifest", settings.manifest),
    ("PUT", "/local/manifest", settings.manifest),
    ("POST", "/local/scopes", settings.change_scopes),
    ("GET", "/local/faults", settings.faults),
    ("POST", "/local/faults", settings.faults),
    ("POST", "/local/sockets", settings.sockets),
    ("POST", "/local/events", settings.send_event),
    ("POST", "/local/verify", settings.verify),
]


def routes(slack: Slack) -> list[web.RouteDef]:
    """The control API of one workspace."""
    listed = [web.route(verb, path, endpoint(slack, h)) for verb, path, h in ENDPOINTS]
    return [
        *listed,
        web.get("/local/files/{file}", reading.file_bytes(slack)),
        web.get("/local/changes", changes.stream(slack)),
    ]
