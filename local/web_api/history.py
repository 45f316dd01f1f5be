"""Reading messages: conversations.history and conversations.replies."""

from copy import deepcopy

from local.files import in_message
from local.refusal import Refusal
from local.shapes import Json
from local.slack import Slack
from local.web_api.call import Call, Method, page

_SCOPES = ("channels:history", "groups:history", "im:history", "mpim:history")


def as_read(slack: Slack, message: Json, *, with_metadata: bool) -> Json:
    """A message as history shows it: files in their present state, metadata only on request."""
    shown = deepcopy(message)
    if not with_metadata:
        shown.pop("metadata", None)
    if "files" in shown:
        stored = [slack.files.find(file["id"]) for file in shown["files"]]
        shown["files"] = [in_message(file) for file in stored if file is not None]
    return shown


def _within(call: Call, messages: list[Json]) -> list[Json]:
    """The messages between oldest and latest; Slack's bounds exclude unless inclusive."""
    oldest, latest = call.text("oldest"), call.text("latest")
    inclusive = call.flag("inclusive")
    try:
        low, high = float(oldest or 0), float(latest or "inf")
    except ValueError:
        raise Refusal("invalid_ts_latest" if latest else "invalid_ts_oldest") from None
    if inclusive:
        return [m for m in messages if low <= float(m["ts"]) <= high]
    return [m for m in messages if low < float(m["ts"]) < high]


async def history(call: Call) -> Json:
    """conversations.history: newest first, without replies."""
    channel = call.joined_channel()
    call.need_scope(channel, "history")
    visible = [m for m in channel.messages if _is_top_level(m)]
    part, metadata = page(call, _within(call, visible)[::-1])
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [as_read(call.slack, m, with_metadata=with_metadata) for m in part],
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": 0,
        "response_metadata": metadata,
    }


def _is_top_level(message: Json) -> bool:
    in_thread = message.get("thread_ts", message["ts"]) != message["ts"]
    return not in_thread or message.get("subtype") == "thread_broadcast"


async def replies(call: Call) -> Json:
    """conversations.replies: the parent first, then its replies, oldest first."""
    channel = call.joined_channel()
    call.need_scope(channel, "history")
    ts = call.required("ts")
    message = channel.find(ts)
    root_ts = str(message.get("thread_ts", ts)) if message else ts
    thread = channel.thread(root_ts)
    if not thread:
        raise Refusal("thread_not_found")
    parent = [m for m in thread if m["ts"] == root_ts]
    rest = _within(call, [m for m in thread if m["ts"] != root_ts])
    part, metadata = page(call, [*parent, *rest], default=1000)
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [as_read(call.slack, m, with_metadata=with_metadata) for m in part],
        "has_more": bool(metadata["next_cursor"]),
        "response_metadata": metadata,
    }


METHODS = {
    "conversations.history": Method(handler=history, scopes=_SCOPES),
    "conversations.replies": Method(handler=replies, scopes=_SCOPES),
}
