"""`Turns`: a lock whose callers are served in the order they came, and can let others go first."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

LOOK_SECONDS = 0.5


class Turns:
    """One caller at a time. Python's own lock serves whoever is quickest, again and again."""

    def __init__(self) -> None:
        self._line: deque[object] = deque()
        self._changed = threading.Condition()

    def take(self, *, given_up: Callable[[], bool] = lambda: False) -> bool:
        """Wait for one's turn; False when `given_up` turned true meanwhile."""
        me = object()
        with self._changed:
            self._line.append(me)
            while self._line[0] is not me:
                self._changed.wait(LOOK_SECONDS)
                if self._line[0] is not me and given_up():
                    self._line.remove(me)
                    self._changed.notify_all()
                    return False
        return True

    def take_if_free(self) -> bool:
        """Take the turn when nobody has it; never waits."""
        with self._changed:
            if self._line:
                return False
            self._line.append(object())
            return True

    def leave(self) -> None:
        """The end of one's turn."""
        with self._changed:
            self._line.popleft()
            self._changed.notify_all()

    def pass_on(self) -> None:
        """Let everyone who waits go first; at once back when nobody does."""
        with self._changed:
            me = self._line[0]
            self._line.rotate(-1)
            self._changed.notify_all()
            while self._line[0] is not me:
                self._changed.wait()
