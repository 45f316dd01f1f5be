"""The desk: every door brings its request here, and it leaves as the same kind of `Job`.

It writes the ledger before the door answers Slack, in one step; the wake-up is sent and the
placeholder posted behind the door's back, by other threads, because Slack waits three seconds at
most. A wake-up that is lost on the way costs seconds: the reaper sends another.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from celery import Celery

from bot.act import Act
from bot.announcer import Announcer
from bot.parse import Asked
from bot.source import Source
from bot.uploads import needs_name
from core import words
from core.audit import Audit
from core.broker import send_wake_up
from core.errors import TransientError, UserError
from core.job import AMENDED, AMENDING, FETCHED, Content, Job, key_of
from core.ledger import Ledger
from core.log import logger
from core.markup import cut
from core.policy import Policy
from core.steps import Target
from core.words import listed
from skills.catalog import Catalog
from skills.kinds import check_length, taken_by
from skills.skill import Skill

log = logger("bot")
_URL = re.compile(r"https?://\S+")


class Desk:
    """Takes requests in and queues them."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        celery: Celery,
        catalog: Catalog,
        audit: Audit,
        policy: Policy,
        announcer: Announcer,
    ) -> None:
        self.catalog = catalog
        self.ledger = ledger
        self.audit = audit
        self.policy = policy
        self._celery = celery
        self._announcer = announcer
        self._waker = ThreadPoolExecutor(1, thread_name_prefix="wake")

    def take(self, skill: Skill[Any], act: Act, asked: Asked, source: Source) -> None:
        """Queue one request, once however often the act is told.

        Raises UserError when the skill cannot take it or the policy forbids it, TransientError
        when the queue is away.
        """
        for channel in {act.channel, source.channel or act.channel}:
            self.policy.admit(skill=skill.name, channel=channel, user=act.user)
        check_text(skill, asked, source)
        job = _job(skill, act, asked, source)
        content = Content(
            text="" if source.given else asked.text,
            subject=source.name,
            response_url=act.response_url,
            options=asked.options,
            discreet=skill.discreet,
        )
        if self._submit(job, content):
            self._announcer.announce(job, content, title=skill.title)

    def amend(self, skill: Skill[Any], act: Act, target: Target, written: dict[str, str]) -> None:
        """Queue a change of an answer that is kept; raises as `take` does.

        Nothing is announced: the answer itself will say so.
        """
        self.policy.admit(skill=skill.name, channel=act.channel, user=act.user)
        self._submit(_amendment(skill, act, target), Content(options=written))

    def _submit(self, job: Job, content: Content) -> bool:
        """Queue a job; whether it is a new one."""
        submission = self.ledger.submit(job, content, self.policy.quotas(job))
        if submission.over:
            raise UserError(words.used_up(submission.over, submission.left))
        if submission.wake:
            self._waker.submit(self._wake, job)
        if submission.new:
            log.info("queued", job=job.id, skill=job.skill, surface=job.surface.value)
        return submission.new

    def _wake(self, job: Job) -> None:
        try:
            send_wake_up(self._celery, job.queue)
        except TransientError:
            log.warning("wake-up not sent; the reaper will", job=job.id)

    def automatic(self, *, channel: str, user: str) -> bool:
        """Whether the policy lets some skill answer this person's uploads unasked."""
        return self.policy.automatic(channel) and any(
            skill.automatic and self.policy.admits(skill=skill.name, channel=channel, user=user)
            for skill in self.catalog.values()
        )


def _job(skill: Skill[Any], act: Act, asked: Asked, source: Source) -> Job:
    return Job(
        key=key_of(act.team, act.channel, act.id, source.file or skill.name),
        skill=skill.name,
        queue=skill.queue,
        lane=skill.lane(text=asked.text) + (FETCHED if source.given or skill.looks_back else ""),
        team=act.team,
        enterprise=act.enterprise,
        channel=act.channel,
        user=act.user,
        thread=act.thread,
        file=source.file,
        source_channel=source.channel,
        source_thread=source.thread,
        source_message=source.message,
        source_since=source.since,
        source_until=source.until,
        with_options=bool(asked.options),
        with_private=asked.private,
        surface=act.surface,
    )


def _amendment(skill: Skill[Any], act: Act, target: Target) -> Job:
    return Job(
        key=key_of(act.team, act.channel, act.id, target.job),
        skill=skill.name,
        queue=AMENDING,
        lane=skill.name + AMENDED,
        team=act.team,
        enterprise=act.enterprise,
        channel=act.channel,
        user=act.user,
        thread=target.thread,
        amends=target.job,
        message=target.ts,
    )


def check_text(skill: Skill[Any], asked: Asked, source: Source) -> None:
    """Refuse what the skill cannot work on, in one sentence that says what to do."""
    if source.given or (skill.looks_back and not asked.text):
        return
    mention = f"@Readymade {skill.name}" if needs_name(skill) else ""
    if skill.takes_text == 0:
        with_it = f" and write {mention} with it" if mention else ""
        raise UserError(
            f"/{skill.name} works on {taken_by(skill)}: upload one here{with_it}, "
            f"or write /{skill.name} and the link of a message that has one."
        )
    if not asked.text:
        example = skill.examples[0] if skill.examples else skill.hint
        ways = ["Write something after it"]
        ways += ["mention me in a thread"] if skill.takes_thread else []
        with_them = f" with {mention}" if mention else ""
        ways += [f"upload {taken_by(skill)}{with_them}"] if skill.takes_files else []
        shown = f"/{skill.name} {cut(example, 120)}"
        raise UserError(f"{listed(ways, 'or')}, for example: {shown}")
    if _URL.fullmatch(asked.text):
        raise UserError(words.FOREIGN_LINK)
    check_length(skill, asked.text)
