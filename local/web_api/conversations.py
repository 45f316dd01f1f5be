"""The conversations family, apart from reading messages: what there is and who is in it."""

from local.refusal import Refusal
from local.shapes import Json
from local.web_api.call import Call, Method, page
from local.workspace import Channel

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def as_conversation(call: Call, channel: Channel) -> Json:
    """Slack's object of a conversation."""
    workspace = call.slack.workspace
    base: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "is_mpim": channel.kind == "mpim",
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "context_team_id": workspace.team.id,
        "updated": channel.created * 1000,
        "is_pending_ext_shared": False,
    }
    if channel.kind == "im":
        others = [member for member in channel.members if member != workspace.bot.id]
        return base | {"user": others[0] if others else workspace.bot.id, "is_open": True}
    return base | {
        "name": channel.name,
        "name_normalized": channel.name,
        "creator": channel.creator,
        "is_general": channel.name == "general",
        "unlinked": 0,
        "is_member": workspace.is_bot_in(channel),
        "num_members": len(channel.members),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "previous_names": [],
        "shared_team_ids": [workspace.team.id],
    }


async def info(call: Call) -> Json:
    """conversations.info"""
    channel = call.channel()
    call.need_scope(channel, "read")
    about = as_conversation(call, channel)
    if not call.flag("include_num_members"):
        about.pop("num_members", None)
    return {"channel": about}


async def list_all(call: Call) -> Json:
    """conversations.list"""
    kinds = {_TYPES.get(name.strip()) for name in call.text("types", "public_channel").split(",")}
    if None in kinds:
        raise Refusal("invalid_types")
    workspace = call.slack.workspace
    known = [c for c in workspace.channels.values() if c.kind in kinds]
    known = [c for c in known if c.kind == "public" or workspace.is_bot_in(c)]
    if call.flag("exclude_archived"):
        known = [c for c in known if not c.is_archived]
    for channel in known[:1]:
        call.need_scope(channel, "read")
    part, metadata = page(call, known)
    return {"channels": [as_conversation(call, c) for c in part], "response_metadata": metadata}


async def of_user(call: Call) -> Json:
    """users.conversations: those the bot, or another user, is in."""
    kinds = {_TYPES.get(name.strip()) for name in call.text("types", "public_channel").split(",")}
    user = call.text("user", call.slack.workspace.bot.id)
    known = [c for c in call.slack.workspace.channels.values() if c.kind in kinds]
    known = [c for c in known if user in c.members]
    part, metadata = page(call, known)
    return {"channels": [as_conversation(call, c) for c in part], "response_metadata": metadata}


async def members(call: Call) -> Json:
    """conversations.members"""
    channel = call.channel()
    call.need_scope(channel, "read")
    part, metadata = page(call, channel.members)
    return {"members": part, "response_metadata": metadata}


async def join(call: Call) -> Json:
    """conversations.join: public channels only."""
    channel = call.channel()
    if channel.kind != "public":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refusal("is_archived")
    call.slack.conversations.join(channel, call.slack.workspace.bot.id)
    return {"channel": as_conversation(call, channel)}


async def leave(call: Call) -> Json:
    """conversations.leave"""
    channel = call.channel()
    if not call.slack.workspace.is_bot_in(channel):
        return {"not_in_channel": True}
    call.slack.conversations.leave(channel, call.slack.workspace.bot.id)
    return {}


async def open_direct(call: Call) -> Json:
    """conversations.open: a direct message with one or more people."""
    workspace = call.slack.workspace
    if call.text("channel"):
        channel = call.channel()
        return {"channel": as_conversation(call, channel)}
    users = [user.strip() for user in call.text("users").split(",") if user.strip()]
    if not users:
        raise Refusal("users_list_not_supplied")
    if any(user not in workspace.users for user in users):
        raise Refusal("user_not_found")
    scope = "im:write" if len(users) == 1 else "mpim:write"
    call.slack.installation.check_scope(scope)
    channel = workspace.direct_message([*users, workspace.bot.id])
    if call.flag("return_im"):
        return {"channel": as_conversation(call, channel)}
    return {"channel": {"id": channel.id}}


async def invite(call: Call) -> Json:
    """conversations.invite"""
    channel = call.joined_channel()
    prefix = "channels" if channel.kind == "public" else "groups"
    modern = f"{prefix}:write.invites"
    call.slack.installation.check_scope(
        modern, "channels:manage" if prefix == "channels" else "groups:write"
    )
    for user in call.required("users").split(","):
        if user not in call.slack.workspace.users:
            raise Refusal("user_not_found")
        if user == call.slack.workspace.bot.id:
            raise Refusal("cant_invite_self")
        if user in channel.members:
            raise Refusal("already_in_channel")
        call.slack.conversations.join(channel, user, inviter=call.slack.workspace.bot.id)
    return {"channel": as_conversation(call, channel)}


METHODS = {
    "conversations.info": Method(handler=info, scopes=_READ),
    "conversations.list": Method(handler=list_all, scopes=_READ),
    "conversations.members": Method(handler=members, scopes=_READ),
    "conversations.join": Method(handler=join, scopes=("channels:join",)),
    "conversations.leave": Method(
        handler=leave, scopes=("channels:manage", "groups:write", "im:write", "mpim:write")
    ),
    "conversations.open": Method(handler=open_direct, scopes=("im:write", "mpim:write")),
    "conversations.invite": Method(handler=invite),
    "users.conversations": Method(handler=of_user, scopes=_READ),
}
