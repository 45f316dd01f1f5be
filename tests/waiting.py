"""Waiting for what must happen soon, where nobody tells when it does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(happened: Callable[[], T], *, seconds: float = 20.0) -> T:
    """Ask until the answer is true; that answer."""
    deadline = time.monotonic() + seconds
    while not (answer := happened()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)
    return answer
