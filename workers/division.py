"""`Division`: what one worker process does in divided jobs, its own and those of other workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from core.board import Boards
from core.errors import UserError
from skills.divisible import Divisible
from skills.skill import Skill
from workers.fetch import Fetcher
from workers.foreman import Foreman
from workers.pool import ModelPool
from workers.scratch import Scratch
from workers.task import Task
from workers.volunteer import Volunteer


class Division:
    """A foreman and a volunteer; who is the one is not the other at the same time."""

    def __init__(
        self,
        *,
        boards: Boards,
        catalog: Mapping[str, Skill[Any]],
        pool: ModelPool,
        fetcher: Fetcher,
        scratch: Scratch,
        call: Callable[[str], None],
    ) -> None:
        """`call` wakes another worker of a queue."""
        self._foreman = Foreman(boards=boards, pool=pool, call=call)
        self._volunteer = Volunteer(
            boards=boards,
            catalog=catalog,
            pool=pool,
            fetcher=fetcher,
            scratch=scratch,
            call=call,
            occupied=lambda: self._foreman.jobs > 0,
        )

    def run(self, skill: Divisible[Any], tasks: Iterable[Task]) -> list[Any]:
        """One result a task, as `Skill.run`; what others are free to do of it they do."""
        results: list[Any] = []
        for task in tasks:
            assert task.input is not None, "only tasks with an input are run"
            try:
                results.append(self._foreman.run(skill, task.claim, task.input, task.reporter))
            except UserError as error:
                results.append(error)
        return results

    def shift(self, queue: str) -> AbstractContextManager[Callable[[], bool]]:
        """Calling what this gives does a part of a job in the queue; False when there is none."""
        return self._volunteer.shift(queue)
