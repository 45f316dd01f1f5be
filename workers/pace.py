"""`Pace`: which channels Slack has asked us to leave alone, and for how long."""

from __future__ import annotations

import threading
import time


class Pace:
    """Shared by all that one worker writes; other channels do not wait for a limited one."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def hold(self, channel: str, seconds: float) -> None:
        """Slack said Retry-After."""
        with self._lock:
            self._until[channel] = max(self._until.get(channel, 0), time.monotonic() + seconds)

    def left(self, channel: str) -> float:
        """The seconds until the channel may be written to again; 0 for now."""
        with self._lock:
            left = self._until.get(channel, 0.0) - time.monotonic()
            if left <= 0:
                self._until.pop(channel, None)
        return max(0.0, left)
