"""ZIP: an archive of documents; `check_archive` has found that it unpacks to a sane size."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from core.errors import UserError
from skills.decode.document import Document
from skills.decode.members import Member, join, plain_name, read_members

NONE = (
    "This is an archive without a document that I can read: send PDF, Word, PowerPoint, text, "
    "web page or mail files in it."
)


def read_bundle(path: Path, *, room: Path, depth: int) -> Document:
    """The documents in an archive as one."""
    with zipfile.ZipFile(path) as archive:
        found = read_members(_members(archive), room=room, depth=depth)
    if not found.documents:
        raise UserError(NONE)
    return join(found)


def _members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """The files, without folders and what systems leave in archives."""
    files = [each for each in archive.infolist() if not each.is_dir() and not _is_litter(each)]
    counts = Counter(plain_name(each.filename) for each in files)
    for info in files:
        name = plain_name(info.filename)
        if counts[name] > 1:  # the same in several folders: told apart by the folder
            name = plain_name(info.filename.replace("/", " › "))

        def open_member(info: zipfile.ZipInfo = info) -> IO[bytes]:
            return archive.open(info)

        yield Member(name=name, open=open_member)


def _is_litter(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1] == "Thumbs.db"
