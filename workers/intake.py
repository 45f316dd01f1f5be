"""The intake: makes a task of a claim, whose lease is kept and whose progress is shown from now on.

What there is nothing to do for has its outcome here already: a job that was cancelled or tried too
often, one that nobody here can read or do, and one that only changes an answer which is kept.
"""

from __future__ import annotations

from typing import Any

from core import words
from core.claim import Claim
from core.errors import Cancelled, SetupError, TransientError
from core.ledger import Ledger
from core.reply import Reply
from skills.skill import Skill
from workers.archivist import Archivist
from workers.channel_options import ChannelOptions
from workers.deliver import Deliverer
from workers.heartbeat import Heartbeat
from workers.progress import Presenter, Reporter
from workers.task import Task


class Intake:
    """Begins the tasks of one worker process; the finisher ends them."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        deliverer: Deliverer,
        heartbeat: Heartbeat,
        presenter: Presenter,
        archivist: Archivist,
        channel_options: ChannelOptions,
    ) -> None:
        self._ledger = ledger
        self._deliverer = deliverer
        self._heartbeat = heartbeat
        self._presenter = presenter
        self._archivist = archivist
        self._channel_options = channel_options

    def begin(self, claim: Claim, skill: Skill[Any] | None) -> Task:
        """The task of a claim; without an outcome it is to be worked on."""
        reporter = Reporter(lambda *word: self.show_progress(task, *word))
        task = Task(claim=claim, skill=skill, reporter=reporter)
        self._heartbeat.hold(claim, reporter)
        self._presenter.watch(reporter)
        if claim.cancelled:
            task.outcome = Cancelled(words.CANCELLED)
        elif skill is None:  # a newer bot queued it: trying again would not help
            task.outcome = SetupError("No worker here knows this skill.")
        elif claim.unreadable:
            task.outcome = SetupError("CONTENT_KEY differs between bot and worker.")
        elif claim.exhausted:
            task.outcome = TransientError("Tried too often.")
        elif claim.job.amends:
            self._archivist.amend(task)
        else:
            try:
                task.claim = self._channel_options.fill(claim, skill)
            except TransientError as error:
                task.outcome = error
        return task

    def show_progress(self, task: Task, text: str, preview: Reply | None = None) -> None:
        """Only while the job is ours: another worker may have answered it meanwhile."""
        if self._ledger.renew([task.claim])[task.claim.job.id] == "held":
            self._deliverer.progress(task, text, preview)
