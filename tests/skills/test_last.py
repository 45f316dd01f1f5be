"""A model whose jobs take minutes leaves the processors to those whose jobs take a moment."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from skills.models.last import LOWEST, load_last


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def load() -> ThreadPoolExecutor:
    """A model with a thread of its own, as those of libraries have."""
    threads = ThreadPoolExecutor(1)
    threads.submit(int).result()  # started
    return threads


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priorities")
def test_the_threads_of_a_model_loaded_last_go_last() -> None:
    ours = niceness()
    with load() as model, load_last(load) as last:
        priorities = [each.submit(niceness).result() for each in (model, last)]

    assert priorities == [ours, LOWEST]
    assert niceness() == ours  # whoever loaded it goes on as before
