"""The journal: what the app called, what was delivered to it, and a live stream of changes.

It holds methods, error codes, ids and times; never a token or a text.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from local.shapes import Json


@dataclass(kw_only=True)
class DeliveryRecord:
    """One event, command or interaction on its way to the app."""

    id: str
    kind: str
    type: str
    transport: str
    at: float = field(default_factory=time.time)
    attempts: list[Json] = field(default_factory=list)
    acked: bool = False
    duplicates: int = 0
    finished: bool = False


class Journal:
    """The last calls and deliveries, bounded so that a day of use does not fill the memory."""

    def __init__(self, *, keep: int = 5000) -> None:
        self.calls: deque[Json] = deque(maxlen=keep)
        self.deliveries: deque[DeliveryRecord] = deque(maxlen=keep)
        self._listeners: set[asyncio.Queue[Json | None]] = set()
        self._sequence = 0

    def called(self, method: str, *, ok: bool, error: str, seconds: float, **more: Any) -> None:
        """Note a Web API call by the app."""
        entry = {"method": method, "ok": ok, "error": error, "at": time.time()}
        self.calls.append({**entry, "ms": round(seconds * 1000, 2), **more})

    def changed(self, kind: str, **ids: Any) -> None:
        """Tell everyone who waits that something visible changed."""
        self._sequence += 1
        change = {"sequence": self._sequence, "kind": kind, "at": time.time(), **ids}
        for queue in self._listeners:
            if queue.qsize() < 1000:  # a listener that stopped reading must not eat the memory
                queue.put_nowait(change)

    @asynccontextmanager
    async def listen(self) -> AsyncIterator[asyncio.Queue[Json | None]]:
        """A queue of all changes from now on; None ends it."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """End every stream of changes."""
        for queue in self._listeners:
            queue.put_nowait(None)

    def as_json(self) -> Json:
        """The log as `/local/log` shows it."""
        calls = list(self.calls)
        return {
            "calls": calls,
            "counts": dict(Counter(call["method"] for call in calls)),
            "deliveries": [asdict(record) for record in self.deliveries],
        }

    def clear(self) -> None:
        """Forget everything, so that a test sees only its own traffic."""
        self.calls.clear()
        self.deliveries.clear()
