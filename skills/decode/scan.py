"""Scans: the pages of a PDF that are pictures, read by text recognition.

pdf.py says which pages have pictures and hardly any text; only these are painted and read, one by
one, each told as soon as it is done. `read_scans` has a second child do it, whose half is
`decode_file`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median
from typing import Any

from core.errors import UserError
from skills.decode.document import DAMAGED, Document, open_document
from skills.decode.interview import Heard
from skills.decode.layout import arrange
from skills.decode.letters import Letters, Seen
from skills.decode.lines import Line, Page, page_in
from skills.decode.pace import Pace
from skills.decode.pdf import MOST_PAGES as MOST_PAGES_SEEN
from skills.decode.sandbox import run_decoder
from skills.decode.skew import set_straight
from skills.kinds import MIB

SHARPNESS = 200 / 72  # dots a point
MOST_DOTS = 2_400  # of a page's longer side
# Spaces that the network often misses: behind a sentence's end, between a word and a number.
LOST_SPACE = re.compile(r"(?<=[a-z0-9][a-z0-9][.!?])(?=[A-Z][a-z])|(?<=[a-z]{3})(?=\d)")
ALIKE = 1.35  # boxes of one letter size differ so much
MOST_PAGES = 30
SECONDS, SECONDS_A_PAGE = 28.0, 20  # a page takes 1 to 4 s on a core of its own, which few have
MEMORY = 1_024 * MIB
CHECK = "check names and numbers in the source."
NO_TEXT = (
    "There is no text in this PDF, only pictures of its pages, and I could read no words on them: "
    "please send a sharper scan."
)
STOPPED = (
    "There is no text in this PDF, only pictures of its pages, and reading them failed or took too "
    "long: please try it again later, or send fewer pages."
)
CLOCK = "pages"  # a file that grows with each page: it earns the time for the next
TICK = b"." * SECONDS_A_PAGE


def read_scans(
    document: Document,
    path: Path,
    *,
    heard: Callable[[Document], None] | None,
    given_up: Callable[[], bool],
    most: int = MOST_PAGES,
) -> Document:
    """The document with the words on its pictured pages, at most `most` of them.

    Raises UserError when there is no word in all of it.
    """
    read: list[Document] = []

    def hear(found: Mapping[str, Any]) -> None:
        read.append(open_document(found))
        if heard:
            heard(replace(_merged(document, read[-1], tried=len(read), most=most), whole=False))

    try:
        _read_pages(path, document.scans[:most], heard=hear, given_up=given_up)
    except UserError:  # what was read until then is no worse for it
        if not (document.passages or (read and read[-1].passages)):
            raise
    nothing = Document(passages=[], unit="page", read=0, total=document.total)
    merged = _merged(document, read[-1] if read else nothing, tried=len(read), most=most)
    if not any(each.text for each in merged.passages):
        raise UserError(NO_TEXT)
    return merged


def _read_pages(
    path: Path, pages: Sequence[int], *, heard: Heard, given_up: Callable[[], bool]
) -> None:
    """Have a child read these; `heard` is told what it has so far after each of them."""
    run_decoder(
        "skills.decode.scan:decode_file",
        path,
        options={"pages": list(pages)},
        seconds=SECONDS,
        memory_bytes=MEMORY,
        damaged=STOPPED,
        pace=Pace(
            file=CLOCK,
            bytes_a_second=1,
            most_seconds=SECONDS_A_PAGE * MOST_PAGES,
            given_up=given_up,
        ),
        heard=heard,
    )


def _merged(document: Document, scanned: Document, *, tried: int, most: int) -> Document:
    """Both in the order of their pages; `tried` says of how many pages reading came to its end."""
    shift = len(document.grids)
    added = [
        replace(each, table=each.table + shift) if each.table >= 0 else each
        for each in scanned.passages
    ]
    passages = sorted([*document.passages, *added], key=lambda each: page_in(each.source))
    shown = {page_in(each.source) for each in scanned.passages}
    captioned = {page_in(each.source) for each in document.passages} & set(document.scans[:tried])
    read = document.read + scanned.read + len(captioned - shown)
    notes = [note for note in document.notes if "without text" not in note]
    if scanned.read:
        pages = "1 page was" if scanned.read == 1 else f"{scanned.read:,} pages were"
        notes.append(f"{pages} read by text recognition (OCR): {CHECK}")
    if beyond := len(document.scans[most:]):
        notes.append(f"{beyond:,} further scanned pages were not read: at most {MOST_PAGES} are.")
    if missed := len(document.scans[tried:most]):
        pages = "1 scanned page was" if missed == 1 else f"{missed:,} scanned pages were"
        notes.append(f"{pages} not read: that failed or took too long.")
    if (without := min(document.total, MOST_PAGES_SEEN) - read - beyond - missed) > 0:
        pages = "1 page is" if without == 1 else f"{without:,} pages are"
        notes.append(f"{pages} without text (pictures or blank).")
    return replace(
        document,
        passages=passages,
        read=read,
        notes=tuple(notes),
        grids=(*document.grids, *scanned.grids),
        scans=(),
    )


def decode_file(path: Path, out_dir: Path, options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The document of the pages in `options["pages"]` after each of them, the whole last."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise UserError(DAMAGED) from None
    letters = _load()
    pages: list[Page] = []
    total = len(document)
    for number in options["pages"]:
        if 1 <= number <= total:
            pages.append(_read(document, number, letters))
        with (out_dir / CLOCK).open("ab") as clock:
            clock.write(TICK)
        yield asdict(_document(pages, total=total))


def _document(pages: list[Page], *, total: int) -> Document:
    passages, grids = arrange(pages)
    read = sum(bool(page.lines) for page in pages)
    return Document(passages=passages, unit="page", read=read, total=total, grids=grids)


def _load() -> Letters:
    """The networks on one thread: a child may use no more."""
    import onnxruntime

    from skills.models.lock import locate

    files = locate("ocr")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # full by page 3
    finder, reader = (
        onnxruntime.InferenceSession(
            str(files[f"models/ppocrv6_{name}.onnx"]), options, providers=["CPUExecutionProvider"]
        )
        for name in ("det", "rec")
    )
    # The sign 0 parts letters; the network itself brings the others, all but the space at the end.
    signs = reader.get_modelmeta().custom_metadata_map["character"].split("\n")
    count = reader.get_outputs()[0].shape[-1]
    alphabet = ["", *signs[: count - 2], " "]
    return Letters(finder=finder, reader=reader, alphabet=alphabet)


def _read(document: Any, number: int, letters: Letters) -> Page:
    """One page; a broken one counts as empty."""
    import numpy
    import pypdfium2

    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(SHARPNESS, MOST_DOTS / max(width, height, 1.0))
        pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()
    except pypdfium2.PdfiumError:
        return Page(number=number, height=0.0, lines=[])
    seen = letters.read(set_straight(numpy.ascontiguousarray(pixels[:, :, :3])))
    return Page(number=number, height=height, lines=_lines(seen, height=height, scale=scale))


def _lines(seen: list[Seen], *, height: float, scale: float) -> list[Line]:
    """In points of the page, y upwards, row by row; lines of nearly one height get the same."""
    if not seen:
        return []
    usual = median(each.bottom - each.top for each in seen) / scale
    lines = [
        Line(
            LOST_SPACE.sub(" ", each.text),
            each.left / scale,
            height - each.bottom / scale,
            each.right / scale,
            height - each.top / scale,
        )
        for each in seen
    ]
    return [
        replace(line, top=line.bottom + usual) if 1 / ALIKE < line.height / usual < ALIKE else line
        for line in lines
    ]
