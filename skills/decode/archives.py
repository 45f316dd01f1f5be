"""Office archives (.docx, .xlsx are zip files): looked at from outside before any parser opens one.

A 0.9 MB document can unpack to 300 MB of XML and need 4 GB to parse. The declared sizes are an
upper bound of what Python's zipfile hands out, so checking them is enough.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from core.errors import UserError

MIB = 1024 * 1024
MOST_UNPACKED = 200 * MIB
MOST_PARTS = 5_000
# Ordinary office XML shrinks 5 to 30 times; small parts are let through whatever their ratio.
MOST_RATIO = 100
RATIO_FROM = 10 * MIB
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_archive(path: Path, *, what: str) -> frozenset[str]:
    """The names of the parts of an archive that is safe to open; `what` is "document" or "table".

    Raises UserError when it is damaged or would unpack to more than a parser should be given.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UserError(f"This {what} is damaged: open it, save it again and send that.") from None
    if any(part.flag_bits & 1 for part in parts):
        raise UserError(f"This {what} is protected by a password: please send it without one.")
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if (
        len(parts) > MOST_PARTS
        or unpacked > MOST_UNPACKED
        or (unpacked > RATIO_FROM and unpacked / packed > MOST_RATIO)
    ):
        raise UserError(
            f"This {what} unpacks to far more than it seems: please send a smaller one, without "
            "pictures and attachments."
        )
    return frozenset(part.filename for part in parts)


def is_archive(head: bytes) -> bool:
    """Whether a file beginning with `head` is a zip file."""
    return head.startswith(b"PK\x03\x04")
