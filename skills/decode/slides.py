"""PPTX: each slide's title, words, tables and notes, under its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.documents import DAMAGED, Document, Passage, collect
from skills.decode.grids import Grid, as_grid

DEEPEST = 20  # groups within groups


def read_slides(path: Path) -> Document:
    """The document in a .pptx whose sizes `check_archive` has found sane."""
    import pptx

    try:
        slides = list(pptx.Presentation(str(path)).slides)
        passages, grids = collect(
            item for number, slide in enumerate(slides, start=1) for item in _slide(slide, number)
        )
    except (UserError, MemoryError):
        raise
    except Exception:  # lxml, python-pptx and zipfile raise many classes for a broken part
        raise UserError(DAMAGED) from None
    said = {_number(each.source) for each in passages}
    empty = len(slides) - len(said)
    are = "1 slide is" if empty == 1 else f"{empty:,} slides are"
    notes = (f"{are} without text (pictures or blank).",) if empty else ()
    return Document(
        passages=passages, unit="slide", read=len(said), total=len(slides), notes=notes, grids=grids
    )


def _number(source: str) -> str:
    return source.split(",")[0]


def _slide(slide: Any, number: int) -> Iterator[Passage | Grid]:
    source = f"slide {number}"
    title = slide.shapes.title
    if title is not None and (text := " ".join(title.text_frame.text.split())):
        yield Passage(text=text, source=source, heading=True, level=1)
    title_id = title.shape_id if title is not None else None
    for shape in _flat(slide.shapes):
        if shape.shape_id == title_id:
            continue
        if getattr(shape, "has_table", False) and shape.has_table:
            yield from _table(shape.table, source)
        elif shape.has_text_frame:
            yield from _paragraphs(shape.text_frame, source)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from _paragraphs(slide.notes_slide.notes_text_frame, f"{source}, notes")


def _flat(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    """The shapes, also those in groups."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            if depth < DEEPEST:
                yield from _flat(shape.shapes, depth + 1)
        else:
            yield shape


def _paragraphs(frame: Any, source: str) -> Iterator[Passage]:
    for paragraph in frame.paragraphs:
        if text := " ".join(paragraph.text.split()):
            yield Passage(text=text, source=source)


def _table(table: Any, source: str) -> Iterator[Passage | Grid]:
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    grid = as_grid(rows, source=f"{source}, table")
    if grid is not None:
        yield grid
        return
    for text in (" ".join(cell.split()) for row in rows for cell in row):
        if text:
            yield Passage(text=text, source=source)
