"""`Scripts`: our Lua scripts in Redis, and every error of Redis as one of ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from redis import Redis
from redis.exceptions import NoScriptError, RedisError

from core.errors import TransientError
from core.multiplexer import Multiplexer

PREFIX = "readymade:"  # of every name of ours in Redis
FOLDER = Path(__file__).with_name("lua")
Answer = TypeVar("Answer")


class Scripts:
    """A connection with the scripts of core/lua, each of which is one step that cannot be halved.

    Every method raises TransientError when Redis does not answer in time, or is full.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._multiplexer = Multiplexer(redis)
        self._known = {
            path.stem: redis.register_script(path.read_text()) for path in FOLDER.glob("*.lua")
        }

    def call(self, name: str, keys: list[str], *arguments: Any) -> Any:
        """What a script returns."""
        script = self._known[name]
        command = ("EVALSHA", script.sha, len(keys), *keys, *arguments)
        answer = self._multiplexer.ask(*command)
        if isinstance(answer, NoScriptError):  # Redis began anew, or is another one now
            self.ask(lambda redis: redis.script_load(script.script))
            answer = self._multiplexer.ask(*command)
        return _checked(answer)

    def command(self, *words: Any) -> Any:
        """What a plain command returns that many threads give at once."""
        return _checked(self._multiplexer.ask(*words))

    def ask(self, question: Callable[[Redis], Answer]) -> Answer:
        """What plain commands return."""
        try:
            return question(self._redis)
        except RedisError as error:
            raise _passing(error) from error


def _checked(answer: Any) -> Any:
    """The answer; raised when it is an error."""
    if isinstance(answer, RedisError):
        raise _passing(answer) from answer
    return answer


def _passing(error: RedisError) -> TransientError:
    return TransientError(f"Redis did not answer ({type(error).__name__}).")


def text(value: Any) -> str:
    """A string of Redis, which answers in bytes."""
    return value.decode() if isinstance(value, bytes) else str(value)
