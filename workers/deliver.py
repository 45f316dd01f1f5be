"""Delivers: an outcome becomes the message of its job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core import blocks, steps, words
from core.blocks import Post
from core.claim import Claim
from core.elements import Block
from core.errors import TransientError, UserError
from core.job import Surface
from core.log import logger
from core.place import Place
from core.placeholder import Placeholders, respond
from core.reply import Reply
from core.slack import error_code, limited_for, our_errors, transient
from workers.attach import Attacher
from workers.pace import Pace
from workers.task import Task

log = logger("worker")
PATIENCE = 1.0  # seconds for a placeholder that somebody is posting just now
Said = TypeVar("Said")
NEWER_BLOCKS_REFUSED = {"invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format"}


class Deliverer:
    """Writes into the place that the ledger names; doing it twice shows the same thing once."""

    def __init__(
        self,
        *,
        answerer: WebClient,
        reporter: WebClient,
        placeholders: Placeholders,
        pace: Pace,
    ) -> None:
        """Two clients of one app that do not retry; `reporter`, for progress, has less patience."""
        self._answerer = answerer
        self._reporter = reporter
        self._placeholders = placeholders
        self._attacher = Attacher(answerer)
        self._pace = pace

    def answer(self, task: Task) -> None:
        """Show the reply; raises TransientError when Slack failed in passing."""
        claim, reply = task.claim, task.outcome
        if not isinstance(reply, Reply):
            raise TypeError("only a reply can be answered with")
        if claim.job.surface is Surface.PRIVATE:
            reply = _private(claim, reply)
        if claim.job.surface is Surface.CHANNEL:
            reply = replace(reply, notes=(*reply.notes, words.DIGEST_NOTE))
        try:
            self._show(task, _post(task, reply))
        except SlackApiError as error:
            if claim.job.surface is not Surface.CHANNEL:
                raise
            log.warning("digest not posted", job=claim.job.id, error=error_code(error))

    def attach(self, task: Task, *, look: bool) -> None:
        """Attach the files of a reply that was shown; see `Attacher.attach`."""
        if task.claim.job.surface is Surface.THREAD:
            self._attacher.attach(task, self.place(task), look=look)

    def add_note(self, task: Task, note: str) -> None:
        """Show the answer once more, with a line of small print; raises as `answer` does."""
        reply = task.outcome
        if not isinstance(reply, Reply):
            raise TypeError("only a reply has notes")
        noted = replace(reply, notes=(*reply.notes, note))
        self._show(task, _post(task, noted))

    def place(self, task: Task) -> Place:
        """Where the answer stands; raises TransientError when Redis is away."""
        return self._placeholders.ensure(task.claim.job, task.claim.content, title=task.title)

    def say_not_attached(self, task: Task) -> None:
        """The last word about files that Slack does not take."""
        self._attacher.give_up(task, self.place(task))

    def sentence(self, task: Task, text: str) -> None:
        """Show one sentence instead of an answer; raises TransientError as `answer` does.

        A channel is not told why there is nothing to tell it.
        """
        if task.claim.job.surface is Surface.CHANNEL:
            log.info("digest left out", job=task.claim.job.id, state=task.state)
            return
        subject = task.claim.content.subject
        post = blocks.sentence(text, title=task.title, subject=subject)
        (self._whisper if task.claim.job.amends else self._show)(task, post)

    def directly(self, task: Task, text: str) -> None:
        """Tell its person what the channel of a job does not take; raises as `answer` does."""
        job, content = task.claim.job, task.claim.content
        if job.surface is not Surface.THREAD:
            return
        if content.response_url and not self._placeholders.begun(job):
            return  # the bot, which cannot post there either, says so in its own way
        with our_errors():
            self._placeholders.directly(job, blocks.ours(text))

    def progress(self, task: Task, text: str, preview: Reply | None = None) -> None:
        """Show how far the job is, and what is known so far.

        Raises TransientError when Slack has not confirmed it: it may still show it, later.
        """
        claim, job = task.claim, task.claim.job
        if job.amends:
            return  # the answer stands there meanwhile
        if job.surface is not Surface.THREAD:
            return  # a response_url may be used five times: they are kept for the answer
        if self._pace.left(job.channel):
            return
        subject = claim.content.subject
        post = blocks.progress(
            text, title=task.title, subject=subject, job_id=job.id, preview=preview
        )
        try:
            place = self._placeholders.ensure(job, claim.content, title=task.title)
        except (TransientError, SlackApiError, OSError) as error:
            log.warning("progress not shown", job=job.id, error=type(error).__name__)
            return
        try:
            self._reporter.chat_update(
                channel=job.channel, ts=place.ts, text=post.text, blocks=post.blocks
            )
        except SlackApiError as error:
            if seconds := limited_for(error):
                self._pace.hold(job.channel, seconds)
            log.warning("progress not shown", job=job.id, error=type(error).__name__)
        except OSError as error:
            raise TransientError("Slack has not confirmed the progress.") from error

    def _show(self, task: Task, post: Post) -> None:
        job, content = task.claim.job, task.claim.content
        with our_errors():
            place = self._place(task, post)
            if place.state != "placed":
                return
            if job.surface is Surface.PRIVATE:
                self._privately(task, post)
                return
            if place.new:  # it says so already
                return
            try:
                self._update(task, place.ts, post)
            except SlackApiError as error:
                if error_code(error) != "message_not_found":
                    raise
                if job.amends:
                    task.outcome = UserError(words.GONE_ANSWER)
                    self.sentence(task, words.GONE_ANSWER)
                    return
                place = self._placeholders.post_anew(job, content, title=task.title)
                self._update(task, place.ts, post)

    def _place(self, task: Task, post: Post) -> Place:
        """Where the answer goes; the answer itself, where nothing was said before it."""
        job, content = task.claim.job, task.claim.content

        def ensure(post: Post) -> Place:
            return self._placeholders.ensure(
                job, content, title=task.title, patience=PATIENCE, instead=post
            )

        return _simpler(task, post, ensure)

    def _update(self, task: Task, ts: str, post: Post) -> None:
        channel = task.claim.job.channel

        def update(post: Post) -> None:
            self._answerer.chat_update(channel=channel, ts=ts, text=post.text, blocks=post.blocks)

        _simpler(task, post, update)

    def _whisper(self, task: Task, post: Post) -> None:
        """To the person alone, below the answer that stays as it is."""
        job = task.claim.job
        try:
            self._answerer.chat_postEphemeral(
                channel=job.channel, user=job.user, thread_ts=job.thread, text=post.text,
                blocks=post.blocks,
            )  # fmt: skip
        except (SlackApiError, OSError) as error:
            if passing := transient(error):
                raise passing from error
            log.warning("not said", job=job.id, error=type(error).__name__)  # they left, say

    def _privately(self, task: Task, post: Post) -> None:
        """Through the response_url while it lasts, then as a direct message."""
        claim = task.claim
        if not claim.content.response_url:
            return  # the person had everything forgotten, this as well
        for each in (post, post.worded(), post.plain()):
            if respond(claim.content.response_url, each, instead=True):
                return
        _simpler(task, post, partial(self._placeholders.directly, claim.job))


def _simpler(task: Task, post: Post, say: Callable[[Post], Said]) -> Said:
    """Say it with the blocks that this workspace takes: the newer ones, older ones, or sections."""
    for simpler in (post.worded, post.plain):
        try:
            return say(post)
        except SlackApiError as error:
            if error_code(error) not in NEWER_BLOCKS_REFUSED:
                raise
        task.undrawn = True
        post = simpler()
    return say(post)


def _post(task: Task, reply: Reply) -> Post:
    """The reply as a message, with its next step below it."""
    subject = task.kept.subject if task.kept else task.claim.content.subject
    if task.input and task.input.left_out:
        reply = replace(reply, notes=(*reply.notes, words.files_left_out(task.input.left_out)))
    return blocks.answer(reply, title=task.title, subject=subject, button=_button(task, reply))


def _button(task: Task, reply: Reply) -> Block | None:
    """The next step, which needs an answer that is kept."""
    if task.kept is None or reply.step is None:
        return None
    return steps.button(reply.step, skill=task.claim.job.skill, job=task.kept.job)


def _private(claim: Claim, reply: Reply) -> Reply:
    """An ephemeral message holds no files, and says why it is ephemeral when nobody chose it."""
    job = claim.job
    elsewhere = bool(job.source_channel) and job.source_channel != job.channel
    note = words.private_note(
        f"/{job.skill}", files=bool(reply.files), chosen=job.with_private, elsewhere=elsewhere
    )
    return replace(reply, notes=(*reply.notes, note), files=())
