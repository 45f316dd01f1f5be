"""The multiplexer: what several threads ask Redis at once goes there in one round trip.

Whoever asks while nobody's question is under way goes at once, with his own alone. Who asks
meanwhile waits for that answer; then one of those goes for all of them. So a quiet process loses
nothing, and the threads of a busy one do not stand in line for a connection and the interpreter.
A round trip that takes long, to a Redis far away, is not waited for: others go beside it.
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
LONG = 0.02  # seconds; of a Redis that is near, a round trip takes 1 to 5 ms


def _taken() -> threading.Lock:
    """A lock that keeps whoever wants it waiting; a semaphore costs ten times as much."""
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass(eq=False, slots=True)
class _Question:
    """A command of one thread, which waits for its `turn`: it is answered, or `goes` for all."""

    command: tuple[Any, ...]
    answer: Answer = INTERRUPTED
    goes: bool = False
    turn: threading.Lock = field(default_factory=_taken)


class Multiplexer:
    """Asks Redis on behalf of many threads, each of which waits for its own answer."""

    def __init__(self, redis: Redis, *, long: float = LONG) -> None:
        """A round trip that takes more than `long` seconds is not waited for."""
        self._redis = redis
        self._long = long
        self._encode = redis.get_encoder().encode
        self._lock = threading.Lock()
        self._waiting: list[_Question] = []  # nobody took them along yet
        self._under_way = 0  # round trips, and who was told to begin one

    def ask(self, *command: Any) -> Answer:
        """The answer to a command, or the error that it or its round trip ended with.

        An error is returned, not raised, because others may have been given the same one. What
        cannot be written down is raised here: on the way it would be the fault of whoever goes.
        """
        mine = _Question((command[0], *map(self._encode, command[1:])))
        try:
            if self._goes(mine) or self._waits_long(mine):
                self._go(mine)
        except BaseException:  # a signal: the others must not wait for somebody who has left
            self._leave(mine)
            raise
        return mine.answer

    def _goes(self, mine: _Question) -> bool:
        """Whether nothing is under way; else it waits."""
        with self._lock:
            if self._under_way:
                self._waiting.append(mine)
                return False
            self._under_way, mine.goes = 1, True
            return True

    def _waits_long(self, mine: _Question) -> bool:
        """Whether it must go after all: it was told to, or it waited too long."""
        if mine.turn.acquire(timeout=self._long):
            return mine.goes
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
                self._under_way, mine.goes = self._under_way + 1, True
            if mine.goes:
                return True
        mine.turn.acquire()  # somebody took it along, and is still under way
        return False

    def _go(self, mine: _Question) -> None:
        """One round trip for everybody who waits; then it is another's turn."""
        others: list[_Question] = []
        lost = True
        try:
            with self._lock:
                others, self._waiting = self._waiting, []
            asked = [mine, *others]
            answers, lost = self._send([question.command for question in asked])
            for question, answer in zip(asked, answers, strict=True):
                question.answer = answer
        finally:
            mine.goes = False
            self._hand_on(others, error=mine.answer if lost else None)

    def _send(self, commands: Sequence[tuple[Any, ...]]) -> tuple[list[Answer], bool]:
        """An answer a command, and whether the round trip as a whole was lost."""
        pipeline: Any = self._redis.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)
        try:
            return pipeline.execute(raise_on_error=False), False
        except RedisError as error:
            return [error] * len(commands), True

    def _hand_on(self, answered: list[_Question], *, error: Answer = None) -> None:
        """Wake who is answered, and one who goes next.

        With the `error` of a lost round trip those who waited for it are told so, too: each would
        wait in vain as long again, and a person waits for some of them.
        """
        with self._lock:
            if error is not None:
                for question in self._waiting:
                    question.answer = error
                answered, self._waiting = answered + self._waiting, []
            self._under_way -= 1
            following = self._waiting.pop(0) if self._waiting else None
            if following:
                self._under_way, following.goes = self._under_way + 1, True
        for question in answered:
            question.turn.release()
        if following:
            following.turn.release()

    def _leave(self, mine: _Question) -> None:
        with self._lock:
            waited = mine in self._waiting
            if waited:
                self._waiting.remove(mine)
        if mine.goes:
            self._hand_on([])
