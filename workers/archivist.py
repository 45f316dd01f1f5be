"""The archivist: keeps answers once they were said, and changes kept ones for `Job.amends`.

An answer is kept before its job is closed: a worker that dies in between says and keeps it again.
Who shows an answer looks afterwards whether it was changed meanwhile, so that what stands in Slack
in the end is what is kept.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace

from core import words
from core.archive import Answered, Archive
from core.errors import TransientError, UserError
from core.job import Surface
from core.log import logger, place_only
from core.place import Place
from core.reply import Reply
from skills.keeping import Keeping
from workers.task import Task

PRUNE_SECONDS = 3600.0

log = logger("worker")


class Archivist:
    """Knows what is to be kept of a task, and nothing of what it is about."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._pruned = float("-inf")

    def pack(self, task: Task, result: object) -> None:
        """Have an answer to a whole channel ready to be kept; what goes wrong costs only that."""
        skill, job = task.skill, task.claim.job
        if (
            not isinstance(skill, Keeping)
            or not isinstance(task.outcome, Reply)
            or job.surface is not Surface.THREAD
            or not self._archive.keeps
        ):
            return
        try:
            values = skill.pack(result)
            json.dumps(values)  # what cannot be stored must not stop the answer later
        except Exception as error:
            log.error("answer not packed", job=job.id, exc_info=place_only(error))
            return
        if values is not None:
            subject = task.claim.content.subject
            task.kept = Answered(
                job=job.id, team=job.team, channel=job.channel, person=job.user, values=values,
                subject=skill.about(values, subject) if subject else "", sha256=task.sha256,
            )  # fmt: skip

    def keep(self, task: Task, place: Place) -> bool:
        """Keep what was said; True when it was changed meanwhile, and `task` has it as it is now.

        Raises TransientError when the database is away.
        """
        if task.kept is None or not isinstance(task.skill, Keeping):
            return False
        there = self._find(task.skill, task.kept)
        if there is None:
            if not task.claim.job.amends:  # else it was erased: it stays so
                kept = replace(task.kept, thread=place.thread, ts=place.ts)
                self._archive.put(task.skill.keeps, kept)
            return False
        if there.changed == task.kept.changed:
            return False
        self._show(task, task.skill, there)
        return True

    def refresh(self, task: Task) -> None:
        """Before an answer is said again: as it is kept now, if that can be known."""
        if task.kept is None or not isinstance(task.skill, Keeping):
            return
        try:
            if there := self._find(task.skill, task.kept):
                self._show(task, task.skill, there)
        except TransientError as error:
            log.warning("not looked up", job=task.claim.job.id, reason=str(error))

    def drop(self, task: Task) -> None:
        """Keep it no longer."""
        if task.kept is not None and isinstance(task.skill, Keeping):
            self._archive.drop(task.skill.keeps, task.kept)

    def amend(self, task: Task) -> None:
        """Give a task that changes a kept answer its outcome; of two changes the later holds."""
        try:
            task.outcome = UserError(words.NOT_KEPT)
            if isinstance(task.skill, Keeping):
                self._amend(task, task.skill)
        except Exception as error:  # whatever it is, it belongs to this job alone
            task.outcome = error

    def _amend(self, task: Task, skill: Keeping[object]) -> None:
        job = task.claim.job
        place = {"team": job.team, "channel": job.channel, "job": job.amends}
        while there := self._archive.find(skill.keeps, **place):
            if there.changed >= job.asked:  # an earlier try did it, or somebody later
                break
            values = skill.amend(there.values, task.claim.content.options)
            there = replace(there, values=values, changed=job.asked)
            if self._archive.change(skill.keeps, there):
                break  # else another was quicker: is he later, too?
        if there:
            self._show(task, skill, there)

    def _show(self, task: Task, skill: Keeping[object], there: Answered) -> None:
        """Give a task what is kept as its outcome."""
        try:
            reply = skill.render(skill.unpack(there.values))
        except ValueError:  # another version kept it
            task.outcome = UserError(words.NOT_KEPT)
            return
        new = not task.claim.job.amends
        # What was counted and told once is not counted and told again.
        task.outcome = reply if new else replace(reply, audio_seconds=0.0, alert=None)
        task.kept = there

    def _find(self, skill: Keeping[object], kept: Answered) -> Answered | None:
        return self._archive.find(skill.keeps, team=kept.team, channel=kept.channel, job=kept.job)

    def prune(self) -> None:
        """Erase what is kept too long, once an hour."""
        if time.monotonic() - self._pruned < PRUNE_SECONDS:
            return
        self._pruned = time.monotonic()
        try:
            if count := self._archive.prune():
                log.info("kept answers erased", count=count)
        except TransientError as error:
            log.warning("not pruned", reason=str(error))
