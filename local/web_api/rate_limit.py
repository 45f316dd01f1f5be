"""The rate limit: one message a second in a channel, once it is switched on."""

import time

from local.faults import Faults
from local.refusal import Refusal
from local.web_api.call import Call

_SECONDS = 1.0


class RateLimited(Refusal):
    """Answered with HTTP 429 and a Retry-After header."""

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__("ratelimited", retry_after=retry_after)


class RateLimit:
    """Remembers when each channel was last posted to."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._last: dict[str, float] = {}

    def check(self, call: Call) -> None:
        """Refuse a message that comes too soon after the last one."""
        if not self._faults.rate_limit or call.method != "chat.postMessage":
            return
        now = time.monotonic()
        channel = call.text("channel")
        if now - self._last.get(channel, -_SECONDS) < _SECONDS:
            raise RateLimited
        self._last[channel] = now
