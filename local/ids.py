"""Ids and timestamps in Slack's shapes; timestamps strictly increase, as Slack's do."""

import random
import time

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Ids:
    """Random ids by default; `fixed` ones depend only on a name, so links stay valid."""

    def __init__(self) -> None:
        self._random = random.SystemRandom()
        self._last_microsecond = 0

    def new(self, prefix: str) -> str:
        """A fresh id; never repeated between runs, because apps remember event and file ids."""
        return f"{prefix}0" + "".join(self._random.choices(_ALPHABET, k=9))

    @staticmethod
    def fixed(prefix: str, name: str) -> str:
        """The id of a default user or channel: the same in every run."""
        return f"{prefix}0" + "".join(random.Random(f"{prefix}/{name}").choices(_ALPHABET, k=9))

    def secret(self, length: int = 24) -> str:
        """An unguessable path or token part."""
        letters = _ALPHABET + _ALPHABET.lower()
        return "".join(self._random.choices(letters, k=length))

    def timestamp(self) -> str:
        """The next message timestamp."""
        microsecond = max(int(time.time() * 1_000_000), self._last_microsecond + 1)
        self._last_microsecond = microsecond
        return f"{microsecond // 1_000_000}.{microsecond % 1_000_000:06d}"
