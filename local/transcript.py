"""A transcript: messages as plain text, the way a person would read them aloud."""

import re
from typing import Any

from local.shapes import Json


def visible_text(message: Json) -> str:
    """Everything of a message that people can read: its blocks, or its text without them."""
    lines = [_text(block) for block in message.get("blocks", [])]
    if not lines:
        lines = [str(message.get("text") or "")]
    lines += [f"[file: {file.get('name', 'deleted')}]" for file in message.get("files", [])]
    lines += [str(a.get("text") or a.get("fallback") or "") for a in message.get("attachments", [])]
    return "\n".join(line for line in lines if line)


def plain(text: str) -> str:
    """Text of ours as people read it: no signs that disarm formatting, entities decoded."""
    text = text.replace("\u2060", "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def transcript(messages: list[Json], names: dict[str, str] | None = None) -> str:
    """A thread, one indented paragraph a message."""
    told = []
    for message in messages:
        user = str(message.get("user", ""))
        name = message.get("username") or (names or {}).get(user, user)
        body = visible_text(message).replace("\n", "\n    ")
        told.append(f"{name}: {body}")
    return "\n".join(told)


def _text(block: Json) -> str:
    type = block.get("type")
    if type in ("table", "data_table"):
        return "\n".join([str(block.get("caption", "")), *map(_row, block["rows"])]).strip()
    if type == "data_visualization":
        return _chart(block)
    if type == "divider":
        return "---"
    if type == "image":
        return f"[image: {block.get('alt_text', '')}]"
    if type == "actions":
        return " ".join(f"[{_deep(element)}]" for element in block["elements"])
    separator = "" if type == "rich_text" else " · "
    if fields := block.get("fields"):
        told = [_field(str(each.get("text") or "")) for each in fields]
        block = {**block, "fields": [each for each in told if each]}
    return _deep(block, separator)


def _field(text: str) -> str:
    """ "Length: 00:30" of what the page shows as a bold label with its value below."""
    return re.sub(r"^\*([^*\n]+)\*\n", r"\1: ", text)


def _row(row: list[Json]) -> str:
    return " | ".join(str(cell["value"]) if "value" in cell else _deep(cell, "") for cell in row)


def _chart(block: Json) -> str:
    chart = block["chart"]
    points = chart.get("segments") or [
        {"label": f"{series['name']} {point['label']}", "value": point["value"]}
        for series in chart.get("series", [])
        for point in series["data"]
    ]
    told = ", ".join(f"{point['label']} {point['value']}" for point in points)
    return f"[chart: {block['title']}: {told}]"


def _deep(value: Any, separator: str = " · ") -> str:
    """All texts below a value, in order."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return separator.join(filter(None, (_deep(item, separator) for item in value)))
    if not isinstance(value, dict):
        return ""
    own = {"user": "user_id", "emoji": "name", "link": "url", "channel": "channel_id"}
    type = value.get("type")
    if type in own and not value.get("text"):
        return str(value.get(own[type], ""))
    parts = ("text", "fields", "elements", "accessory", "title", "child_blocks", "label")
    told = [_deep(value[part], separator) for part in parts if part in value]
    return separator.join(filter(None, told))
