"""`Link`: the permalink of a message, as people paste it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINK = re.compile(
    r"<?https?://[\w.:-]+/archives/(?P<channel>[A-Z0-9]+)/p(?P<ts>\d{10})(?P<micro>\d{6})"
    r"(?:\?(?P<query>[^\s>|]*))?(?:\|[^>]*)?>?"
)
_THREAD = re.compile(r"thread_ts=(\d{10}\.\d{6})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """The channel, the message's ts and the ts of the thread it is in."""

    channel: str
    ts: str
    thread: str


def link_in(text: str) -> Link | None:
    """The permalink when the text is one and nothing else."""
    found = _LINK.fullmatch(text.strip())
    if found is None:
        return None
    ts = f"{found['ts']}.{found['micro']}"
    thread = _THREAD.search(found["query"] or "")
    return Link(channel=found["channel"], ts=ts, thread=thread[1] if thread else ts)


def beside_a_link(text: str) -> tuple[str, Link | None]:
    """The words before or behind a link at either end of a text."""
    said = text.split()
    for link, others in ((said[-1:], said[:-1]), (said[:1], said[1:])):
        if link and others and (found := link_in(link[0])):
            return " ".join(others), found
    return text, None
