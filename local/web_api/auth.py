"""The auth, api, apps, bots and team families: who is calling, and from where."""

from local.limits.blocks import check_blocks
from local.limits.messages import as_json
from local.refusal import Refusal
from local.shapes import Json
from local.web_api.call import Call, Method


async def auth_test(call: Call) -> Json:
    """Who the token belongs to."""
    workspace = call.slack.workspace
    return {
        "url": f"{call.slack.base_url}/",
        "team": workspace.team.name,
        "user": workspace.bot.name,
        "team_id": workspace.team.id,
        "user_id": workspace.bot.id,
        "bot_id": call.slack.installation.bot_id,
        "is_enterprise_install": False,
    }


async def api_test(call: Call) -> Json:
    """Echo."""
    if call.text("error"):
        raise Refusal(call.text("error"), args=dict(call.arguments))
    return {"args": dict(call.arguments)}


async def open_connection(call: Call) -> Json:
    """A WebSocket URL for Socket Mode."""
    if not call.slack.installation.socket_mode:
        raise Refusal("socket_mode_not_enabled")
    base = call.slack.base_url.replace("http", "ws", 1)
    ticket = call.slack.sockets.new_ticket()
    return {"url": f"{base}/link/?ticket={ticket}&app_id={call.slack.installation.app_id}"}


async def bots_info(call: Call) -> Json:
    """The app's bot."""
    installation = call.slack.installation
    if call.text("bot", installation.bot_id) != installation.bot_id:
        raise Refusal("bot_not_found")
    profile = installation.bot_profile(call.slack.workspace.team.id)
    profile["user_id"] = call.slack.workspace.bot.id
    return {"bot": profile}


async def team_info(call: Call) -> Json:
    """The workspace."""
    team = call.slack.workspace.team
    return {
        "team": {
            "id": team.id,
            "name": team.name,
            "domain": team.domain,
            "email_domain": "",
            "url": f"{call.slack.base_url}/",
            "icon": {"image_default": True},
        }
    }


async def validate_blocks(call: Call) -> Json:
    """Check blocks without posting them."""
    blocks = as_json(call.arguments.get("blocks"), "invalid_blocks_format")
    check_blocks(blocks, surface="message", rejected=call.slack.faults.reject_blocks)
    return {}


METHODS = {
    "auth.test": Method(handler=auth_test),
    "api.test": Method(handler=api_test, access="none"),
    "apps.connections.open": Method(handler=open_connection, access="app"),
    "bots.info": Method(handler=bots_info, scopes=("users:read",)),
    "team.info": Method(handler=team_info, scopes=("team:read",)),
    "blocks.validate": Method(handler=validate_blocks, access="none"),
}
