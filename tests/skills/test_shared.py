"""A model that several skills use is loaded once, and nobody waits for another model."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor

from skills.models.shared import shared


class Model:
    """Counts how often it was loaded."""

    loaded = 0

    def __init__(self, name: str) -> None:
        Model.loaded += 1
        self.name = name


def test_two_who_ask_at_once_get_one_model() -> None:
    before = Model.loaded
    with ThreadPoolExecutor(8) as threads:
        models = list(threads.map(lambda _: shared(Model, "one"), range(64)))

    assert len({id(each) for each in models}) == 1
    assert Model.loaded == before + 1


def test_a_model_that_nobody_has_any_more_is_loaded_again() -> None:
    before = Model.loaded
    shared(Model, "two")
    gc.collect()
    shared(Model, "two")

    assert Model.loaded == before + 2


def test_a_model_is_loaded_while_another_takes_its_time() -> None:
    quick_is_there = threading.Event()

    def slow() -> Model:
        assert quick_is_there.wait(20)
        return Model("slow")

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(shared, slow)
        assert shared(Model, "quick").name == "quick"
        quick_is_there.set()

        assert waiting.result(20).name == "slow"
