"""Talk: the messages of a thread or a channel as remarks, and who could have heard which.

A remark is one sentence as it was written. What somebody quoted or pasted as code is nobody's
remark here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skills.decode.sentences import split_sentences
from skills.skill import Message
from skills.texts.question import FUNCTION_WORDS

CODE = re.compile(r"```.*?(?:```|$)|`[^`\n]*`", re.DOTALL)
QUOTED = re.compile(r"^\s*(?:>|&gt;)")
BULLET = re.compile(r"^\s*(?:[•▪◦●○■‣·*–—-]|\d{1,2}[.)]|\[[ xX]?\])\s+")
ASKED = re.compile(r"(?<=\?)\s+(?=\w)")  # also where people go on in small letters
# Words that a sentence only begins with.
BEGINS = re.compile(
    r"^\W*(?:(?:hey|hi|hello|morning)(?: (?:all|everyone|everybody|team|folks|there|guys))?|ok"
    r"|okay|so"
    r"|and|also|but|then|btw|um+|uh+|well|oh)\b[\s,:!–—-]*(?=\S)",
    re.IGNORECASE,
)
CALLS = re.compile(r"\s*[,:–—]|\s+(?:please|pls|(?:can|could|would|will) you)\b", re.IGNORECASE)
LONGEST = 600  # a longer sentence is a paste
NEARBY = 6  # messages of a channel that may still speak to the one before
NEARBY_SECONDS = 3600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """One sentence; `message` is the place of its message, `last` whether nothing follows it there.

    `bare` is the sentence without its bullet and without the people whom it calls at its beginning.
    """

    text: str
    message: int
    author: str
    first: bool
    last: bool
    bare: str

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return self.text.rstrip(" \"'”’)*_!").endswith(("?", "？"))


class Talk:
    """Messages in the order they were written in."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.people = _people(messages)
        self.names = _any_of(self.people)
        self.remarks = [remark for place in range(len(messages)) for remark in self._said(place)]
        self._of: dict[int, list[Remark]] = {}
        for each in self.remarks:
            self._of.setdefault(each.message, []).append(each)
        self._threads: dict[str, list[int]] = {}
        for place, message in enumerate(messages):
            self._threads.setdefault(message.thread, []).append(place)
        self._roots = [place for place, each in enumerate(messages) if each.thread in ("", each.ts)]

    def of(self, message: int) -> list[Remark]:
        """The remarks of one message."""
        return self._of.get(message, [])

    def after(self, message: int) -> list[int]:
        """The messages that may speak to this one: the rest of its thread, or what was said next.

        In a channel, where people also answer below instead of in the thread, that is what a few
        messages within the hour say.
        """
        thread = self._threads[self.messages[message].thread]
        following = thread[bisect_right(thread, message) :]
        if following or not self._in_a_channel(message):
            return following
        later = self._roots[bisect_right(self._roots, message) :][:NEARBY]
        return [place for place in later if self._near(message, place)]

    def before(self, message: int) -> list[int]:
        """The messages that this one may speak to, the nearest first."""
        thread = self._threads[self.messages[message].thread]
        earlier = thread[: bisect_left(thread, message)][::-1]
        if earlier or not self._in_a_channel(message):
            return earlier
        before = self._roots[: bisect_left(self._roots, message)][: -NEARBY - 1 : -1]
        return [place for place in before if self._near(place, message)]

    def _in_a_channel(self, message: int) -> bool:
        """Whether it stands in a channel, and not below a message."""
        own = self.messages[message]
        return bool(own.thread) and own.thread == own.ts and len(self._threads) > 1

    def _near(self, one: int, other: int) -> bool:
        return float(self.messages[other].ts) - float(self.messages[one].ts) < NEARBY_SECONDS

    def _said(self, place: int) -> list[Remark]:
        message = self.messages[place]
        sentences = [
            sentence
            for line in CODE.sub(" ", message.text).splitlines()
            if not QUOTED.match(line)
            for part in split_sentences(BULLET.sub("", line).strip())
            for sentence in ASKED.split(part)
            if len(sentence) <= LONGEST and any(letter.isalnum() for letter in sentence)
        ]
        return [
            Remark(
                text=sentence,
                message=place,
                author=message.author,
                first=number == 0,
                last=number == len(sentences) - 1,
                bare=_without_calls(sentence, self.names),
            )
            for number, sentence in enumerate(sentences)
        ]


def _people(messages: Sequence[Message]) -> dict[str, str]:
    """Everybody who wrote or was mentioned, by the whole name and by the first, in lower case.

    A first name that two people share is nobody's.
    """
    names = dict.fromkeys(
        name for each in messages for name in (each.author, *each.mentions) if name.strip()
    )
    found = {name.lower(): name for name in names}
    first: dict[str, list[str]] = {}
    for name in names:
        first.setdefault(name.split()[0].lower(), []).append(name)
    alone = {word: own[0] for word, own in first.items() if len(own) == 1}
    return {word: name for word, name in alone.items() if word not in FUNCTION_WORDS} | found


def _any_of(people: Iterable[str]) -> re.Pattern[str]:
    """One of these names, the longest that is there."""
    names = "|".join(re.escape(name) for name in sorted(people, key=len, reverse=True))
    return re.compile(rf"(?:{names or '(?!)'})(?!\w)", re.IGNORECASE)


def _without_calls(sentence: str, names: re.Pattern[str]) -> str:
    """ "@ana, can you …" → "can you …"; "hey ana, can you …" likewise."""
    rest = BEGINS.sub("", sentence)
    while (name := name_at(rest, names)) is not None:
        rest = rest[len(name) :].lstrip(" ,:;–—-")
        rest = re.sub(r"^(?:and|&)\s+(?=@)", "", rest)
    return rest


def name_at(text: str, names: re.Pattern[str]) -> str | None:
    """The words at its beginning that call somebody: "@ana", "Ana,", "Ana please"; else None."""
    if text.startswith("@"):
        found = names.match(text, 1) or re.match(r"@[\w.-]*\w", text)
        return text[: found.end()] if found else None
    found = names.match(text)
    return found[0] if found and CALLS.match(text, found.end()) else None
