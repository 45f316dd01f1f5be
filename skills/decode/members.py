"""Members: the files within a file (an archive, a mail), read one by one and put together.

What is not read is named in a note, never dropped in silence. It runs in the sandbox only.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from core.errors import UserError
from skills.decode.damage import refusing_damage
from skills.decode.document import MOST_CHARACTERS, MOST_PASSAGES, Document, Held, Passage
from skills.decode.formats import read_file
from skills.decode.grids import Grid
from skills.kinds import DOCUMENT, TABLE, kind_of

MOST_MEMBERS = 20
MOST_SECONDS = 20.0  # of the 30 that a document has in all
MOST_DEPTH = 1
LONGEST_NAME = 80
MOST_NAMED = 5
PIECE = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A file within a file: its name, only ever a name, and how to get at its bytes.

    `mimetype` is what it is said to be, "" where nothing says it.
    """

    name: str
    open: Callable[[], IO[bytes]]
    mimetype: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """The documents that were read, by their names, and the names of the rest, with why."""

    documents: list[tuple[str, Document]]
    unread: list[str]


def read_members(
    members: Iterable[Member], *, room: Path, depth: int, archives: bool = False
) -> Read:
    """Each member of a kind that is read, as far as number and time allow.

    `archives` says whether those among them are opened; nothing is that lies two levels deep.
    """
    documents: list[tuple[str, Document]] = []
    unread: list[str] = []
    start = time.monotonic()
    left = MOST_CHARACTERS
    for number, member in enumerate(members):
        if not _is_readable(member, depth=depth, archives=archives):
            unread.append(f"{member.name} (no document)")
        elif len(documents) >= MOST_MEMBERS or time.monotonic() - start > MOST_SECONDS or left <= 0:
            unread.append(f"{member.name} (too much at once)")
        else:
            try:
                found = _read(member, room / f"member-{depth}-{number}", room=room, depth=depth)
            except UserError:
                unread.append(f"{member.name} (unreadable)")
                continue
            documents.append((member.name, found))
            left -= sum(len(each.text) for each in found.passages)
    return Read(documents=documents, unread=unread)


def plain_name(name: str) -> str:
    """A member's own name without its folders, short and on one line."""
    clean = "".join(each for each in PurePosixPath(name.replace("\\", "/")).name if each >= " ")
    return clean if len(clean) <= LONGEST_NAME else f"{clean[: LONGEST_NAME - 1]}…"


def join(
    read: Read, *, first: Sequence[Passage] = (), grids: Sequence[Grid] = (), name: str = ""
) -> Document:
    """One document of several; the members' passages are told apart by their sources.

    `first` are passages in front of them (a mail's own words), `grids` the tables of these, and
    `name` what they are called.
    """
    parts = ([name] if first else []) + [each for each, _ in read.documents]
    passages = list(first)
    grids = list(grids)
    for number, (member, found) in enumerate(read.documents, start=bool(first)):
        passages += _moved(found, member, part=number, table=len(grids))
        grids += [replace(grid, source=f"{member}, {grid.source}") for grid in found.grids]
    if len(passages) > MOST_PASSAGES:
        raise UserError(f"These are more than {MOST_PASSAGES:,} paragraphs: please send fewer.")
    held = [
        replace(each, part=number, name=f"{member}, {each.name}" if each.name else member)
        for number, (member, found) in enumerate(read.documents, start=bool(first))
        for each in found.held
    ]
    scanned = {each.name for each in held}  # told once they are read
    told = [(each, found) for each, found in read.documents if each not in scanned]
    notes = [f"{each}: {_coverage(found)}." for each, found in told]
    notes += [f"{each}: {note}" for each, found in told for note in found.notes]
    if read.unread:
        more = len(read.unread) - MOST_NAMED
        rest = f" and {more} more" if more > 0 else ""
        notes.append(f"Not read: {', '.join(read.unread[:MOST_NAMED])}{rest}.")
    return Document(
        passages=passages,
        unit="document",
        read=len(parts),
        total=len(parts) + len(read.unread),
        notes=tuple(notes),
        grids=tuple(grids),
        parts=tuple(parts) if len(parts) > 1 else (),
        held=tuple(held),
    )


def _moved(found: Document, member: str, *, part: int, table: int) -> Iterator[Passage]:
    """A member's passages as those of the whole."""
    for each in found.passages:
        yield replace(
            each,
            source=f"{member}, {each.source}",
            turns=tuple((place, f"{member}, {there}") for place, there in each.turns),
            table=each.table + table if each.table >= 0 else -1,
            part=part,
        )


def _coverage(found: Document) -> str:
    """ "12 of 12 pages" """
    units = found.unit if found.total == 1 else f"{found.unit}s"
    of = f"{found.read:,} of " if found.unit in ("page", "slide", "sheet", "document") else ""
    return f"{of}{found.total:,} {units}"


def _is_readable(member: Member, *, depth: int, archives: bool) -> bool:
    """Whether it is a document that is opened here, by its name or by what it is said to be."""
    kind, ending = kind_of(name=member.name, mimetype=member.mimetype), member.name.lower()[-4:]
    if ending in (".zip", ".eml") and (depth >= MOST_DEPTH or (ending == ".zip" and not archives)):
        return False
    return kind in (TABLE, DOCUMENT)


def _read(member: Member, path: Path, *, room: Path, depth: int) -> Document:
    """One member, written out for its reader and removed again."""
    size = 0
    try:
        with refusing_damage("damaged"):
            with member.open() as source, path.open("wb") as target:
                while piece := source.read(PIECE):
                    size += len(piece)
                    if size > DOCUMENT.max_bytes:
                        raise UserError("too large")
                    target.write(piece)
            if not size:
                raise UserError("empty")
            parts = read_file(path, room=room, depth=depth + 1)
            last = deque((_keep(each, path, room=room) for each in parts), maxlen=1)
    finally:
        path.unlink(missing_ok=True)
    if not last or not (last[0].held or any(each.text for each in last[0].passages)):
        raise UserError("no words")
    return last[0]


def _keep(found: Document, path: Path, *, room: Path) -> Document:
    """A scan's file is kept where it is read next, once its pages are known."""
    if not found.scans:
        return found
    kept = path.rename(room / f"scan-{len(list(room.glob('scan-*')))}")
    held = Held(
        part=0, name="", file=kept.name, pages=found.scans, read=found.read, total=found.total
    )
    return replace(found, scans=(), held=(held,))
