"""Documents: a file of words becomes a `Document`.

`read_document` runs `decode_file` in the sandbox; what a file is, formats.py finds out there, and
the readers (pdf.py, word.py, slides.py, …) never run in the worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.archives import is_archive
from skills.decode.document import DAMAGED, NO_WORDS, Document, open_document
from skills.decode.formats import PDF_MARK_WITHIN, is_pdf, read_file
from skills.decode.pace import Pace
from skills.decode.sandbox import run_decoder
from skills.decode.scratch import scratch_for
from skills.kinds import DOCUMENT, MIB

SECONDS = 30.0  # 2,000 pages take 12 s on two cores
MOST_MEMORY = 1024 * MIB


def read_document(
    path: Path,
    *,
    heard: Callable[[Document], None] | None = None,
    given_up: Callable[[], bool] = bool,
) -> Document:
    """The document in a file; `heard` is told now and then what is read of a long one so far.

    `given_up` turns true when nobody waits for it any more. Raises UserError when there is no text
    in it, when it is protected, damaged, too long, or of another format.
    """
    size = path.stat().st_size
    if size == 0:
        raise UserError("This document is empty (0 bytes): save it again and send that.")
    if size > DOCUMENT.max_bytes:
        raise UserError(
            f"This document is larger than {DOCUMENT.max_bytes // 1024**2} MB: please split it."
        )
    with scratch_for(path) as folder:
        found = run_decoder(
            "skills.decode.documents:decode_file",
            path,
            out_dir=folder,
            seconds=SECONDS,
            memory_bytes=_memory(path, size),
            damaged=DAMAGED,
            pace=Pace(given_up=given_up),
            heard=(lambda answer: heard(open_document(answer))) if heard else None,
        )
        document = replace(open_document(found), whole=True)  # whatever it says: no more will come
        if document.held:
            from skills.decode.held import read_held  # what reads scans, the bot does without

            return read_held(document, folder, given_up=given_up)
    if not document.scans:
        return document
    from skills.decode.scan import read_scans  # as above

    return read_scans(document, path, heard=heard, given_up=given_up)


def _memory(path: Path, size: int) -> int:
    """A PDF gets by its size, which is ample: pages that swell to more are bombs, refused at once.

    1,500 pages of text take 140 MB; 2,000 with pictures, 92 MB as a file, take 460.
    """
    with path.open("rb") as file:
        head = file.read(PDF_MARK_WITHIN)
    pdf = is_pdf(head) and not is_archive(head)
    return min(MOST_MEMORY, 256 * MIB + 4 * size) if pdf else MOST_MEMORY


def decode_file(path: Path, out_dir: Path, options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The sandboxed half: the document as plain values, the whole as the last."""
    document = None
    for document in read_file(path, room=out_dir):
        yield asdict(document)
    scanned = document and (document.scans or document.held)
    if document is None or not (scanned or any(each.text for each in document.passages)):
        raise UserError(NO_WORDS)
