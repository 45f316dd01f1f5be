"""A model whose jobs take minutes leaves the processors to those whose jobs take a moment."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core.reply import Reply
from skills.skill import Skill
from workers.pool import ModelPool


class Threaded(Skill[str]):
    """A skill whose model has a thread of its own, as those of libraries have."""

    name, title, summary, hint, model, queue = "threaded", "T", "How?", "[text]", "none", "text"
    takes_text = 100

    def load(self, device: str) -> Any:
        threads = ThreadPoolExecutor(1)
        threads.submit(int).result()  # started
        return threads

    def run(self, model: Any, batch: Any) -> list[Any]:
        return ["" for _ in batch]

    def render(self, result: str) -> Reply:
        return Reply(text=result)


class Slow(Threaded):
    queue = "speech"


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no priorities")
def test_the_threads_of_a_model_for_recordings_go_last() -> None:
    ours = niceness()
    priorities = []
    for skill in (Threaded(), Slow()):
        with ModelPool(device="cpu", catalog={"threaded": skill}).use("threaded") as model:
            priorities.append(model.submit(niceness).result())

    assert priorities == [ours, 19]
    assert niceness() == ours  # whoever loaded it goes on as before
