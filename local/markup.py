"""Slack text: mentions found, what a person types turned into markup, markup into words."""

import html
import re

from local.shapes import Json
from local.workspace import Workspace

_TOKEN = re.compile(
    r"(?P<ready><(?:[@#!][A-Za-z0-9^|_.\- ]+|https?://[^>\s|]+(?:\|[^>]+)?)>)"
    r"|(?P<link>https?://[^\s<>]+)"
    r"|(?P<person>@[a-z0-9][a-z0-9._-]*)"
    r"|(?P<channel>#[a-z0-9][a-z0-9_-]*)"
    r"|:(?P<emoji>[a-z0-9_+-]+):",
    re.IGNORECASE,
)
_BROADCASTS = ("here", "channel", "everyone")


def from_typed(text: str, workspace: Workspace) -> tuple[str, list[Json]]:
    """The message text and blocks for a line as a person types it."""
    elements: list[Json] = []
    written: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        element, markup = _read(match, workspace)
        if element is None:
            continue
        _add_text(elements, written, text[end : match.start()])
        elements.append(element)
        written.append(markup)
        end = match.end()
    _add_text(elements, written, text[end:])
    section: Json = {"type": "rich_text_section", "elements": elements}
    block: Json = {
        "type": "rich_text",
        "block_id": workspace.ids.secret(5),
        "elements": [section],
    }
    return "".join(written), [block] if elements else []


def _add_text(elements: list[Json], written: list[str], text: str) -> None:
    if text:
        elements.append({"type": "text", "text": text})
        written.append(escape(text))


def escape(text: str) -> str:
    """Slack escapes exactly these three characters."""
    return html.escape(text, quote=False)


def _read(match: re.Match[str], workspace: Workspace) -> tuple[Json | None, str]:
    whole = match.group(0)
    if match["ready"]:
        return _read_ready(whole), whole
    if match["link"]:
        return {"type": "link", "url": whole}, f"<{whole}>"
    if match["emoji"]:
        return {"type": "emoji", "name": match["emoji"]}, whole
    if match["channel"]:
        channel = workspace.channel(whole)
        if channel is None:
            return None, ""
        return {"type": "channel", "channel_id": channel.id}, f"<#{channel.id}|{channel.name}>"
    return _read_person(whole[1:], workspace)


def _read_person(name: str, workspace: Workspace) -> tuple[Json | None, str]:
    if name.lower() in _BROADCASTS:
        return {"type": "broadcast", "range": name.lower()}, f"<!{name.lower()}>"
    user = workspace.user(name.lower())
    if user is None:
        return None, ""
    return {"type": "user", "user_id": user.id}, f"<@{user.id}>"


def _read_ready(whole: str) -> Json:
    inner = whole[1:-1]
    target = inner.split("|")[0]
    if inner.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if inner.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if inner.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    label = inner.partition("|")[2]
    return {"type": "link", "url": target} | ({"text": label} if label else {})


def mentioned(text: str) -> set[str]:
    """The ids of the users whom a message text mentions."""
    return set(re.findall(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>", text))
