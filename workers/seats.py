"""`Seats`: how many batches of a queue one process works on at a time, and of what kind."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from skills.skill import Skill

# Enough to overlap fetching, running and posting, and fewer where a skill takes one job at a time,
# so that no idle worker waits behind a claimed job.
MOST, MOST_ONE_BY_ONE = 3, 2


class Seats:
    """The seats of one queue.

    Where texts and files share it, one is kept for texts: a file may take a minute to open.
    """

    def __init__(self, skills: Iterable[Skill[Any]]) -> None:
        skills = list(skills)
        most = MOST if any(skill.batch > 1 for skill in skills) else MOST_ONE_BY_ONE
        kept = int(any(skill.takes_text for skill in skills))
        self._free = threading.Semaphore(most)
        self._free_for_files = threading.Semaphore(most - kept)
        self._counting = threading.Lock()
        self.taken = 0

    @contextmanager
    def take(self) -> Iterator[bool]:
        """A seat, if one is free."""
        if not self._free.acquire(blocking=False):
            yield False
            return
        with self._counting:
            self.taken += 1
        try:
            yield True
        finally:
            with self._counting:
                self.taken -= 1
            self._free.release()

    @contextmanager
    def may_fetch(self) -> Iterator[bool]:
        """Whether a batch whose input must be fetched may sit here."""
        may = self._free_for_files.acquire(blocking=False)
        try:
            yield may
        finally:
            if may:
                self._free_for_files.release()
