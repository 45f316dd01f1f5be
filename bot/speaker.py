"""The speaker: what the bot itself answers to a message, in its thread, once: refusals and help.

Each carries its key in its metadata, so that after a lost reply it is found instead of said again.
"""

from __future__ import annotations

import time

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.act import Act
from bot.deadline import left
from core import blocks
from core.audit import Audit
from core.blocks import Post
from core.errors import TransientError
from core.job import key_of
from core.log import logger
from core.notices import Notices, metadata
from core.slack import error_code, our_errors, transient

EVENT_TYPE = "readymade_notice"
WAIT_STEP = 0.05
SPEAKING_SECONDS = 0.5  # what is begun with less may be given up, and heard all the same

log = logger("bot")


class Speaker:
    """Several events that tell of one message, and Slack's retries, may all want to answer it."""

    def __init__(self, *, notices: Notices, client: WebClient, audit: Audit) -> None:
        self._notices = notices
        self._client = client
        self._audit = audit

    def refuse(self, act: Act, part: str, text: str, *, alone: bool = False) -> None:
        """Say why this part (a file, the words) of the act is not taken; see `say`."""
        if self.say(act, part, blocks.sentence(text), alone=alone):
            self._audit.turned_away(team=act.team, channel=act.channel, user=act.user)

    def say(self, act: Act, part: str, post: Post, *, alone: bool = False) -> bool:
        """Post it unless something was said about this part already; whether it was posted now.

        `alone` shows it to the person only; such a message cannot be found again, so that one whose
        reply was lost is said twice. Raises TransientError when Slack or Redis does not answer: the
        event is to be told again.
        """
        if left() < SPEAKING_SECONDS:
            raise TransientError("There is no time left to say something.")
        key = key_of(act.team, act.channel, act.id, part)
        turn = self._turn(key)
        if turn == "said":
            return False
        new = alone or turn != "again" or not self._there(act, key)
        if new:
            (self._whisper if alone else self._post)(act, key, post)
        self._notices.said(key)
        return new

    def _turn(self, key: str) -> str:
        """Whose turn it is, after waiting for one who is saying it just now."""
        while (turn := self._notices.take(key)) == "wait":
            if left() < WAIT_STEP:
                raise TransientError("An answer is perhaps being posted.")
            time.sleep(WAIT_STEP)
        return turn

    def _post(self, act: Act, key: str, post: Post) -> None:
        try:
            self._client.chat_postMessage(
                channel=act.channel, thread_ts=act.thread, text=post.text, blocks=post.blocks,
                metadata=metadata(EVENT_TYPE, key), unfurl_links=False, unfurl_media=False,
            )  # fmt: skip
        except SlackApiError as error:
            if passing := transient(error):
                self._notices.unsaid(key)
                raise passing from error
            log.warning("not said", error=error_code(error))
        except OSError as error:
            # Slack may have heard it, and may even post it only now: the right to say it runs out.
            if not self._there(act, key):
                raise TransientError("Slack could not be reached.") from error

    def _whisper(self, act: Act, key: str, post: Post) -> None:
        """In the thread only where there is one: nobody opens an empty thread to read it."""
        thread = act.thread if act.thread != act.id else None
        try:
            self._client.chat_postEphemeral(
                channel=act.channel, user=act.user, thread_ts=thread, text=post.text,
                blocks=post.blocks,
            )  # fmt: skip
        except SlackApiError as error:
            if passing := transient(error):
                self._notices.unsaid(key)
                raise passing from error
            log.warning("not said", error=error_code(error))
        except OSError as error:  # perhaps heard: the right runs out, so it's not said at once
            raise TransientError("Slack could not be reached.") from error

    def _there(self, act: Act, key: str) -> bool:
        """Whether the thread has it already."""
        try:
            with our_errors():
                found = self._client.conversations_replies(
                    channel=act.channel, ts=act.thread, oldest=act.id, inclusive=True, limit=200,
                    include_all_metadata=True,
                )["messages"]  # fmt: skip
        except SlackApiError:
            return False  # without permission to read: a second sentence beats none
        return any(message.get("metadata") == metadata(EVENT_TYPE, key) for message in found)
