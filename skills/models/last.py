"""Models whose work takes minutes: their threads leave the processors to the quick ones."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Model = TypeVar("Model")
LOWEST = 19


def load_last(load: Callable[[], Model]) -> Model:
    """What `load` returns; threads that it starts have the lowest priority.

    On Linux each thread has a priority of its own, and hands it to those that it starts.
    """
    with ThreadPoolExecutor(1, initializer=_go_last) as thread:
        return thread.submit(load).result()


def _go_last() -> None:
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWEST)
