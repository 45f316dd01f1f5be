"""What a test or an administrator arranges: people, channels, manifest, scopes, faults, sockets."""

from typing import Any

from local.control.request import ControlRequest
from local.envelope import Envelope
from local.limits.manifests import check_manifest
from local.refusal import Refusal
from local.shapes import Json


async def add_user(request: ControlRequest) -> Any:
    """POST /local/users"""
    user = request.slack.workspace.add_user(
        request.text("name"),
        real_name=request.text("real_name"),
        locale=request.text("locale", "en-US"),
        is_restricted=bool(request.fields.get("is_restricted")),
    )
    request.slack.journal.changed("user", user=user.id)
    return {"id": user.id, "name": user.name}


async def add_channel(request: ControlRequest) -> Any:
    """POST /local/channels: public or private; everybody joins unless members are named."""
    workspace = request.slack.workspace
    kind = request.text("kind", "public")
    if kind not in ("public", "private"):
        raise Refusal("invalid_kind")
    if workspace.channel(request.text("name")) is not None:
        raise Refusal("name_taken")
    everyone = [user.id for user in workspace.users.values() if not user.is_bot]
    named = [workspace.user(str(name)) for name in request.fields.get("members") or []]
    if None in named:
        raise Refusal("user_not_found")
    members = [user.id for user in named if user] or everyone
    if request.fields.get("bot", True):
        members.append(workspace.bot.id)
    channel = workspace.add_channel(
        request.text("name"),
        members=members,
        kind="private" if kind == "private" else "public",
        is_ext_shared=bool(request.fields.get("is_ext_shared")),
    )
    request.slack.journal.changed("channel", channel=channel.id)
    return {"id": channel.id, "name": channel.name}


async def change_members(request: ControlRequest) -> Any:
    """POST /local/members: user (default the bot) joins, or leaves with `remove`."""
    channel = request.channel()
    bot = request.slack.workspace.bot.id
    member = request.user("member", default=bot).id
    if request.fields.get("remove"):
        request.slack.conversations.leave(channel, member)
    else:
        inviter = request.user("user").id
        is_new = member not in channel.members
        request.slack.conversations.join(channel, member, inviter=inviter)
        if is_new and member != bot:
            request.slack.conversations.say_joined(channel, member)
    return {"ok": True, "members": channel.members}


async def manifest(request: ControlRequest) -> Any:
    """GET and PUT /local/manifest; an empty object makes the app permissive again."""
    current = request.slack.installation.manifest
    if request.raw.method == "PUT":
        check_manifest(request.fields)
        current.source = dict(request.fields) or None
        current.revoked.clear()
        request.slack.journal.changed("manifest")
    return {"manifest": current.source, "scopes": current.scopes}


async def change_scopes(request: ControlRequest) -> Any:
    """POST /local/scopes: revoke or grant again."""
    current = request.slack.installation.manifest
    current.revoked |= set(request.fields.get("revoke") or [])
    current.revoked -= set(request.fields.get("grant") or [])
    return {"scopes": current.scopes}


async def faults(request: ControlRequest) -> Any:
    """GET and POST /local/faults; `{"reset": true}` ends all of them."""
    if request.raw.method == "POST":
        wanted: Json = dict(request.fields)
        if wanted.pop("reset", False):
            request.slack.faults.reset()
        request.slack.faults.change(wanted)
    return request.slack.faults.as_json()


async def sockets(request: ControlRequest) -> Any:
    """POST /local/sockets: disconnect with a reason, or drop without a word."""
    if request.text("action", "disconnect") == "drop":
        return {"ok": True, "connections": await request.slack.sockets.drop()}
    reason = request.text("reason", "refresh_requested")
    return {"ok": True, "connections": await request.slack.sockets.disconnect(reason)}


async def send_event(request: ControlRequest) -> Any:
    """POST /local/events: any event, for those that no act here causes."""
    event = request.fields.get("event")
    if not isinstance(event, dict) or "type" not in event:
        raise Refusal("invalid_event")
    event.setdefault("event_ts", request.slack.ids.timestamp())
    channel = request.channel() if request.text("channel") else None
    request.slack.events.simple(event, channel)
    return {"ok": True, "event": event}


async def verify(request: ControlRequest) -> Any:
    """POST /local/verify: the challenge that Slack sends when a request URL is entered."""
    slack = request.slack
    challenge = slack.ids.secret(40)
    payload = {
        "type": "url_verification",
        "token": slack.installation.verification_token,
        "challenge": challenge,
    }
    envelope = Envelope(kind="events_api", payload=payload)
    ack = await slack.http.send(envelope, timeout=slack.faults.ack_timeout)
    return {"ok": challenge in (ack.payload or {}).values(), "reason": ack.reason}
