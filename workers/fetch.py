"""Fetches what a job is about: its text, a Slack file, a message or a whole thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core import words
from core.archive import Archive
from core.errors import TransientError, UserError
from core.job import Content, Job
from core.markup import unformat
from core.slack import in_our_words
from skills.kinds import kind_of
from skills.skill import Input, Message, Past, Progress, Skill
from workers.download import Downloader

MAX_MESSAGES = 1_000
Folder = Callable[[], Path]  # makes one


class Fetcher:
    """Turns a job into a skill's input."""

    def __init__(self, *, client: WebClient, downloader: Downloader, archive: Archive) -> None:
        self._client = client
        self._archive = archive
        self._downloader = downloader
        self._names: dict[str, str] = {}

    def input(
        self, job: Job, content: Content, skill: Skill[Any], folder: Folder, progress: Progress
    ) -> Input:
        """The input of a job; a file lands in the folder, made for it, under a name of ours.

        Raises UserError when it cannot be had, TransientError when Slack failed in passing.
        """
        try:
            if skill.looks_back:
                return self._past(job, content, skill.looks_back, progress)
            if job.file:
                return self._file(job.file, content, skill, folder, progress)
            if job.source_message:
                return self._message(job, content, skill, folder, progress)
            if job.source_thread:
                messages = tuple(self._thread(job))
                return Input(messages=messages, options=content.options, progress=progress)
        except SlackApiError as error:
            raise in_our_words(error, about_file=bool(job.file)) from error
        except OSError as error:
            raise TransientError(f"Slack could not be reached ({type(error).__name__}).") from error
        return Input(text=content.text, options=content.options, progress=progress)

    def _past(self, job: Job, content: Content, kind: str, progress: Progress) -> Input:
        """What was answered before in the channel where a job was asked, and nowhere else."""
        progress("Looking back", 0.0)
        url = str(self._client.auth_test()["url"])
        kept = self._archive.of_channel(kind, team=job.team, channel=job.channel)
        return Input(
            text=content.text,
            options=content.options,
            past=tuple(
                Past(
                    values=each.values,
                    at=each.at,
                    link=_link(url, each.channel, each.ts, each.thread),
                )
                for each in kept
            ),
            kept_days=self._archive.days,
            progress=progress,
        )

    def _file(
        self, id: str, content: Content, skill: Skill[Any], folder: Folder, progress: Progress
    ) -> Input:
        file = self._client.files_info(file=id)["file"]
        name = file.get("name") or file.get("title") or "the file"
        if file.get("mode") == "tombstone":
            raise UserError(words.GONE_FILE)
        if file.get("is_external") or file.get("mode") == "external":
            raise UserError(words.EXTERNAL_FILE)
        kind = kind_of(name=name, mimetype=file.get("mimetype", ""))
        if kind is None or kind not in skill.takes_files:
            taken = ", ".join(each.name for each in skill.takes_files)
            raise UserError(words.wrong_kind(name, skill.title, taken))
        if int(file.get("size") or 0) > kind.max_bytes:
            raise UserError(words.too_big(name, kind.max_bytes // (1024 * 1024)))
        target = folder() / "input"
        url = file.get("url_private_download") or file.get("url_private") or ""
        whole = max(1, int(file.get("size") or kind.max_bytes))

        def arrived(size: int) -> None:
            progress("Downloading", min(1.0, size / whole))

        arrived(0)
        self._downloader.fetch(url, target, max_bytes=kind.max_bytes, name=name, arrived=arrived)
        return Input(
            path=target, name=name, kind=kind.name, options=content.options, progress=progress
        )

    def _message(
        self, job: Job, content: Content, skill: Skill[Any], folder: Folder, progress: Progress
    ) -> Input:
        """One message as input: its file for a skill that takes files, else its text."""
        message = self._one(job)
        for file in message.get("files") or []:
            kind = kind_of(name=file.get("name") or "", mimetype=file.get("mimetype", ""))
            if kind in skill.takes_files:
                return self._file(file["id"], content, skill, folder, progress)
        text = self._plain(message)
        if skill.takes_text == 0:
            raise UserError(words.NO_FILE_IN_MESSAGE)
        if not text:
            raise UserError(words.NO_INPUT_THREAD)
        if len(text) > skill.takes_text:
            raise UserError(words.too_long(len(text), skill.title, skill.takes_text))
        return Input(text=text, options=content.options, progress=progress)

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

    def _thread(self, job: Job) -> list[Message]:
        """The people's messages of a thread, oldest first; the bot's own are left out."""
        own = self._client.auth_test()
        messages: list[Message] = []
        cursor = ""
        while len(messages) < MAX_MESSAGES:
            page = self._client.conversations_replies(
                channel=job.source_channel, ts=job.source_thread, limit=200, cursor=cursor or None
            )
            for each in page["messages"]:
                if _by_people(each, own["user_id"]):
                    messages.append(self._as_message(each, job, own["url"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return messages

    def _as_message(self, message: dict[str, Any], job: Job, url: str) -> Message:
        ts = str(message["ts"])
        return Message(
            author=self._name(message["user"]),
            text=self._plain(message),
            ts=ts,
            link=_link(url, job.source_channel, ts, job.source_thread),
        )

    def _plain(self, message: dict[str, Any]) -> str:
        return unformat(str(message.get("text") or ""), name_of=self._name).strip()

    def _name(self, user: str) -> str:
        """What colleagues call a person; the id when Slack does not tell."""
        if user not in self._names:
            try:
                profile = self._client.users_info(user=user)["user"]
                names = (profile.get("profile", {}).get("display_name"), profile.get("real_name"))
                self._names[user] = next(
                    (name for name in names if name), profile.get("name", user)
                )
            except SlackApiError:
                return user
        return self._names[user]


def _link(url: str, channel: str, ts: str, thread: str) -> str:
    """The permalink of a message; `url` is the workspace's."""
    link = f"{url}archives/{channel}/p{ts.replace('.', '')}"
    return link if ts == thread else f"{link}?thread_ts={thread}&cid={channel}"


def _by_people(message: dict[str, Any], bot: str) -> bool:
    """Whether it is a person's message to people: commands to the bot are not part of the talk."""
    text = str(message.get("text") or "")
    return bool(text and message.get("user") and message["user"] != bot) and f"<@{bot}" not in text
