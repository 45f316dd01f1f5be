"""`Recall`: tasks whose answer is known already need no model."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Sequence
from pathlib import Path

from core.answers import Answers
from core.job import FETCHED
from core.reply import Reply
from skills.catalog import FOLDER, Catalog
from skills.keeping import Keeping
from skills.models.lock import LOCK
from workers.task import Task


class Recall:
    """Answers from memory what a team asked in the same channel within the hour."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def answer(self, tasks: Sequence[Task]) -> None:
        """Give the tasks their outcome whose answer is known."""
        names = [(name, task) for task in tasks if (name := self._name(task))]
        found = self._answers.find([name for name, _ in names])
        for (name, task), reply in zip(names, found, strict=True):
            task.outcome = reply
            task.unanswered = "" if reply else name

    def keep(self, task: Task) -> None:
        """Remember what this one was answered, once it was said."""
        if isinstance(task.outcome, Reply) and task.unanswered:
            self._answers.keep(task.unanswered, task.outcome)

    def _name(self, task: Task) -> str:
        """The key of what a task asks; "" for a thread, which may go on, and a message."""
        job = task.claim.job
        if job.lane.endswith(FETCHED) and not task.sha256:
            return ""
        if isinstance(task.skill, Keeping):
            return ""  # each answer is kept on its own, to be changed
        name = task.input.name if task.input else ""  # of a file: it is in the answer
        return self._answers.name(job, task.claim.content, sha256=task.sha256, file=name)


def edition_of(catalog: Catalog, *, models: str) -> str:
    """A name for the code and the models that answers are made by."""
    sources = {Path(inspect.getfile(type(skill))) for skill in catalog.values()}
    sources |= {LOCK, *FOLDER.rglob("*.py")}
    edition = hashlib.sha256(models.encode())
    for source in sorted(sources):
        edition.update(source.read_bytes())
    return edition.hexdigest()
