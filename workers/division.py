"""`Division`: what one worker process does in divided jobs, its own and those of other workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from core.board import Boards
from core.errors import UserError
from skills.catalog import Catalog
from skills.divisible import Divisible
from workers.foreman import Foreman
from workers.opener import Opener
from workers.pool import ModelPool
from workers.task import Task
from workers.volunteer import Volunteer


class Division:
    """A foreman and a volunteer; who is the one is not the other at the same time."""

    def __init__(
        self,
        *,
        boards: Boards,
        catalog: Catalog,
        pool: ModelPool,
        opener: Opener,
        call: Callable[[str], None],
        stopping: Callable[[], bool],
    ) -> None:
        """`call` wakes another worker of a queue; `stopping`: this one is about to end."""
        self._foreman = Foreman(boards=boards, pool=pool, call=call)
        self._volunteer = Volunteer(
            boards=boards,
            catalog=catalog,
            pool=pool,
            opener=opener,
            call=call,
            occupied=lambda: self._foreman.jobs > 0,
            stopping=stopping,
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
