"""Delivers: an outcome becomes the message of its job, and files become its attachments."""

from __future__ import annotations

from dataclasses import replace

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from core import blocks, words
from core.blocks import Post
from core.claim import Claim
from core.errors import TransientError
from core.job import Surface
from core.log import logger
from core.place import Place
from core.placeholder import Placeholders, respond
from core.reply import Attachment, Reply
from core.slack import error_code, transient
from workers.task import Task

log = logger("worker")
PATIENCE = 1.0  # seconds for a placeholder that somebody is posting just now
NEWER_BLOCKS_REFUSED = {"invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format"}


class Deliverer:
    """Writes into the place that the ledger names; doing it twice shows the same thing once."""

    def __init__(
        self,
        *,
        uploader: WebClient,
        answerer: WebClient,
        reporter: WebClient,
        placeholders: Placeholders,
    ) -> None:
        """Three clients of one app: `uploader` waits as long as Slack asks; `answerer` and
        `reporter` (of progress) do not retry, and the latter has the least patience.
        """
        self._uploader = uploader
        self._answerer = answerer
        self._reporter = reporter
        self._placeholders = placeholders

    def answer(self, task: Task, *, again: bool = False) -> None:
        """Show the reply, then attach its files; the answer stands even when the files fail.

        `again` shows it once more where it was shown before. Raises TransientError when Slack
        failed in passing.
        """
        claim, reply = task.claim, task.outcome
        if not isinstance(reply, Reply):
            raise TypeError("only a reply can be answered with")
        if claim.job.surface is Surface.PRIVATE:
            reply = _private(claim, reply)
        post = blocks.answer(reply, title=task.title, subject=claim.content.subject)
        place = self._show(task, post)
        if reply.files and place.state == "placed" and not again:
            self._attach(claim, place, reply.files)

    def sentence(self, task: Task, text: str) -> None:
        """Show one sentence instead of an answer; raises TransientError as `answer` does."""
        subject = task.claim.content.subject
        self._show(task, blocks.sentence(text, title=task.title, subject=subject))

    def progress(self, task: Task, text: str) -> None:
        """Show how far the job is.

        Raises TransientError when Slack has not confirmed it: it may still show it, later.
        """
        claim, job = task.claim, task.claim.job
        if job.surface is Surface.PRIVATE:
            return  # a response_url may be used five times: they are kept for the answer
        post = blocks.progress(text, title=task.title, subject=claim.content.subject, job_id=job.id)
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
            log.warning("progress not shown", job=job.id, error=type(error).__name__)
        except OSError as error:
            raise TransientError("Slack has not confirmed the progress.") from error

    def _show(self, task: Task, post: Post) -> Place:
        job, content = task.claim.job, task.claim.content
        try:
            place = self._placeholders.ensure(job, content, title=task.title, patience=PATIENCE)
            if place.state != "placed":
                return place
            if job.surface is Surface.PRIVATE:
                self._privately(task.claim, post)
                return place
            try:
                self._update(job.channel, place.ts, post)
            except SlackApiError as error:
                if error_code(error) != "message_not_found":
                    raise
                place = self._placeholders.replace(job, content, title=task.title)
                self._update(job.channel, place.ts, post)
        except (SlackApiError, OSError) as error:
            raise transient(error) or error from error
        return place

    def _update(self, channel: str, ts: str, post: Post) -> None:
        try:
            self._answerer.chat_update(channel=channel, ts=ts, text=post.text, blocks=post.blocks)
        except SlackApiError as error:
            if error_code(error) not in NEWER_BLOCKS_REFUSED:
                raise
            post = post.plain()
            self._answerer.chat_update(channel=channel, ts=ts, text=post.text, blocks=post.blocks)

    def _privately(self, claim: Claim, post: Post) -> None:
        """Through the response_url while it lasts, then as a direct message."""
        if not claim.content.response_url:
            return  # the person had everything forgotten, this as well
        if respond(claim.content.response_url, post, replace=True):
            return
        if respond(claim.content.response_url, post.plain(), replace=True):
            return
        direct = self._answerer.conversations_open(users=claim.job.user)["channel"]["id"]
        self._answerer.chat_postMessage(channel=direct, text=post.text, blocks=post.blocks)

    def _attach(self, claim: Claim, place: Place, files: tuple[Attachment, ...]) -> None:
        """Upload into the thread; a failure is said there and costs nothing else."""
        channel, thread = claim.job.channel, place.thread
        uploads = [
            {
                "content": each.content,
                "filename": each.name,
                "title": each.name,
                "alt_txt": each.alt,
            }
            for each in files
        ]
        try:
            if claim.attempts + claim.waits > 1 and self._attached(channel, thread, files):
                return
            self._uploader.files_upload_v2(channel=channel, thread_ts=thread, file_uploads=uploads)
        except Exception as error:  # whatever it is, the answer is there already
            log.warning("files not attached", job=claim.job.id, error=type(error).__name__)
            self._say_not_attached(channel, thread)

    def _say_not_attached(self, channel: str, thread: str) -> None:
        post = blocks.sentence(words.NOT_ATTACHED)
        try:
            self._uploader.chat_postMessage(
                channel=channel, thread_ts=thread, text=post.text, blocks=post.blocks
            )
        except (SlackClientError, OSError) as error:
            log.warning("not even that was said", error=type(error).__name__)

    def _attached(self, channel: str, thread: str, files: tuple[Attachment, ...]) -> bool:
        """Whether a worker that died meanwhile had attached them already."""
        wanted = {each.name for each in files}
        for page in self._uploader.conversations_replies(channel=channel, ts=thread, limit=200):
            for message in page["messages"]:
                names = {file.get("name") for file in message.get("files") or []}
                if message.get("bot_id") and wanted <= names:
                    return True
        return False


def _private(claim: Claim, reply: Reply) -> Reply:
    """An ephemeral message holds no files, and says why it is ephemeral when nobody chose it."""
    note = words.private_note(f"/{claim.job.skill}", files=bool(reply.files))
    return replace(reply, notes=(*reply.notes, note), files=())
