"""EML: who wrote when about what, the words, and the attachments that are documents."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import IO

from core.errors import UserError
from skills.decode.documents import DAMAGED, Document, Passage, within_limits
from skills.decode.members import Member, join, plain_name, read_members
from skills.decode.plain import number_paragraphs

SHOWN = ("From", "To", "Cc", "Date")
ENCRYPTED = (
    "This mail is encrypted: open it in your mail program, save its text or its attachment and "
    "send that."
)
NAME = "the mail"


def read_mail(path: Path, *, room: Path, depth: int) -> Document:
    """A mail's words, and after them its attachments as documents of their own."""
    try:
        message = email.message_from_binary_file(path.open("rb"), policy=email.policy.default)
        assert isinstance(message, EmailMessage), "the policy makes these"
        if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
            raise UserError(ENCRYPTED)
        words = within_limits(_words(message))
        found = read_members(_attachments(message), room=room, depth=depth, archives=True)
    except (UserError, MemoryError):
        raise
    except Exception:  # the email package raises many classes for a broken header
        raise UserError(DAMAGED) from None
    if found.documents or found.unread:
        return join(found, first=words, name=NAME)
    count = sum(not each.heading for each in words)
    return Document(passages=words, unit="paragraph", read=count, total=count)


def _words(message: EmailMessage) -> Iterator[Passage]:
    """The subject, the header's lines that people know, the paragraphs of the text."""
    if subject := _header(message, "Subject"):
        yield Passage(text=subject, source="subject", heading=True, level=1)
    lines = [f"{name}: {value}" for name in SHOWN if (value := _header(message, name))]
    if lines:
        yield Passage(text="; ".join(lines), source="header")
    yield from _body(message)


def _header(message: EmailMessage, name: str) -> str:
    """A header's value on one line; "" when it is missing or broken."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # as above
        return ""


def _body(message: EmailMessage) -> Iterator[Passage]:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None or body.is_multipart():
        return
    content = body.get_payload(decode=True)
    if not isinstance(content, bytes):
        return
    if body.get_content_subtype() == "html":
        from skills.decode.web import read_web_page

        yield from read_web_page(content, charset=body.get_content_charset() or "").passages
        return
    yield from number_paragraphs(_decoded(content, body.get_content_charset() or "utf-8"))


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset, "replace")
    except LookupError:  # a charset that nobody knows
        return content.decode("utf-8", "replace")


def _attachments(message: EmailMessage) -> Iterator[Member]:
    """Every attached file, a mail that was forwarded included."""
    for number, part in enumerate(message.iter_attachments(), start=1):
        name = plain_name(part.get_filename() or "")
        if part.get_content_type() == "message/rfc822":
            name = name or f"forwarded mail {number}.eml"
        if not name and part.get_content_maintype() == "image":
            continue  # a picture within the text

        def open_part(part: EmailMessage = part) -> IO[bytes]:
            return io.BytesIO(_content(part))

        yield Member(name=name or f"attachment {number}", open=open_part)


def _content(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return part.get_content().as_bytes()  # type: ignore[no-any-return]  # a message of its own
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
