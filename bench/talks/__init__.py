"""Conversations made up to measure minutes with, and how they are read: see `seen.txt`.

They go the way that Slack's messages go: notices and other apps' messages are sorted out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.markup import unformat
from skills.skill import Message
from workers.pile import Pile

FOLDER = Path(__file__).parent
START, MINUTE, HOUR = 1_700_000_000, 60, 3600
MARK = re.compile(r"\s*##(?P<kind>[DQTX])(?:=(?P<owner>[\w ]*\w|-))?")
TITLE = re.compile(r"={1,2} (?P<name>.+)")
PAUSE = re.compile(r"~ (?P<count>\d+)(?P<unit>[mh])")
LINE = re.compile(r"(?P<below>  )?(?P<app>\* )?(?P<author>[^:]+): (?P<text>.*)")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What should be listed of a message: `kind` D, Q, T or, where it is done, X."""

    kind: str
    owner: str
    message: str  # its ts


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One conversation, its messages as a skill gets them."""

    name: str
    messages: tuple[Message, ...]
    marks: tuple[Mark, ...]


def read_talks(path: Path) -> Iterator[Talk]:
    """The conversations of a file."""
    for part in re.split(r"^(?==)", path.read_text(), flags=re.MULTILINE)[1:]:
        yield _talk(part.splitlines())


def _talk(lines: list[str]) -> Talk:
    title, *rest = lines
    name = title.lstrip("= ")
    in_thread = title.startswith("==")
    clock, root = START, ""
    marks: list[Mark] = []
    pile = Pile(bot="UREADYMADE", bot_id="BREADYMADE")
    for line in rest:
        if pause := PAUSE.fullmatch(line):
            clock += int(pause["count"]) * (HOUR if pause["unit"] == "h" else MINUTE)
            continue
        said = LINE.fullmatch(line)
        if said is None:
            raise ValueError(f"{name}: {line!r} is no message")
        clock += MINUTE
        ts = f"{clock}.000000"
        root = root if root and (in_thread or said["below"]) else ts
        marks += [
            Mark(kind=each["kind"], owner=each["owner"] or "", message=ts)
            for each in MARK.finditer(said["text"])
        ]
        app = {"bot_id": "BOTHER"} if said["app"] else {}
        text = MARK.sub("", said["text"]).replace("\\n", "\n")
        pile.add({"ts": ts, "thread_ts": root, "user": said["author"], "text": text, **app})
    messages = pile.messages()
    people = {each["user"] for each in messages}
    return Talk(
        name=name,
        messages=tuple(_message(each, people, in_thread=in_thread) for each in messages),
        marks=tuple(marks),
    )


def _message(raw: dict[str, Any], people: set[str], *, in_thread: bool) -> Message:
    return Message(
        author=raw["user"],
        text=unformat(raw["text"]),
        ts=raw["ts"],
        link=raw["ts"],
        thread=raw["thread_ts"],
        when="" if in_thread else raw["ts"],
        mentions=tuple(name for name in sorted(people) if f"@{name}" in raw["text"]),
    )
