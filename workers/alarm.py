"""The alarm: tells the channel that wants to know of a call in which rules were not kept, once.

It is rung when the answer stands in its thread. The right to tell is taken in Redis, and what is
told carries its key, so that a worker that dies in between leaves it neither untold nor told twice.
"""

from __future__ import annotations

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core import blocks, preferences
from core.errors import TransientError
from core.job import Job, Surface, key_of
from core.log import logger
from core.notices import Notices, metadata
from core.place import Place
from core.records import Records
from core.reply import Reply, Section
from core.slack import error_code, has_outsiders, transient
from workers.task import Task

EVENT_TYPE = "readymade_alert"
WAIT_SECONDS = 2.0

log = logger("worker")


def wanted(task: Task) -> bool:
    """Whether there is something to tell, about a file, and a thread that others can open."""
    alert = isinstance(task.outcome, Reply) and task.outcome.alert is not None
    return alert and bool(task.sha256) and task.claim.job.surface is Surface.THREAD


class Alarm:
    """Speaks with a client that does not retry."""

    def __init__(self, *, records: Records, notices: Notices, client: WebClient) -> None:
        self._records = records
        self._notices = notices
        self._client = client

    def ring(self, task: Task, place: Place) -> bool:
        """Tell it unless it was told, or nobody wants to hear of it; False when it cannot be told.

        Raises TransientError when nobody knows yet whether it was.
        """
        job, reply = task.claim.job, task.outcome
        chosen = preferences.read(self._records, team=job.team, channel=job.channel)
        # Rules that somebody typed for one request are that person's, and so is what they find.
        own = chosen.rules == task.claim.content.options.get("rules")
        if not (chosen.alerts and own and isinstance(reply, Reply) and reply.alert):
            return True
        key = key_of("alert", job.team, job.channel, task.sha256, chosen.rules)
        turn = self._notices.take(key)
        if turn == "wait":
            raise TransientError("Another worker is perhaps telling it.", after=WAIT_SECONDS)
        if turn == "said":
            return True
        try:
            told = turn == "again" and self._there(chosen.alerts, key, since=job.asked)
            told = told or self._tell(chosen.alerts, job, reply.alert, place, key)
        except SlackApiError as error:
            self._notices.unsaid(key)
            if passing := transient(error):
                raise passing from error
            log.warning("alert not told", job=job.id, error=error_code(error))
            return False
        except OSError as error:  # perhaps heard: the right runs out, and then it is looked for
            raise TransientError("Slack could not be reached.", after=WAIT_SECONDS) from error
        (self._notices.said if told else self._notices.unsaid)(key)
        return told

    def _tell(self, channel: str, job: Job, alert: Section, place: Place, key: str) -> bool:
        """Post it; False where the bot is no member (any more), or others might read it."""
        info = self._client.conversations_info(channel=channel)["channel"]
        if has_outsiders(info) or not info.get("is_member"):
            return False
        link = self._client.chat_getPermalink(channel=job.channel, message_ts=place.ts)
        post = blocks.alert(alert, channel=job.channel, link=str(link["permalink"]))
        self._client.chat_postMessage(
            channel=channel, text=post.text, blocks=post.blocks, metadata=metadata(EVENT_TYPE, key),
            unfurl_links=False, unfurl_media=False,
        )  # fmt: skip
        return True

    def _there(self, channel: str, key: str, *, since: float) -> bool:
        """Whether the channel was told already."""
        found = self._client.conversations_history(
            channel=channel, oldest=f"{since:.6f}", include_all_metadata=True, limit=200
        )["messages"]
        return any(message.get("metadata") == metadata(EVENT_TYPE, key) for message in found)
