"""Messages: uploads, direct messages and mentions, which Slack tells in more than one event.

A mention with a file arrives as `message`, as `app_mention` or as both, with the files or without;
all of them become one job, because its key is the message's ts. Refusals are said once likewise.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import parse, problems
from bot.desk import Act, Desk, Source, source_of
from bot.gate import Gate
from bot.refusals import Refusals
from core import words
from core.errors import TransientError, UserError
from core.markup import cut
from core.slack import in_our_words, transient
from skills.skill import Skill

PEOPLE_WRITE = {None, "file_share", "thread_broadcast"}


def register(app: App, *, desk: Desk, gate: Gate, refusals: Refusals, client: WebClient) -> None:
    """`message` and `app_mention` lead to the same function; `client` is a punctual one."""

    def read(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
        Reading(
            desk=desk, gate=gate, refusals=refusals, client=client,
            body=body, event=event, bot=context.bot_user_id or "",
        ).handle()  # fmt: skip

    @app.event("message")
    def on_message(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
        if _from_a_person(event, context):
            read(body, event, context)

    @app.event("app_mention")
    def on_mention(body: dict[str, Any], event: dict[str, Any], context: BoltContext) -> None:
        if _from_a_person(event, context):
            read(body, _with_files(client, event), context)

    @app.event("file_shared")
    def on_file_shared() -> None:
        """Nothing: the `message` of the same upload has the text and the ts, this event has not."""


def _from_a_person(event: dict[str, Any], context: BoltContext) -> bool:
    person = event.get("user") and event.get("ts") and not event.get("bot_id")
    return bool(
        person and event.get("subtype") in PEOPLE_WRITE and event["user"] != context.bot_user_id
    )


def _with_files(client: WebClient, event: dict[str, Any]) -> dict[str, Any]:
    """The mention as its message shows it: `app_mention` may come without its files."""
    if event.get("files"):
        return event
    try:
        found = client.conversations_replies(
            channel=event["channel"], ts=event.get("thread_ts") or event["ts"], oldest=event["ts"],
            latest=event["ts"], inclusive=True, limit=2,
        )["messages"]  # fmt: skip
    except (SlackApiError, OSError) as error:
        if passing := transient(error):
            raise passing from error  # Slack tells us again
        return event  # without permission to read history the event is all there is
    same = [message for message in found if message.get("ts") == event["ts"]]
    return {**event, "files": same[0].get("files", [])} if same else event


class Reading:
    """One message being read: what was asked, of which skill, about what."""

    def __init__(
        self,
        *,
        desk: Desk,
        gate: Gate,
        refusals: Refusals,
        client: WebClient,
        body: dict[str, Any],
        event: dict[str, Any],
        bot: str,
    ) -> None:
        self._desk = desk
        self._gate = gate
        self._refusals = refusals
        self._client = client
        self._event = event
        self._body = body
        self._direct = self._event.get("channel_type") == "im" or self._channel.startswith("D")
        self._mentioned = parse.mentions(self._event.get("text") or "", bot)
        self._text = parse.after_mention(self._event.get("text") or "", bot)

    @property
    def _channel(self) -> str:
        return str(self._event["channel"])

    def handle(self) -> None:
        """Queue what was asked; say in the thread what cannot be done."""
        files = self._event.get("files") or []
        if not files and not self._direct and not self._mentioned:
            return
        if self._body.get("is_ext_shared_channel"):
            if self._mentioned:  # an upload between the companies is none of our business
                self._refusals.say(self._act(), "external", words.EXTERNAL)
            return
        if files:
            self._files(files)
        else:
            self._try("text", self._words)

    def _files(self, files: list[dict[str, Any]]) -> None:
        """Try each; when one has to wait, Slack tells of the others again, which is harmless."""
        wanted, rest = self._wanted()
        passing: TransientError | None = None
        for file in files:
            try:
                self._try(file["id"], partial(self._file, file, wanted, rest))
            except TransientError as error:
                passing = error
        if passing:
            raise passing

    def _file(self, file: dict[str, Any], wanted: Skill[Any] | None, rest: str) -> None:
        if file.get("file_access") == "check_file_info":  # a file from another company's workspace
            file = self._client.files_info(file=file["id"])["file"]
        name = file.get("name") or file.get("title") or "the file"
        if file.get("mode") == "tombstone" or file.get("file_access") == "file_not_found":
            raise UserError(words.GONE_FILE)
        if file.get("file_access") == "access_denied":
            raise UserError(words.NO_FILE_ACCESS)
        if file.get("is_external") or file.get("mode") == "external":
            raise UserError(words.EXTERNAL_FILE)
        skill = self._desk.choose(name=name, mimetype=file.get("mimetype", ""), wanted=wanted)
        asked = self._ask(skill, rest if wanted else "")
        self._desk.take(skill, self._act(), asked, Source(file=file["id"], name=name))

    def _wanted(self) -> tuple[Skill[Any] | None, str]:
        """The skill named by the first word, if any, and the words after it."""
        if not (self._mentioned or self._direct):
            return None, self._text
        name, rest = parse.skill_word(self._text, self._desk.catalog)
        return self._desk.catalog.get(name), rest

    def _words(self) -> None:
        skill, rest = self._wanted()
        if skill is None:
            raise UserError(self._help())
        asked = self._ask(skill, rest)
        nothing_said = not asked.link and not asked.text
        source = (
            self._surroundings(skill) if nothing_said else source_of(skill, asked, self._channel)
        )
        self._desk.take(skill, self._act(), asked, source)

    def _ask(self, skill: Skill[Any], text: str) -> parse.Asked:
        asked = parse.ask(skill, text)
        if asked.private and not self._direct:
            raise UserError(words.NOT_PRIVATE)
        return asked

    def _surroundings(self, skill: Skill[Any]) -> Source:
        """ "@readymade summarize" in a thread means that thread, or the message it began with."""
        thread = self._event.get("thread_ts")
        if not thread:
            return Source()
        if skill.takes_thread:
            return Source(channel=self._channel, thread=thread)
        return Source(channel=self._channel, message=thread, thread=thread)

    def _help(self) -> str:
        word, _ = parse.first_word(self._text)
        skills = ", ".join(self._desk.catalog)
        strange = word and word not in parse.GREETINGS
        unknown = f"I don't know “{cut(word, 40)}”. " if strange and self._mentioned else ""
        return (
            f"{unknown}Start with one of these words: {skills}; or upload "
            f"{self._desk.taken()}. /readymade shows examples."
        )

    def _act(self) -> Act:
        return Act(
            team=self._body.get("team_id") or self._event.get("team") or "",
            enterprise=self._body.get("enterprise_id") or "",
            channel=self._channel,
            user=self._event["user"],
            id=self._event["ts"],
            thread=self._event.get("thread_ts") or self._event["ts"],
        )

    def _try(self, part: str, take: Callable[[], None]) -> None:
        """Take a part of the message (its words, a file), or say once why not.

        Raises TransientError: the event is not acknowledged, so that Slack tells it again.
        """
        try:
            self._gate.admit_person(self._event["user"])
            take()
        except TransientError:
            raise
        except Exception as error:
            self._refusals.say(self._act(), part, _in_words(error, about_file=part != "text"))


def _in_words(error: Exception, *, about_file: bool) -> str:
    """What is said about an error; raises TransientError for one that passes."""
    if isinstance(error, SlackApiError):
        error = in_our_words(error, about_file=about_file)
    if passing := transient(error):
        raise passing from error
    if isinstance(error, TransientError):
        raise error
    return problems.in_words(error)
