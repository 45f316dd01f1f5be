"""The views family: modals and the Home tab."""

from local.limits.views import check_view
from local.shapes import Json
from local.views import shown
from local.web_api.call import Call, Method


async def open_view(call: Call) -> Json:
    """views.open"""
    user_id = call.slack.triggers.use(call.text("trigger_id"))
    view = check_view(call.arguments.get("view"))
    return {"view": shown(call.slack.views.open(user_id, view))}


async def push(call: Call) -> Json:
    """views.push"""
    user_id = call.slack.triggers.use(call.text("trigger_id"))
    view = check_view(call.arguments.get("view"))
    return {"view": shown(call.slack.views.push(user_id, view))}


async def update(call: Call) -> Json:
    """views.update"""
    view = check_view(call.arguments.get("view"))
    updated = call.slack.views.update(
        view,
        view_id=call.text("view_id"),
        external_id=call.text("external_id"),
        hash=call.text("hash"),
    )
    return {"view": shown(updated)}


async def publish(call: Call) -> Json:
    """views.publish"""
    user = call.user("user_id")
    view = check_view(call.arguments.get("view"), type="home")
    return {"view": shown(call.slack.views.publish(user.id, view, hash=call.text("hash")))}


METHODS = {
    "views.open": Method(handler=open_view),
    "views.push": Method(handler=push),
    "views.update": Method(handler=update),
    "views.publish": Method(handler=publish),
}
