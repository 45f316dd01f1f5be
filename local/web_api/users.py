"""The users family."""

from local.shapes import Json
from local.web_api.call import Call, Method, page
from local.workspace import User


def as_user(call: Call, user: User, *, include_locale: bool) -> Json:
    """Slack's object of a user."""
    about: Json = {
        "id": user.id,
        "team_id": call.slack.workspace.team.id,
        "name": user.name,
        "deleted": False,
        "real_name": user.real_name,
        "tz": "Etc/UTC",
        "tz_label": "UTC",
        "tz_offset": 0,
        "is_admin": False,
        "is_owner": False,
        "is_bot": user.is_bot,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        "is_stranger": user.is_stranger,
        "is_app_user": False,
        "updated": 1700000000,
        "profile": {
            "real_name": user.real_name,
            "display_name": user.name,
            "title": "",
            "real_name_normalized": user.real_name,
            "display_name_normalized": user.name,
            "team": call.slack.workspace.team.id,
        },
    }
    if user.is_bot:
        about["profile"] |= {
            "bot_id": call.slack.installation.bot_id,
            "api_app_id": call.slack.installation.app_id,
        }
    if include_locale:
        about["locale"] = user.locale
    return about


async def info(call: Call) -> Json:
    """users.info"""
    return {"user": as_user(call, call.user(), include_locale=call.flag("include_locale"))}


async def list_all(call: Call) -> Json:
    """users.list"""
    part, metadata = page(call, list(call.slack.workspace.users.values()))
    locale = call.flag("include_locale")
    members = [as_user(call, user, include_locale=locale) for user in part]
    return {"members": members, "cache_ts": 1700000000, "response_metadata": metadata}


METHODS = {
    "users.info": Method(handler=info, scopes=("users:read",)),
    "users.list": Method(handler=list_all, scopes=("users:read",)),
}
