"""Delivers: an outcome becomes the message of its job, and files become its attachments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from core import blocks, words
from core.blocks import Post
from core.claim import Claim
from core.errors import TransientError
from core.job import Surface
from core.ledger import Place
from core.log import logger
from core.placeholder import Placeholders, respond
from core.reply import Attachment, Reply
from core.slack import error_code, transient
from skills.skill import Skill

log = logger("worker")
NEWER_BLOCKS_REFUSED = {"invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format"}


class Deliverer:
    """Writes into the place that the ledger names; doing it twice shows the same thing once."""

    def __init__(
        self, *, client: WebClient, impatient: WebClient, placeholders: Placeholders
    ) -> None:
        """`impatient` shows progress: an update that Slack does not take at once is left out."""
        self._client = client
        self._impatient = impatient
        self._placeholders = placeholders

    def answer(self, claim: Claim, skill: Skill[Any], reply: Reply) -> None:
        """Show the reply, then attach its files; the answer stands even when the files fail.

        Raises TransientError when Slack failed in passing.
        """
        if claim.job.surface is Surface.PRIVATE:
            reply = _private(claim, reply)
        post = blocks.answer(reply, title=skill.title, subject=claim.content.subject)
        place = self._show(claim, skill.title, post)
        if reply.files and place.state == "placed":
            self._attach(claim, place, reply.files)

    def sentence(self, claim: Claim, title: str, text: str) -> None:
        """Show one sentence instead of an answer."""
        self._show(claim, title, blocks.sentence(text, title=title, subject=claim.content.subject))

    def progress(self, claim: Claim, skill: Skill[Any], text: str) -> None:
        """Show how far the job is."""
        if claim.job.surface is Surface.PRIVATE:
            return  # a response_url may be used five times: they are kept for the answer
        job, subject = claim.job, claim.content.subject
        post = blocks.progress(text, title=skill.title, subject=subject, job_id=job.id)
        try:
            place = self._placeholders.ensure(job, claim.content, title=skill.title)
            self._impatient.chat_update(
                channel=job.channel, ts=place.ts, text=post.text, blocks=post.blocks
            )
        except (TransientError, SlackApiError, OSError) as error:
            log.warning("progress not shown", job=job.id, error=type(error).__name__)

    def _show(self, claim: Claim, title: str, post: Post) -> Place:
        try:
            place = self._placeholders.ensure(claim.job, claim.content, title=title)
            if place.state != "placed":
                return place
            if claim.job.surface is Surface.PRIVATE:
                self._privately(claim, post)
            else:
                self._update(claim.job.channel, place.ts, post)
        except (SlackApiError, OSError) as error:
            raise transient(error) or error from error
        return place

    def _update(self, channel: str, ts: str, post: Post) -> None:
        try:
            self._client.chat_update(channel=channel, ts=ts, text=post.text, blocks=post.blocks)
        except SlackApiError as error:
            if error_code(error) not in NEWER_BLOCKS_REFUSED:
                raise
            plain = post.plain()
            self._client.chat_update(channel=channel, ts=ts, text=plain.text, blocks=plain.blocks)

    def _privately(self, claim: Claim, post: Post) -> None:
        """Through the response_url while it lasts, then as a direct message."""
        if respond(claim.content.response_url, post, replace=True):
            return
        if respond(claim.content.response_url, post.plain(), replace=True):
            return
        direct = self._client.conversations_open(users=claim.job.user)["channel"]["id"]
        self._client.chat_postMessage(channel=direct, text=post.text, blocks=post.blocks)

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
            self._client.files_upload_v2(channel=channel, thread_ts=thread, file_uploads=uploads)
        except (SlackClientError, OSError) as error:
            log.warning("files not attached", job=claim.job.id, error=type(error).__name__)
            self._say_not_attached(channel, thread)

    def _say_not_attached(self, channel: str, thread: str) -> None:
        post = blocks.sentence(words.NOT_ATTACHED)
        try:
            self._client.chat_postMessage(
                channel=channel, thread_ts=thread, text=post.text, blocks=post.blocks
            )
        except (SlackClientError, OSError) as error:
            log.warning("not even that was said", error=type(error).__name__)

    def _attached(self, channel: str, thread: str, files: tuple[Attachment, ...]) -> bool:
        """Whether a worker that died meanwhile had attached them already."""
        wanted = {each.name for each in files}
        for page in self._client.conversations_replies(channel=channel, ts=thread, limit=200):
            for message in page["messages"]:
                names = {file.get("name") for file in message.get("files") or []}
                if message.get("bot_id") and wanted <= names:
                    return True
        return False


def _private(claim: Claim, reply: Reply) -> Reply:
    """An ephemeral message holds no files, and says why it is ephemeral when nobody chose it."""
    note = words.private_note(f"/{claim.job.skill}", files=bool(reply.files))
    return replace(reply, notes=(*reply.notes, note), files=())
