"""The desk: every door brings its request here, and it leaves as the same kind of `Job`.

It writes the ledger before the door answers Slack, in one step; the wake-up is sent and the
placeholder posted behind the door's back, by other threads, because Slack waits three seconds at
most. A wake-up that is lost on the way costs seconds: the reaper sends another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from celery import Celery

from bot.act import Act
from bot.announcer import Announcer
from bot.front import has
from bot.parse import Asked
from bot.source import Source
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
from skills.kinds import kind_of
from skills.skill import FileKind, Skill

log = logger("bot")
Catalog = Mapping[str, Skill[Any]]
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

    def choose(
        self, *, name: str, mimetype: str, wanted: Skill[Any] | None, option: str = ""
    ) -> Skill[Any]:
        """The skill for an uploaded file: the one asked for, else the kind's own.

        With an option that this one does not have, the first that has it and takes the kind.
        Raises UserError when nobody takes it.
        """
        kind = kind_of(name=name, mimetype=mimetype)
        if wanted is not None:
            if kind not in wanted.takes_files:
                raise UserError(words.wrong_kind(name, wanted.title, taken_by(wanted)))
            return wanted
        takers = [skill for skill in self.catalog.values() if kind in skill.takes_files]
        own = next((skill for skill in takers if kind and kind.name in skill.automatic), None)
        if own is None:
            raise UserError(words.unsupported(name, self._forms()))
        return next((skill for skill in (own, *takers) if has(skill, option)), own)

    def automatic(self, *, channel: str, user: str) -> bool:
        """Whether the policy lets some skill answer this person's uploads unasked."""
        return self.policy.automatic(channel) and any(
            skill.automatic and self.policy.admits(skill=skill.name, channel=channel, user=user)
            for skill in self.catalog.values()
        )

    def taken(self) -> str:
        """ "recordings, documents, images and tables" """
        return listed([kind.name for kind in self._kinds()])

    def _forms(self) -> str:
        """ "recordings (wav, mp3, m4a, …), documents (pdf, …) and …" """
        return listed([f"{kind.name} ({_endings(kind)})" for kind in self._kinds()])

    def _kinds(self) -> list[FileKind]:
        kinds = {kind.name: kind for skill in self.catalog.values() for kind in skill.takes_files}
        return [*kinds.values()]


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


def _endings(kind: FileKind) -> str:
    """The usual endings of a kind's names, for people: "pdf, docx, txt, …"."""
    known = [each.removeprefix(".") for each in kind.extensions]
    return ", ".join([*known[:3], *(["…"] if known[3:] else [])])


def taken_by(skill: Skill[Any]) -> str:
    """The kinds of file a skill takes, in words."""
    return listed([kind.name for kind in skill.takes_files])


def check_text(skill: Skill[Any], asked: Asked, source: Source) -> None:
    """Refuse what the skill cannot work on, in one sentence that says what to do."""
    if source.given or (skill.looks_back and not asked.text):
        return
    if skill.takes_text == 0:
        raise UserError(
            f"/{skill.name} works on {taken_by(skill)}: upload one here, "
            f"or write /{skill.name} and the link of a message that has one."
        )
    if not asked.text:
        example = skill.examples[0] if skill.examples else skill.hint
        ways = ["Write something after it"]
        ways += ["mention me in a thread"] if skill.takes_thread else []
        ways += [f"upload {taken_by(skill)}"] if skill.takes_files else []
        shown = f"/{skill.name} {cut(example, 120)}"
        raise UserError(f"{listed(ways, 'or')}, for example: {shown}")
    if _URL.fullmatch(asked.text):
        raise UserError(words.FOREIGN_LINK)
    if len(asked.text) > skill.takes_text:
        raise UserError(words.too_long(len(asked.text), skill.title, skill.takes_text))
