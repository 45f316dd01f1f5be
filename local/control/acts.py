"""What a person does to the app: commands, buttons, shortcuts, modals, its Home tab."""

from typing import Any

from local.control.request import ControlRequest
from local.refusal import Refusal
from local.shapes import Json
from local.views import shown


async def slash(request: ControlRequest) -> Any:
    """POST /local/commands: waits for the acknowledgement."""
    command, text = request.text("command"), request.text("text")
    if " " in command.strip() and not text:
        command, _, text = command.strip().partition(" ")
    command = command if command.startswith("/") else f"/{command}"
    return await request.slack.interactivity.slash(
        request.user(), request.channel(), command, text, thread_ts=request.text("thread_ts")
    )


async def click(request: ControlRequest) -> Any:
    """POST /local/actions: on a message by channel and ts, or in a view by view_id."""
    action_id, block_id = request.text("action_id"), request.text("block_id")
    value = request.fields.get("value")
    if request.text("view_id"):
        view = request.slack.views.get(request.text("view_id"))
        action = _action(view["blocks"], action_id, value, block_id)
        return await request.slack.modals.click(request.user(), view["id"], action)
    channel = request.channel()
    message = request.message(channel)
    action = _action(message.get("blocks", []), action_id, value, block_id)
    return await request.slack.interactivity.click(request.user(), channel, message, action)


def _action(blocks: list[Json], action_id: str, value: Any, block_id: str) -> Json:
    for block, element in _elements(blocks):
        if element.get("action_id") != action_id:
            continue
        if block_id and block_id != block.get("block_id"):
            continue
        action = {"action_id": action_id, "block_id": block.get("block_id", "")}
        return action | _clicked(element, value)
    raise Refusal("action_not_found", action_id=action_id)


def _elements(blocks: list[Json]) -> list[tuple[Json, Json]]:
    found = []
    for block in blocks:
        found += [(block, element) for element in block.get("elements", [])]
        for name in ("accessory", "element"):
            if isinstance(block.get(name), dict):
                found.append((block, block[name]))
        found += _elements(block.get("child_blocks", []))
    return [(block, element) for block, element in found if isinstance(element, dict)]


def _clicked(element: Json, value: Any) -> Json:
    """The action that Slack reports for this element in this state."""
    type = element["type"]
    if type == "feedback_buttons":
        name = "negative_button" if value in ("negative", False) else "positive_button"
        return {"type": type, **{key: element[name][key] for key in ("text", "value")}}
    if "options" in element and type in ("checkboxes", "multi_static_select"):
        chosen = [option for option in element["options"] if option["value"] in (value or [])]
        return {"type": type, "selected_options": chosen}
    if "options" in element:
        chosen = [option for option in element["options"] if option["value"] == value]
        if not chosen:
            raise Refusal("option_not_found", value=value)
        return {"type": type, "selected_option": chosen[0]}
    fields = {"users_select": "selected_user", "datepicker": "selected_date"}
    if type in fields:
        return {"type": type, fields[type]: value}
    kept: Json = {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    return {"type": type, **kept}


async def shortcut(request: ControlRequest) -> Any:
    """POST /local/shortcuts: on a message with channel and ts, global without."""
    callback_id = request.text("callback_id")
    if not request.text("ts"):
        return await request.slack.interactivity.global_shortcut(request.user(), callback_id)
    channel = request.channel()
    message = request.message(channel)
    return await request.slack.interactivity.message_shortcut(
        request.user(), channel, message, callback_id
    )


async def submit(request: ControlRequest) -> Any:
    """POST /local/views/submit: values by block_id or action_id."""
    values = request.fields.get("values") or {}
    return await request.slack.modals.submit(request.user(), request.text("view_id"), values)


async def close(request: ControlRequest) -> Any:
    """POST /local/views/close"""
    return await request.slack.modals.close(request.user(), request.text("view_id"))


async def open_home(request: ControlRequest) -> Any:
    """POST /local/home: a person opens the app's Home or Messages tab."""
    user = request.user()
    bot = request.slack.workspace.bot.id
    channel = request.slack.workspace.direct_message([user.id, bot])
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel.id,
        "tab": request.text("tab", "home"),
        "event_ts": request.slack.ids.timestamp(),
    }
    home = request.slack.views.home(user.id)
    if home is not None and event["tab"] == "home":
        event["view"] = shown(home)
    request.slack.events.simple(event, channel)
    return {"ok": True}
