"""The opener: gets what a job is about and opens it, all that needs no model.

A text lies in the ledger; a file is fetched into a private folder and decoded. Both are closed, and
the folder removed, with the ExitStack that they are opened in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.job import FETCHED, Content, Job
from skills.models.lock import digest
from skills.skill import Input, Progress, Skill
from workers.fetch import Fetcher
from workers.scratch import Scratch
from workers.task import Task

THREADS = 16


class Opener:
    """Opens jobs; any thread may ask."""

    def __init__(self, *, fetcher: Fetcher, scratch: Scratch, queues: Collection[str]) -> None:
        self._fetcher = fetcher
        self._scratch = scratch
        # One a queue: pictures that are slow to arrive must not stand before a text.
        self._threads = {
            queue: ThreadPoolExecutor(THREADS, thread_name_prefix=f"open-{queue}")
            for queue in queues
        }

    def fetch(
        self, job: Job, content: Content, skill: Skill[Any], progress: Progress, opened: ExitStack
    ) -> Input:
        """The input of a job, not yet opened; raises as `Fetcher.input` does."""

        def folder() -> Path:
            return opened.enter_context(self._scratch.folder())

        return self._fetcher.input(job, content, skill, folder, progress)

    def open(self, tasks: Sequence[Task], opened: ExitStack) -> None:
        """Give the tasks of one lane their input, or the error that it ended with.

        Texts are there; what must be fetched is fetched for all at a time.
        """
        job = tasks[0].claim.job
        every = self._threads[job.queue].map if job.lane.endswith(FETCHED) else map
        for _ in every(lambda task: self._open(task, opened), tasks):
            pass

    def _open(self, task: Task, opened: ExitStack) -> None:
        if task.outcome is not None or task.skill is None:
            return
        try:
            claim = task.claim
            given = self.fetch(claim.job, claim.content, task.skill, task.reporter, opened)
            if given.path:
                task.sha256 = digest(given.path)
            task.input = task.skill.prepare(replace(given, preview=task.reporter.preview))
            if close := getattr(task.input.opened, "close", None):
                opened.callback(close)
        except Exception as error:  # whatever it is, it belongs to this job alone
            task.outcome = error
