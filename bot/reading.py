"""Reading a message: what was asked, of which skill, about what.

A mention with a file arrives as `message`, as `app_mention` or as both, with the files or without;
all of them become one job, because its key is the message's ts. Refusals are said once likewise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any

from slack_sdk import WebClient

from bot import front, naming, parse, problems, uploads
from bot.act import Act
from bot.desk import Desk
from bot.gate import Gate
from bot.help import Help
from bot.source import Source, named, source_of
from bot.speaker import Speaker
from core import words
from core.errors import TransientError, UserError
from core.markup import cut
from core.slack import FILE_NOT_READ, NOT_READ, our_errors
from skills.skill import Skill


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One message being read; `body` is the event's envelope, `bot` our own user id."""

    desk: Desk
    gate: Gate
    speaker: Speaker
    help: Help
    client: WebClient
    body: dict[str, Any]
    event: dict[str, Any]
    bot: str

    @property
    def _direct(self) -> bool:
        return self.event.get("channel_type") == "im" or self._channel.startswith("D")

    @property
    def _mentioned(self) -> bool:
        return parse.mentions(self.event.get("text") or "", self.bot)

    @property
    def _asked(self) -> bool:
        """Whether the bot was spoken to: an upload in a channel is meant for the people there."""
        return self._direct or self._mentioned

    @property
    def _text(self) -> str:
        return parse.after_mention(self.event.get("text") or "", self.bot)

    @property
    def _channel(self) -> str:
        return str(self.event["channel"])

    def handle(self) -> None:
        """Queue what was asked; say in the thread what cannot be done."""
        files = self.event.get("files") or []
        if not (self._asked or (files and self._automatic())):
            return
        if self.body.get("is_ext_shared_channel"):
            if self._mentioned:  # an upload between the companies is none of our business
                self.speaker.refuse(self._act(), "external", words.EXTERNAL)
            return
        if files:
            self._files(files)
        else:
            self._try("text", self._words)

    def _automatic(self) -> bool:
        return self.desk.automatic(channel=self._channel, user=self.event["user"])

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
            file = self.client.files_info(file=file["id"])["file"]
        name = file.get("name") or file.get("title") or "the file"
        if file.get("mode") == "tombstone" or file.get("file_access") == "file_not_found":
            raise UserError(words.GONE_FILE)
        if file.get("file_access") == "access_denied":
            raise UserError(words.NO_FILE_ACCESS)
        if file.get("is_external") or file.get("mode") == "external":
            raise UserError(words.EXTERNAL_FILE)
        skill = uploads.choose(
            self.desk.catalog,
            name=name,
            mimetype=file.get("mimetype", ""),
            wanted=wanted,
            option=self._option(rest) if self._asked else "",
        )
        act, may = self._act(), self.desk.policy.admits
        if not self._asked and not may(skill=skill.name, channel=act.channel, user=act.user):
            return
        asked = self._ask(skill, rest if self._asked else "", beside_a_file=True)
        self.desk.take(skill, act, asked, Source(file=file["id"], name=name))

    def _wanted(self) -> tuple[Skill[Any] | None, str]:
        """The skill named by the first word, if any, and the words for it, options first."""
        if not self._asked:
            return None, self._text
        options, said = front.in_front(self._text, self.desk.catalog)
        name, rest = naming.skill_word(said, self.desk.catalog)
        return self.desk.catalog.get(name), f"{options} {rest}".strip()

    def _option(self, rest: str) -> str:
        """The name of the option in front: it may tell what is wanted where no skill is named."""
        return front.first_name(front.in_front(rest, self.desk.catalog)[0])

    def _words(self) -> None:
        skill, rest = self._wanted()
        if skill is None and naming.only_thanks(rest):
            return
        if naming.asks_for_help(rest) or (skill is None and naming.asks_what_it_does(rest)):
            self.speaker.say(self._act(), "text", self.help.of(skill) if skill else self.help.all())
            return
        skill = skill or self._meant(rest)
        if skill.takes_channel and not rest and naming.means_channel(self._text):
            rest = "this channel"
        asked = self._ask(skill, rest)
        nothing_said = not (asked.link or asked.text or asked.period)
        source = self._surroundings(skill) if nothing_said else self._source(skill, asked)
        self.desk.take(skill, self._act(), asked, source)

    def _meant(self, rest: str) -> Skill[Any]:
        """The skill whose name is an option's, too: "redact:yes my number is …".

        Raises UserError when no word tells which one is meant.
        """
        options, said = front.in_front(rest, self.desk.catalog)
        option = front.first_name(options)
        if options and not said:
            raise UserError(words.option_alone(options, front.owners(option, self.desk.catalog)))
        if skill := self.desk.catalog.get(option):
            return skill
        raise UserError(self._start())

    def _ask(self, skill: Skill[Any], text: str, *, beside_a_file: bool = False) -> parse.Asked:
        asked = (parse.about_a_file if beside_a_file else parse.ask)(skill, text)
        if asked.private and not self._direct:
            raise UserError(words.NOT_PRIVATE)
        return asked

    def _surroundings(self, skill: Skill[Any]) -> Source:
        """ "@readymade summarize" in a thread means that thread, or the message it began with."""
        thread = self.event.get("thread_ts")
        if not thread or skill.looks_back:
            return Source()
        if skill.takes_thread:
            return Source(channel=self._channel, thread=thread)
        return Source(channel=self._channel, message=thread, thread=thread)

    def _source(self, skill: Skill[Any], asked: parse.Asked) -> Source:
        """What was named; another channel only in a direct message, by somebody who is in it."""
        clock = partial(self.gate.clock, self.event["user"])
        source = source_of(skill, asked, self._channel, clock=clock, abroad=self._direct)
        if source.channel in ("", self._channel):
            return source
        there = self.gate.admit_reader(channel=source.channel, user=self.event["user"])
        return named(source, there)

    def _start(self) -> str:
        word, _ = naming.first_word(self._text)
        skills = ", ".join(self.desk.catalog)
        strange = word and word not in naming.GREETINGS
        unknown = f"I don't know “{cut(word, 40)}”. " if strange and self._mentioned else ""
        for near in get_close_matches(word, self.desk.catalog, 1, 0.7):
            unknown = f"I don't know “{cut(word, 40)}”. Did you mean {near}? "
        return (
            f"{unknown}Start with one of these words: {skills}; or upload "
            f"{uploads.taken(self.desk.catalog)}. /readymade shows examples."
        )

    def _act(self) -> Act:
        return Act(
            team=self.body.get("team_id") or self.event.get("team") or "",
            enterprise=self.body.get("enterprise_id") or "",
            channel=self._channel,
            user=self.event["user"],
            id=self.event["ts"],
            thread=self.event.get("thread_ts") or self.event["ts"],
        )

    def _try(self, part: str, take: Callable[[], None]) -> None:
        """Take a part of the message (its words, a file), or say once why not.

        Raises TransientError: the event is not acknowledged, so that Slack tells it again.
        """
        try:
            with our_errors(**(NOT_READ if part == "text" else FILE_NOT_READ)):
                if self._admitted():
                    take()
        except TransientError:
            raise
        except Exception as error:
            text = problems.in_words(error)
            self.speaker.refuse(self._act(), part, text, alone=not self._asked)

    def _admitted(self) -> bool:
        """False for a guest who asked for nothing; raises UserError for one who did."""
        try:
            self.gate.admit_person(self.event["user"])
        except UserError:
            if self._asked:
                raise
            return False
        return True
