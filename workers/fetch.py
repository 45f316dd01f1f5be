"""Fetches what a job is about: its text, a Slack file, a message or a whole thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from core import words
from core.archive import Archive, of_each_file
from core.errors import UserError
from core.job import Content, Job
from core.slack import FILE_NOT_READ, NOT_READ, our_errors
from skills.kinds import check_length, kind_of, taken_by, taken_of
from skills.skill import Input, Past, Progress, Skill
from workers.conversation import Conversations
from workers.download import Downloader
from workers.names import Names
from workers.permalink import permalink

Folder = Callable[[], Path]  # makes one


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What is to be fetched: a file into the folder, under a name of ours."""

    job: Job
    content: Content
    skill: Skill[Any]
    folder: Folder
    progress: Progress


class Fetcher:
    """Turns a job into a skill's input."""

    def __init__(
        self,
        *,
        client: WebClient,
        downloader: Downloader,
        archive: Archive,
        pages: WebClient,
    ) -> None:
        """`pages` reads conversations and leaves Slack's limits to its caller."""
        self._client = client
        self._archive = archive
        self._downloader = downloader
        self._names = Names(client)
        self._conversations = Conversations(client=pages, names=self._names)

    def input(
        self, job: Job, content: Content, skill: Skill[Any], folder: Folder, progress: Progress
    ) -> Input:
        """The input of a job; a file lands in the folder, made for it, under a name of ours.

        Raises UserError when it cannot be had, TransientError when Slack failed in passing.
        """
        order = Order(job=job, content=content, skill=skill, folder=folder, progress=progress)
        with our_errors(**(FILE_NOT_READ if job.file else NOT_READ)):
            found = self._find(order)
        return replace(found, options=content.options, progress=progress)

    def _find(self, order: Order) -> Input:
        job, text = order.job, order.content.text
        if order.skill.looks_back:
            return self._past(order)
        if job.file:
            return self._file(order, job.file)
        if job.source_message:
            return self._message(order)
        if job.source_thread or job.source_since:
            return self._conversation(order)
        return Input(text=self._names.named(text) if order.skill.takes_channel else text)

    def _conversation(self, order: Order) -> Input:
        """A thread, or what was written in a channel in some time.

        Of a thread that is nothing but an upload, its file.
        """
        job = order.job
        read = self._conversations.read(job, order.progress)
        if job.source_thread and read.coverage.files and not read.has_words:
            first = self._one(replace(job, source_message=job.source_thread))
            if given := self._attached(order, first):
                return given
        if not read.messages and job.source_since:
            raise UserError(words.nothing_said(apps=read.coverage.apps))
        return Input(messages=read.messages, coverage=read.coverage, name=order.content.subject)

    def _past(self, order: Order) -> Input:
        """What was answered before in the channel where a job was asked, and nowhere else.

        Of a file that was asked about again only the last answer.
        """
        order.progress("Looking back", 0.0)
        url = str(self._client.auth_test()["url"])
        job = order.job
        kept = self._archive.of_channel(order.skill.looks_back, team=job.team, channel=job.channel)
        return Input(
            text=order.content.text,
            past=tuple(
                Past(
                    values=each.values,
                    at=each.at,
                    link=permalink(url, each.channel, each.ts, each.thread),
                )
                for each in of_each_file(kept)
            ),
            kept_days=self._archive.days,
        )

    def _file(self, order: Order, id: str) -> Input:
        file, skill = self._client.files_info(file=id)["file"], order.skill
        name = file.get("name") or file.get("title") or "the file"
        if file.get("mode") == "tombstone":
            raise UserError(words.GONE_FILE)
        if file.get("is_external") or file.get("mode") == "external":
            raise UserError(words.EXTERNAL_FILE)
        kind = kind_of(name=name, mimetype=file.get("mimetype", ""))
        if kind is None or kind not in skill.takes_files:
            raise UserError(words.wrong_kind(name, skill.title, taken_by(skill)))
        if int(file.get("size") or 0) > kind.max_bytes:
            raise UserError(words.too_big(name, kind.max_bytes // (1024 * 1024)))
        target = order.folder() / "input"
        url = file.get("url_private_download") or file.get("url_private") or ""
        whole = max(1, int(file.get("size") or kind.max_bytes))

        def arrived(size: int) -> None:
            order.progress("Downloading", min(1.0, size / whole))

        arrived(0)
        self._downloader.fetch(url, target, max_bytes=kind.max_bytes, name=name, arrived=arrived)
        return Input(path=target, name=name, kind=kind.name)

    def _message(self, order: Order) -> Input:
        """One message as input: a file that the skill takes, else its thread or its text."""
        message, skill = self._one(order.job), order.skill
        if given := self._attached(order, message):
            return given
        if skill.takes_thread:
            return self._conversation(order)
        text = self._names.plain(message)
        if skill.takes_text == 0:
            raise UserError(words.NO_FILE_IN_MESSAGE)
        if not text:
            raise UserError(words.NO_INPUT_THREAD)
        check_length(skill, text)
        return Input(text=text)

    def _attached(self, order: Order, message: dict[str, Any]) -> Input | None:
        """The first file of a message that the skill takes, None when there is none."""
        taken = taken_of(message.get("files") or [], order.skill.takes_files)
        if not taken:
            return None
        return replace(self._file(order, taken[0]), left_out=len(taken) - 1)

    def _one(self, job: Job) -> dict[str, Any]:
        found = self._client.conversations_replies(
            channel=job.source_channel,
            ts=job.source_thread or job.source_message,
            oldest=job.source_message,
            latest=job.source_message,
            inclusive=True,
            limit=2,
        )["messages"]
        for message in found:
            if message.get("ts") == job.source_message:
                return dict(message)
        raise UserError(words.UNKNOWN_LINK)
