"""The reactions family."""

import re

from local.refusal import Refusal
from local.shapes import Json
from local.web_api.call import Call, Method

_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def _name(call: Call) -> str:
    name = call.text("name").strip(":")
    if not name:
        raise Refusal("no_reaction")
    if not _NAME.fullmatch(name):
        raise Refusal("invalid_name")
    return name


async def add(call: Call) -> Json:
    """reactions.add"""
    channel = call.joined_channel()
    message = call.message(channel, "timestamp")
    bot = call.slack.workspace.bot.id
    if not call.slack.conversations.react(channel, message, bot, _name(call)):
        raise Refusal("already_reacted")
    return {}


async def remove(call: Call) -> Json:
    """reactions.remove"""
    channel = call.joined_channel()
    message = call.message(channel, "timestamp")
    bot = call.slack.workspace.bot.id
    if not call.slack.conversations.unreact(channel, message, bot, _name(call)):
        raise Refusal("no_reaction")
    return {}


METHODS = {
    "reactions.add": Method(handler=add, scopes=("reactions:write",)),
    "reactions.remove": Method(handler=remove, scopes=("reactions:write",)),
}
