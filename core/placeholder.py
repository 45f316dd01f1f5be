"""The placeholder: the one message of a job that says "working on it" and becomes the answer.

An answer that is there before it is posted in its place. Bot and worker may both post it; the
ledger gives the right to one of them at a time. Its metadata carries the job's key, so that after a
lost reply it is found again instead of posted twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from core import blocks, words
from core.blocks import Post
from core.errors import TransientError
from core.job import Content, Job, Surface
from core.ledger import Ledger
from core.place import Place
from core.slack import limited_for, transient

EVENT_TYPE = "readymade_job"
WAIT_STEP = 0.05
PRIVATE_TS = "private"  # an ephemeral message has no ts that can be updated


class Placeholders:
    """Makes sure that a job has its message, whoever asks first."""

    def __init__(self, *, ledger: Ledger, client: WebClient) -> None:
        """`client` must be an impatient one: posting may not outlast the right to post."""
        self._ledger = ledger
        self._client = client

    def ensure(
        self,
        job: Job,
        content: Content,
        *,
        title: str,
        patience: float = 0.0,
        instead: Post | None = None,
        parent_only: bool = False,
    ) -> Place:
        """The place of the job's message; posted now unless it is there already.

        `instead` is what it says from its beginning, if it is new. With `parent_only` only what its
        thread hangs on is posted.

        Raises SlackApiError when Slack refuses (`not_in_channel`), TransientError when it does not
        answer, or when somebody else is posting or Slack limits us for longer than `patience`
        seconds.
        """
        if job.amends:  # the answer that is there
            return Place(state="placed", thread=job.thread, ts=job.message)
        deadline = time.monotonic() + patience
        while True:
            place = self._ledger.place(job.id)
            if place.state in ("placed", "gone"):
                return place
            pause = WAIT_STEP
            if place.state != "wait":
                try:
                    return self._place(place, job, content, title, instead, parent_only)
                except SlackApiError as error:
                    limited = limited_for(error)
                    if limited is not None or not transient(error):  # surely nothing was posted
                        # of a command's two messages, only the second: the first is there
                        look = not job.thread or place.state == "again"
                        self._ledger.unplace(job.id, look=look)
                    if limited is None:
                        raise
                    pause = limited
            if time.monotonic() + pause > deadline:
                raise TransientError("The placeholder could not be posted yet.", after=pause)
            time.sleep(pause)

    def begun(self, job: Job) -> bool:
        """Whether anything of a job was posted."""
        place = self._ledger.place(job.id)
        if place.state in ("yours", "again"):  # only asked: others may want to post
            self._ledger.unplace(job.id, look=place.state == "again")
        return place.state == "placed" or bool(place.thread)

    def post_anew(self, job: Job, content: Content, *, title: str) -> Place:
        """A new message for a job whose own was deleted; raises as `ensure` does."""
        self._ledger.displace(job.id)
        return self.ensure(job, content, title=title)

    def _place(
        self,
        given: Place,
        job: Job,
        content: Content,
        title: str,
        instead: Post | None,
        parent_only: bool,
    ) -> Place:
        if job.surface is Surface.PRIVATE:
            # A message that only one person sees cannot be changed later: no button, no "waiting".
            if content.response_url:  # else the person had everything forgotten
                respond(content.response_url, blocks.sentence(words.PRIVATELY, title=title))
            return self._ledger.placed(job.id, thread="", ts=PRIVATE_TS)
        look, thread = given.state == "again", job.thread or given.thread
        if not thread and job.surface is Surface.THREAD:
            thread, _ = self._once(job, "parent", "", _asked(job, content), look=look)
        if parent_only:
            return self._ledger.placed(job.id, thread=thread, ts="", look=look)
        post = instead or blocks.progress(
            words.QUEUED, title=title, subject=content.subject, job_id=job.id
        )
        ts, new = self._once(job, "answer", thread, post, look=look)
        place = self._ledger.placed(job.id, thread=thread, ts=ts)
        if place.ts != ts:  # somebody else was quicker while Slack was slow
            self._client.chat_delete(channel=job.channel, ts=ts)
            return place
        return replace(place, new=new)

    def directly(self, job: Job, post: Post) -> None:
        """Send the person of a job a direct message, once however often it is tried."""
        channel = str(self._client.conversations_open(users=job.user)["channel"]["id"])
        self._once(replace(job, channel=channel), "direct", "", post, look=True)

    def _once(
        self, job: Job, part: str, thread: str, post: Post, *, look: bool
    ) -> tuple[str, bool]:
        """The ts of one of the job's messages, and whether it was posted now: else it was found,
        posted by an earlier try."""
        found = self._find(job, part, thread) if look else ""
        if found:
            return found, False
        answer = self._client.chat_postMessage(
            channel=job.channel,
            thread_ts=thread or None,
            text=post.text,
            blocks=post.blocks,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": job.key, "part": part}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"]), True

    def _find(self, job: Job, part: str, thread: str) -> str:
        wanted = {"key": job.key, "part": part}
        try:
            for message in self._recent(job.channel, thread):
                if (message.get("metadata") or {}).get("event_payload") == wanted:
                    return str(message["ts"])
        except SlackApiError as error:
            if transient(error):
                raise
        return ""  # also without permission to read history: a second message beats none

    def _recent(self, channel: str, thread: str) -> Iterator[dict[str, Any]]:
        """The messages of a thread, or the latest of a channel."""
        if not thread:
            yield from self._client.conversations_history(
                channel=channel, include_all_metadata=True, limit=100
            )["messages"]
            return
        for page in self._client.conversations_replies(
            channel=channel, ts=thread, include_all_metadata=True, limit=200
        ):
            yield from page["messages"]


def respond(response_url: str, post: Post, *, instead: bool = False) -> bool:
    """Show `post` to the person alone; False when the URL is used up (5 uses in 30 minutes).

    Raises OSError when Slack does not answer, cuts its answer, or has too much to do.
    """
    try:
        answer = WebhookClient(response_url, timeout=10).send(
            text=post.text, blocks=post.blocks, response_type="ephemeral", replace_original=instead
        )
    except HTTPException as error:
        raise ConnectionError(f"Slack's answer was cut ({type(error).__name__}).") from None
    if answer.status_code == 429 or answer.status_code >= 500:
        raise ConnectionError(f"The response_url answered {answer.status_code}.")
    return answer.status_code == 200


def _asked(job: Job, content: Content) -> Post:
    excerpt = "" if content.discreet else content.text
    return blocks.request(command=f"/{job.skill}", user=job.user, excerpt=excerpt)
