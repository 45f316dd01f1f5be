"""`Planner`: finds the parts of an input in a thread, beside the work on those found already."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import Empty, SimpleQueue

from skills.divisible import Part


class Planner:
    """The parts of one input in order; `whole` once the last one was handed out."""

    def __init__(self, parts: Iterator[Part]) -> None:
        self.whole = False
        self._found: SimpleQueue[Part | Exception | None] = SimpleQueue()
        threading.Thread(target=self._run, args=(parts,), name="planner", daemon=True).start()

    def next(self, *, seconds: float) -> Part | None:
        """The next part, waited for so long; None when there is none (yet: see `whole`).

        Raises what kept the parts from being found, the refusal of the input first of all.
        """
        if self.whole:
            return None
        try:
            found = self._found.get(timeout=seconds) if seconds else self._found.get_nowait()
        except Empty:
            return None
        if isinstance(found, Exception):
            raise found
        self.whole = found is None
        return found

    def _run(self, parts: Iterator[Part]) -> None:
        try:
            for part in parts:
                self._found.put(part)
            self._found.put(None)
        except Exception as error:  # raised where the parts are wanted
            self._found.put(error)
