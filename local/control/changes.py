"""The stream of changes, as server-sent events, for the page and for tests that wait."""

import asyncio
import json
from typing import Any

from aiohttp import web

from local.shapes import Json
from local.slack import Slack

_KEEP_ALIVE_SECONDS = 15.0


def stream(slack: Slack) -> Any:
    """GET /local/changes"""

    async def handle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        async with slack.journal.listen() as changes:
            await response.prepare(request)
            # The first line tells the reader that nothing from here on will be missed.
            await response.write(b": listening\n\n")
            try:
                while (line := await _next(changes)) is not None:
                    await response.write(line)
            except ConnectionError:
                pass  # the listener left
        return response

    return handle


async def _next(changes: asyncio.Queue[Json | None]) -> bytes | None:
    try:
        change = await asyncio.wait_for(changes.get(), _KEEP_ALIVE_SECONDS)
    except TimeoutError:
        return b": still here\n\n"
    return None if change is None else f"data: {json.dumps(change)}\n\n".encode()
