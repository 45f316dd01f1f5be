"""`Scripts`: our Lua scripts in Redis, and every error of Redis as one of ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from redis import Redis
from redis.exceptions import RedisError

from core.errors import TransientError

PREFIX = "readymade:"  # of every name of ours in Redis
FOLDER = Path(__file__).with_name("lua")
Answer = TypeVar("Answer")


class Scripts:
    """A connection with the scripts of core/lua, each of which is one step that cannot be halved.

    Every method raises TransientError when Redis does not answer in time, or is full.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._known = {
            path.stem: redis.register_script(path.read_text()) for path in FOLDER.glob("*.lua")
        }

    def call(self, name: str, keys: list[str], *arguments: Any) -> Any:
        """What a script returns."""
        return self.ask(lambda redis: self._known[name](keys=keys, args=arguments))

    def ask(self, question: Callable[[Redis], Answer]) -> Answer:
        """What a plain command returns."""
        try:
            return question(self._redis)
        except RedisError as error:
            raise TransientError(f"Redis did not answer ({type(error).__name__}).") from error


def text(value: Any) -> str:
    """A string of Redis, which answers in bytes."""
    return value.decode() if isinstance(value, bytes) else str(value)
