"""The kinds of file that skills take, with the limits that hold at every door."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePath
from typing import Any

from core import words
from core.errors import UserError
from skills.skill import FileKind, Skill

MOST_TYPED = 40_000  # characters of a text that needs no file

MIB = 1024 * 1024

RECORDING = FileKind(
    name="recordings",
    extensions=(
        ".wav", ".mp3", ".m4a", ".mp4", ".mov", ".ogg", ".oga", ".opus", ".flac", ".webm", ".mkv",
        ".aac", ".amr", ".wma", ".aif", ".aiff", ".avi", ".3gp", ".mpeg", ".mpga", ".au",
    ),
    mimetypes=("audio/", "video/"),
    max_bytes=1024 * MIB,
)  # fmt: skip
DOCUMENT = FileKind(
    name="documents",
    extensions=(
        ".pdf", ".docx", ".txt", ".md", ".pptx", ".html", ".htm", ".eml", ".zip", ".markdown",
        ".text", ".rst",
    ),
    mimetypes=(
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "text/plain",
        "text/markdown",
        "text/html",
        "message/rfc822",
    ),
    max_bytes=100 * MIB,
)  # fmt: skip
IMAGE = FileKind(
    name="images",
    extensions=(".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp"),
    mimetypes=("image/",),
    max_bytes=50 * MIB,
)
TABLE = FileKind(
    name="tables",
    extensions=(".csv", ".tsv", ".xlsx"),
    mimetypes=(
        "text/csv",
        "text/tab-separated-values",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    max_bytes=50 * MIB,
)
KINDS = (TABLE, DOCUMENT, IMAGE, RECORDING)


def kind_of(*, name: str, mimetype: str = "") -> FileKind | None:
    """The kind a file claims to be, by extension first (mimetypes from clients are often wrong)."""
    suffix = PurePath(name).suffix.lower()
    for kind in KINDS:
        if suffix in kind.extensions:
            return kind
    return next((kind for kind in KINDS if mimetype.startswith(kind.mimetypes)), None)


def taken_of(files: Iterable[Mapping[str, Any]], kinds: Collection[FileKind]) -> list[str]:
    """The ids of those of a message's files, as Slack describes them, that are of these kinds."""
    return [
        str(file["id"])
        for file in files
        if kind_of(name=file.get("name") or "", mimetype=file.get("mimetype") or "") in kinds
    ]


def taken_by(skill: Skill[Any]) -> str:
    """The kinds of file that a skill takes, in words; "" for none."""
    return words.listed([kind.name for kind in skill.takes_files])


def check_length(skill: Skill[Any], text: str) -> None:
    """Raises UserError for a text above the limit of a skill; it names the files that are taken."""
    if len(text) <= skill.takes_text:
        return
    mention = f"@Readymade {skill.name}" if DOCUMENT in skill.takes_files else ""
    limit, taken = skill.takes_text, taken_by(skill)
    raise UserError(words.too_long(len(text), skill.title, limit, mention=mention, taken=taken))
