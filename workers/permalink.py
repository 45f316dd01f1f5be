"""The permalink of a message, made without asking Slack for each one."""

from __future__ import annotations


def permalink(url: str, channel: str, ts: str, thread: str) -> str:
    """`url` is the workspace's, `thread` the ts of the thread, the message's own for its first."""
    link = f"{url}archives/{channel}/p{ts.replace('.', '')}"
    return link if ts == thread else f"{link}?thread_ts={thread}&cid={channel}"
