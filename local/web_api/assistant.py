"""The assistant family: the status line that an app shows while it works."""

import time

from local.limits.messages import as_json
from local.refusal import Refusal
from local.shapes import Json
from local.web_api.call import Call, Method

STATUS_SECONDS = 120.0
MAX_LOADING_MESSAGES = 10


async def set_status(call: Call) -> Json:
    """assistant.threads.setStatus: gone after two minutes or with the next message."""
    channel = call.joined_channel("channel_id")
    thread_ts = call.required("thread_ts")
    loading = as_json(call.arguments.get("loading_messages"), "invalid_arguments") or []
    if not isinstance(loading, list) or len(loading) > MAX_LOADING_MESSAGES:
        raise Refusal("invalid_arguments", messages=["no more than 10 loading_messages"])
    status = call.text("status")
    key = (channel.id, thread_ts)
    call.slack.statuses.pop(key, None)
    if status:
        call.slack.statuses[key] = {
            "status": status,
            "loading_messages": loading,
            "until": time.time() + STATUS_SECONDS,
        }
    call.slack.journal.changed("status", channel=channel.id, ts=thread_ts)
    return {}


async def accept(call: Call) -> Json:
    """setTitle and setSuggestedPrompts: taken, shown nowhere."""
    call.channel("channel_id")
    return {}


_SCOPES = ("assistant:write", "chat:write")
METHODS = {
    "assistant.threads.setStatus": Method(handler=set_status, scopes=_SCOPES),
    "assistant.threads.setTitle": Method(handler=accept, scopes=("assistant:write",)),
    "assistant.threads.setSuggestedPrompts": Method(handler=accept, scopes=("assistant:write",)),
}
