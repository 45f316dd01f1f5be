"""The placeholder: the one message of a job that says "working on it" and becomes the answer.

Bot and worker may both post it; the ledger gives the right to one of them at a time. Its metadata
carries the job's key, so that after a lost reply it is found again instead of posted twice.
"""

from __future__ import annotations

import time
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from core import blocks, words
from core.blocks import Post
from core.errors import TransientError
from core.job import Content, Job, Surface
from core.ledger import Ledger, Place

EVENT_TYPE = "readymade_job"
WAIT_SECONDS = 12.0
PRIVATE_TS = "private"  # an ephemeral message has no ts that can be updated


class Placeholders:
    """Makes sure that a job has its message, whoever asks first."""

    def __init__(self, *, ledger: Ledger, client: WebClient) -> None:
        self._ledger = ledger
        self._client = client

    def ensure(self, job: Job, content: Content, *, title: str) -> Place:
        """The place of the job's message; posted now unless it is there already.

        Raises SlackApiError when Slack refuses (`not_in_channel`), TransientError when the right
        to post stays with somebody who does not use it.
        """
        deadline = time.monotonic() + WAIT_SECONDS
        while (place := self._ledger.place(job.id)).state == "wait":
            if time.monotonic() > deadline:
                raise TransientError("The placeholder is still being posted.")
            time.sleep(0.01)
        if place.state not in ("yours", "again"):
            return place
        working = blocks.progress(words.QUEUED, title=title, subject=content.subject, job_id=job.id)
        if job.surface is Surface.PRIVATE:
            respond(content.response_url, working)
            thread, ts = "", PRIVATE_TS
        else:
            look = place.state == "again"
            thread = job.thread or self._once(job, "parent", "", _asked(job, content), look=look)
            ts = self._once(job, "answer", thread, working, look=look)
        self._ledger.placed(job.id, thread=thread, ts=ts)
        return Place(state="placed", thread=thread, ts=ts)

    def _once(self, job: Job, part: str, thread: str, post: Post, *, look: bool) -> str:
        """The ts of one of the job's messages: found when an earlier try posted it, else posted."""
        found = self._find(job, part, thread) if look else ""
        if found:
            return found
        answer = self._client.chat_postMessage(
            channel=job.channel,
            thread_ts=thread or None,
            text=post.text,
            blocks=post.blocks,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": job.key, "part": part}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    def _find(self, job: Job, part: str, thread: str) -> str:
        try:
            messages = self._recent(job.channel, thread)
        except SlackApiError:
            return ""  # no permission to read history here: a second message beats none
        wanted = {"key": job.key, "part": part}
        for message in messages:
            if (message.get("metadata") or {}).get("event_payload") == wanted:
                return str(message["ts"])
        return ""

    def _recent(self, channel: str, thread: str) -> list[dict[str, Any]]:
        if thread:
            found = self._client.conversations_replies(
                channel=channel, ts=thread, include_all_metadata=True, limit=200
            )
        else:
            found = self._client.conversations_history(
                channel=channel, include_all_metadata=True, limit=100
            )
        return list(found["messages"])


def respond(response_url: str, post: Post, *, replace: bool = False) -> bool:
    """Show `post` to the person alone; False when the URL is used up (5 uses in 30 minutes)."""
    answer = WebhookClient(response_url, timeout=10).send(
        text=post.text, blocks=post.blocks, response_type="ephemeral", replace_original=replace
    )
    return answer.status_code == 200


def _asked(job: Job, content: Content) -> Post:
    return blocks.request(command=f"/{job.skill}", user=job.user, excerpt=content.text)
