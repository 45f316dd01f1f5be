"""Delivers: an outcome becomes the message of its job, and files become its attachments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core import blocks, words
from core.blocks import Post
from core.errors import TransientError
from core.job import Surface
from core.ledger import Claim, Place
from core.log import logger
from core.placeholder import Placeholders, respond
from core.reply import Attachment, Reply
from core.slack import error_code, transient
from skills.skill import Skill

log = logger("worker")
NEWER_BLOCKS_REFUSED = {"invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format"}


class Deliverer:
    """Writes into the place that the ledger names; doing it twice shows the same thing once."""

    def __init__(self, *, client: WebClient, placeholders: Placeholders) -> None:
        self._client = client
        self._placeholders = placeholders

    def answer(self, claim: Claim, skill: Skill[Any], reply: Reply, *, subject: str) -> None:
        """Show the reply and attach its files.

        Raises TransientError when Slack failed in passing.
        """
        if claim.job.surface is Surface.PRIVATE:
            reply = _private(claim, reply)
        place = self._show(claim, skill, blocks.answer(reply, title=skill.title, subject=subject))
        if reply.files and place.state == "placed" and claim.job.surface is Surface.THREAD:
            self._attach(claim, place, reply.files)

    def sentence(self, claim: Claim, skill: Skill[Any], text: str) -> None:
        """Show one sentence instead of an answer."""
        subject = claim.content.subject
        self._show(claim, skill, blocks.sentence(text, title=skill.title, subject=subject))

    def progress(self, claim: Claim, skill: Skill[Any], text: str) -> None:
        """Show how far the job is; an update that fails is left out."""
        if claim.job.surface is Surface.PRIVATE:
            return  # a response_url may be used five times: they are kept for the answer
        subject = claim.content.subject
        post = blocks.progress(text, title=skill.title, subject=subject, job_id=claim.job.id)
        try:
            self._show(claim, skill, post)
        except (TransientError, SlackApiError) as error:
            log.warning("progress not shown", job=claim.job.id, error=type(error).__name__)

    def _show(self, claim: Claim, skill: Skill[Any], post: Post) -> Place:
        try:
            place = self._placeholders.ensure(claim.job, claim.content, title=skill.title)
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
        try:
            self._client.files_upload_v2(
                channel=claim.job.channel,
                thread_ts=place.thread,
                file_uploads=[
                    {
                        "content": each.content,
                        "filename": each.name,
                        "alt_txt": each.alt,
                        "title": each.name,
                    }
                    for each in files
                ],
            )
        except (SlackApiError, OSError) as error:
            raise transient(error) or error from error


def _private(claim: Claim, reply: Reply) -> Reply:
    """An ephemeral message holds no files, and says why it is ephemeral when nobody chose it."""
    note = words.private_note(f"/{claim.job.skill}", files=bool(reply.files))
    return replace(reply, notes=(*reply.notes, note), files=())
