"""Attaches result files to an answer, in its thread; the answer stands whatever becomes of them."""

from __future__ import annotations

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from core import blocks, words
from core.data_blocks import MAX_CHARTS
from core.errors import TransientError
from core.log import logger
from core.place import Place
from core.reply import Attachment, Reply
from core.slack import limited_for
from workers.drawing import draw_chart
from workers.task import Task

log = logger("worker")


class Attacher:
    """Uploads with one client, which does not retry."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def attach(self, task: Task, place: Place, *, look: bool) -> None:
        """Upload the files of an answer, and its charts as pictures where Slack drew none, unless
        `look` finds that an earlier try did.

        Raises TransientError when Slack failed in passing: nobody knows then whether it did.
        """
        reply = task.outcome
        if not isinstance(reply, Reply) or not task.has_files:
            return
        channel, thread = task.claim.job.channel, place.thread
        try:
            files = reply.files
            if task.undrawn:
                files += tuple(map(draw_chart, reply.every_chart[:MAX_CHARTS]))
            uploads = [
                {"content": each.content, "filename": each.name, "title": each.name,
                 "alt_txt": each.alt}
                for each in files
            ]  # fmt: skip
            if look and self._attached(channel, thread, files):
                return
            self._client.files_upload_v2(channel=channel, thread_ts=thread, file_uploads=uploads)
        except Exception as error:  # the file server's answers are not of the API's kind
            after = limited_for(error) if isinstance(error, SlackApiError) else None
            reason = f"files not attached ({type(error).__name__})"
            raise TransientError(reason, after=after or 0.0) from error

    def give_up(self, task: Task, place: Place) -> None:
        """Say in the thread that there are no files."""
        post = blocks.sentence(words.NOT_ATTACHED)
        try:
            self._client.chat_postMessage(
                channel=task.claim.job.channel,
                thread_ts=place.thread,
                text=post.text,
                blocks=post.blocks,
            )
        except (SlackClientError, OSError) as error:
            log.warning("not even that was said", error=type(error).__name__)

    def _attached(self, channel: str, thread: str, files: tuple[Attachment, ...]) -> bool:
        wanted = {each.name for each in files}
        for page in self._client.conversations_replies(channel=channel, ts=thread, limit=200):
            for message in page["messages"]:
                names = {file.get("name") for file in message.get("files") or []}
                if message.get("bot_id") and wanted <= names:
                    return True
        return False
