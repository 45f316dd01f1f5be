"""Verbatim: a text file as it was written, with its lines and marks; documents.py reads its words.

`read_verbatim` runs `decode_file` in the sandbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skills.decode.archives import is_archive
from skills.decode.document import DAMAGED
from skills.decode.formats import PDF_MARK_WITHIN, is_pdf, open_text
from skills.decode.sandbox import run_decoder

SECONDS = 10.0


def read_verbatim(path: Path) -> str:
    """The text of a file; "" for one that is no plain text, or has a format of its own.

    Raises UserError when it is damaged.
    """
    with path.open("rb") as file:
        head = file.read(PDF_MARK_WITHIN)
    if is_archive(head) or is_pdf(head):  # most are, and a child for nothing costs a while
        return ""
    found = run_decoder(
        "skills.decode.verbatim:decode_file", path, seconds=SECONDS, damaged=DAMAGED
    )
    return str(found["text"])


def decode_file(path: Path, out_dir: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """The sandboxed half."""
    return {"text": open_text(path)}
