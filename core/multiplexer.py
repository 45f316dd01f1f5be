"""The multiplexer: what several threads ask Redis at once goes there in one round trip.

Whoever asks while nobody's question is under way goes at once, with his own alone. Who asks
meanwhile waits for that answer; then one of those goes for all of them. So a quiet process loses
nothing, and the threads of a busy one do not stand in line for a connection and the interpreter.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from redis import Redis
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import RedisError

Answer = Any | RedisError
INTERRUPTED = Unreachable("The round trip was interrupted.")


def _taken() -> threading.Lock:
    """A lock that keeps whoever wants it waiting; a semaphore costs ten times as much."""
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(eq=False, slots=True)
class _Question:
    """A command of one thread, which waits for its `turn`: it is answered, or goes for all."""

    command: tuple[Any, ...]
    answer: Answer = INTERRUPTED
    answered: bool = False
    goes: bool = False
    turn: threading.Lock = field(default_factory=_taken)


class Multiplexer:
    """Asks Redis on behalf of many threads, each of which waits for its own answer."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._encode = redis.get_encoder().encode
        self._lock = threading.Lock()
        self._waiting: list[_Question] = []
        self._under_way = False

    def ask(self, *command: Any) -> Answer:
        """The answer to a command, or the error that it or its round trip ended with.

        An error is returned, not raised, because others may have been given the same one. What
        cannot be written down is raised here: on the way it would be the fault of whoever goes.
        """
        mine = _Question((command[0], *map(self._encode, command[1:])))
        try:
            with self._lock:
                self._waiting.append(mine)
                mine.goes, self._under_way = not self._under_way, True
            if not mine.goes:
                mine.turn.acquire()
            if not mine.answered:
                self._go()
        except BaseException:  # a signal: the others must not wait for somebody who has left
            self._leave(mine)
            raise
        return mine.answer

    def _go(self) -> None:
        """One round trip for everybody who waits; then it is another's turn."""
        with self._lock:
            asked, self._waiting = self._waiting, []
        lost = True
        try:
            answers, lost = self._send([question.command for question in asked])
            for question, answer in zip(asked, answers, strict=True):
                question.answer = answer
        finally:
            self._hand_on(asked, lost=lost)

    def _send(self, commands: Sequence[tuple[Any, ...]]) -> tuple[list[Answer], bool]:
        """An answer a command, and whether the round trip as a whole was lost."""
        pipeline: Any = self._redis.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)
        try:
            return pipeline.execute(raise_on_error=False), False
        except RedisError as error:
            return [error] * len(commands), True

    def _hand_on(self, asked: list[_Question], *, lost: bool) -> None:
        """Wake who is answered, and one who goes next.

        After a lost round trip those who waited for it are told so, too: each would wait in vain as
        long again, and a person waits for some of them.
        """
        with self._lock:
            if lost:
                for question in self._waiting:
                    question.answer = asked[0].answer
                asked, self._waiting = asked + self._waiting, []
            following = self._waiting[0] if self._waiting else None
            self._under_way = following is not None
            if following:
                following.goes = True
        for question in asked:
            question.answered = True
            question.turn.release()
        if following:
            following.turn.release()

    def _leave(self, mine: _Question) -> None:
        with self._lock:
            waited = mine in self._waiting
            if waited:
                self._waiting.remove(mine)
        if waited and mine.goes:
            self._hand_on([], lost=False)
