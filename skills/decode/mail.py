"""EML: who wrote when about what, the words, and the attachments that are documents."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from itertools import groupby, islice
from pathlib import Path
from typing import IO

from core.errors import UserError
from skills.decode.damage import refusing_damage
from skills.decode.document import DAMAGED, QUOTED, Document, Passage, collect
from skills.decode.grids import Grid
from skills.decode.members import Member, join, plain_name, read_members
from skills.decode.plain import number_blocks
from skills.decode.web import show_page

SHOWN = ("From", "To", "Cc", "Date")
ENCRYPTED = (
    "This mail is encrypted: open it in your mail program, save its text or its attachment and "
    "send that."
)
NAME = "the mail"
MOST_PARTS = 1_000
TOO_MANY_PARTS = f"This mail has more than {MOST_PARTS:,} parts: save what you need of it."
BOUNDARY = re.compile(rb'(?i)boundary\s{0,9}=\s{0,9}(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))')
SIGNATURES = ("application/pkcs7-signature", "application/pgp-signature")


def read_mail(path: Path, *, room: Path, depth: int) -> Document:
    """A mail's words, and after them its attachments as documents of their own."""
    content = path.read_bytes()
    if _count_borders(content) > MOST_PARTS:  # parsing it would take half a minute
        raise UserError(TOO_MANY_PARTS)
    with refusing_damage(DAMAGED):
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage), "the policy makes these"
        if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
            raise UserError(ENCRYPTED)
        said, files = _sort(message)
        words, grids = collect(_words(message, said))
        found = read_members(_attachments(files), room=room, depth=depth, archives=True)
    if found.documents or found.unread:
        return join(found, first=words, grids=grids, name=NAME)
    count = sum(each.source.startswith("paragraph") for each in words)
    return Document(passages=words, unit="paragraph", read=count, total=count, grids=grids)


def _count_borders(content: bytes) -> int:
    """How many lines begin a part, at least about so."""
    borders = {quoted or plain for quoted, plain in BOUNDARY.findall(content)}
    lines = (line for line in content.splitlines() if line.startswith(b"--"))
    return sum(line[2:].rstrip() in borders for line in lines)


def _sort(message: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage]]:
    """The parts with the mail's own words, in order, and those that are files.

    Of words that are there twice the plain ones are taken, unless they are only a blank.
    """
    leaves = list(islice(_leaves(message), MOST_PARTS + 1))
    if len(leaves) > MOST_PARTS:
        raise UserError(TOO_MANY_PARTS)
    texts = [(part, "alternative" in within) for part, within in leaves if _is_text(part)]
    plain = any(twice and _is_plain(part) and _text(part).strip() for part, twice in texts)
    words = [part for part, twice in texts if not twice or _is_plain(part) == plain]
    files = [
        part for part, within in leaves if not (_is_text(part) or _is_of_the_text(part, within))
    ]
    return words, files


def _leaves(
    part: EmailMessage, within: frozenset[str] = frozenset()
) -> Iterator[tuple[EmailMessage, frozenset[str]]]:
    """The parts without parts of their own, with the kinds of those that they are in."""
    if part.get_content_maintype() != "multipart":
        yield part, within
        return
    within |= {part.get_content_subtype()}
    for each in part.iter_parts():
        if isinstance(each, EmailMessage):
            yield from _leaves(each, within)


def _is_text(part: EmailMessage) -> bool:
    """Whether a part is shown as the mail's words, and is no file."""
    kinds = ("text/plain", "text/html")
    return not part.get_filename() and not part.is_attachment() and part.get_content_type() in kinds


def _is_plain(part: EmailMessage) -> bool:
    return part.get_content_subtype() == "plain"


def _is_of_the_text(part: EmailMessage, within: frozenset[str]) -> bool:
    """Signatures, and pictures that stand in the text: a logo, a smiley."""
    if part.get_content_maintype() != "image":
        return part.get_content_type() in SIGNATURES
    shown = "related" in within or (bool(part.get("Content-ID")) and not part.is_attachment())
    return shown or not part.get_filename()


def _words(message: EmailMessage, said: list[EmailMessage]) -> Iterator[Passage | Grid]:
    """The subject, the header's lines that people know, paragraphs and tables of the text."""
    if subject := _header(message, "Subject"):
        yield Passage(text=subject, source="subject", heading=True, level=1)
    lines = [f"{name}: {value}" for name in SHOWN if (value := _header(message, name))]
    if lines:
        yield Passage(text="; ".join(lines), source="header")
    number = tables = 0
    for each, quoted in (found for part in said for found in _blocks(part)):
        if isinstance(each, Grid):
            tables += 1
            yield replace(each, source=f"table {tables}")
        else:
            number += 1
            yield replace(each, source=f"paragraph {number}{QUOTED if quoted else ''}")


def _blocks(part: EmailMessage) -> Iterator[tuple[Passage | Grid, bool]]:
    """Paragraphs and tables, and whether each is of an earlier mail."""
    if not _is_plain(part):
        page = show_page(_raw(part), charset=part.get_content_charset() or "")
        yield from ((each, False) for each in page)
        return
    for quoted, lines in groupby(_text(part).splitlines(), key=lambda line: line[:1] == ">"):
        yield from ((each, quoted) for each in number_blocks("\n".join(lines)))


def _text(part: EmailMessage) -> str:
    charset = part.get_content_charset() or "utf-8"
    try:
        return _raw(part).decode(charset, "replace")
    except LookupError:  # a charset that nobody knows
        return _raw(part).decode("utf-8", "replace")


def _raw(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: EmailMessage, name: str) -> str:
    """A header's value on one line; "" when it is missing or broken."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # the email package raises many classes for a broken one
        return ""


def _attachments(files: list[EmailMessage]) -> Iterator[Member]:
    """Every attached file, a mail that was forwarded included."""
    for number, part in enumerate(files, start=1):
        kind = part.get_content_type()
        name = plain_name(part.get_filename() or "")
        if kind == "message/rfc822":
            name = name or f"forwarded mail {number}.eml"

        def open_part(part: EmailMessage = part) -> IO[bytes]:
            return io.BytesIO(_content(part))

        yield Member(name=name or f"attachment {number}", mimetype=kind, open=open_part)


def _content(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return part.get_content().as_bytes()  # type: ignore[no-any-return]  # a message of its own
    return _raw(part)
