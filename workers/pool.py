"""The model pool: every model loaded once, one caller at a time, and unloaded when idle."""

from __future__ import annotations

import ctypes
import gc
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from core.errors import Cancelled
from core.log import logger
from core.words import CANCELLED
from skills.catalog import Catalog
from workers.turns import Turns

IDLE_SECONDS = 30 * 60

log = logger("worker")


@dataclass(slots=True)
class Slot:
    """One skill's place in the pool; who has the turn may run its model."""

    turns: Turns = field(default_factory=Turns)
    model: Any = None
    used: float = 0.0


class ModelPool:
    """Models of one device; the process that has this pool owns the device."""

    def __init__(self, *, device: str, catalog: Catalog) -> None:
        self.device = device
        self._catalog = catalog
        self._slots = {name: Slot() for name in catalog}

    @contextmanager
    def use(self, name: str, *, given_up: Callable[[], bool] = lambda: False) -> Iterator[Any]:
        """The model of a skill, for this caller alone; loaded when it is not.

        Raises SetupError when it cannot be loaded, Cancelled when `given_up` turns true while
        another caller has it.
        """
        slot = self._slots[name]
        if not slot.turns.take(given_up=given_up):
            raise Cancelled(CANCELLED)
        try:
            if slot.model is None:
                started = time.monotonic()
                slot.model = self._catalog[name].load(self.device)
                give_back_memory()  # loading needs the weights twice
                seconds = round(time.monotonic() - started, 2)
                log.info("model loaded", skill=name, device=self.device, seconds=seconds)
            slot.used = time.monotonic()
            try:
                yield slot.model
            finally:
                slot.used = time.monotonic()
        finally:
            slot.turns.leave()

    def pass_on(self, name: str) -> None:
        """In the midst of `use`: let those go first who wait for the same model."""
        self._slots[name].turns.pass_on()

    def warm(self, queues: Collection[str]) -> None:
        """Load the models of these queues now, the quick ones first: nobody waits for it later."""
        names = [name for name, skill in self._catalog.items() if skill.queue in queues]
        for name in sorted(names, key=lambda each: self._catalog[each].queue != "text"):
            with self.use(name):
                pass

    def loaded(self) -> list[str]:
        """The skills whose models are in memory."""
        return [name for name, slot in self._slots.items() if slot.model is not None]

    def evict_idle(self, *, seconds: float = IDLE_SECONDS) -> None:
        """Unload models that nobody used for `seconds`; one in use stays."""
        for name, slot in self._slots.items():
            if slot.model is None or time.monotonic() - slot.used < seconds:
                continue
            if slot.turns.take_if_free():
                try:
                    slot.model = None
                finally:
                    slot.turns.leave()
                gc.collect()
                give_back_memory()
                log.info("model unloaded", skill=name)


def give_back_memory() -> None:
    """Return to the system what nobody uses: Linux's C library keeps most of it until it is asked.

    Of the 390 MB that four models held, it would keep 160.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's alone
        if trim is not None:
            trim(0)
