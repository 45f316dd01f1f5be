"""The deadline of a request: Slack waits three seconds for us, so all our waits get less together.

It begins when a request arrives (`PunctualThreads`), else when Bolt is given it, and belongs to the
thread that serves it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any, TypeVar

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.web import SlackResponse

from core.settings import Settings
from core.slack import Client

SECONDS = 2.4  # the rest is for Redis, and for the way there and back
REQUESTS = 64  # served at once, by threads that do little but wait
Answer = TypeVar("Answer")
_ends: ContextVar[float | None] = ContextVar("ends", default=None)


def left() -> float:
    """Seconds that the request served here may still wait; all of them outside a request."""
    ends = _ends.get()
    return SECONDS if ends is None else ends - time.monotonic()


class PunctualThreads(ThreadPoolExecutor):
    """Threads that serve requests; the time that one waits for a thread counts, too."""

    def submit(self, fn: Callable[..., Answer], /, *args: Any, **kwargs: Any) -> Future[Answer]:
        ends = time.monotonic() + SECONDS

        def serve() -> Answer:
            begun = _ends.set(ends)
            try:
                return fn(*args, **kwargs)
            finally:
                _ends.reset(begun)

        return super().submit(serve)


class PunctualApp(App):
    """A Bolt app whose listeners have a deadline."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        if _ends.get() is not None:
            return super().dispatch(req)
        begun = _ends.set(time.monotonic() + SECONDS)
        try:
            return super().dispatch(req)
        finally:
            _ends.reset(begun)


class PunctualClient(Client):
    """A client whose calls raise TimeoutError at the deadline of the request they are made for.

    A socket's timeout would not do: it begins anew with every byte, and a name may be looked up for
    long before there is a socket. A call that was given up may still be heard by Slack.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            timeout=3,
            retry_handlers=[],
        )
        self._threads = ThreadPoolExecutor(REQUESTS, thread_name_prefix="slack")

    def api_call(self, *args: Any, **kwargs: Any) -> SlackResponse:
        if left() <= 0:
            raise TimeoutError  # not made at all
        call = self._threads.submit(super().api_call, *args, **kwargs)
        try:
            return call.result(timeout=max(0.0, left()))
        except TimeoutError:
            call.cancel()  # while it waits for a thread: it must not be made after all
            raise
