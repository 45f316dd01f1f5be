"""The stream of changes, as server-sent events, for the page and for tests that wait."""

import asyncio
import json
from typing import Any

from aiohttp import web

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
                while True:
                    await response.write(await _next(changes))
            except ConnectionError:
                return response

    return handle


async def _next(changes: asyncio.Queue[Any]) -> bytes:
    try:
        change = await asyncio.wait_for(changes.get(), _KEEP_ALIVE_SECONDS)
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(change)}\n\n".encode()
