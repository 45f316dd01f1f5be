"""Cursor: the pages of what Slack does not tell at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def pages(call: Callable[..., Any], **arguments: Any) -> Iterator[Any]:
    """Each page of what a method answers, asked for when it is wanted; raises as `call` does."""
    cursor = ""
    while True:
        page = call(cursor=cursor or None, **arguments)
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
