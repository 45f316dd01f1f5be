"""PPTX: each slide's title, words, tables, charts as tables, and notes, under its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from skills.decode.damage import refusing_damage
from skills.decode.document import DAMAGED, Document, Passage, collect
from skills.decode.grids import Grid, as_grid
from skills.decode.workbook import written

DEEPEST = 20  # groups within groups


def read_slides(path: Path) -> Document:
    """The document in a .pptx whose sizes `check_archive` has found sane."""
    import pptx

    drawn: list[str] = []  # where diagrams are that were not read
    with refusing_damage(DAMAGED):
        slides = list(pptx.Presentation(str(path)).slides)
        passages, grids = collect(
            item
            for number, slide in enumerate(slides, start=1)
            for item in _slide(slide, number, drawn)
        )
    said = {_number(each.source) for each in passages}
    empty = len(slides) - len(said)
    are = "1 slide is" if empty == 1 else f"{empty:,} slides are"
    notes = [f"{are} without text (pictures or blank)."] if empty else []
    if drawn:
        diagrams = "1 diagram was" if len(drawn) == 1 else f"{len(drawn):,} diagrams were"
        notes.append(f"{diagrams} not read ({drawn[0]}{', …' * (len(drawn) > 1)}).")
    return Document(
        passages=passages,
        unit="slide",
        read=len(said),
        total=len(slides),
        notes=tuple(notes),
        grids=grids,
    )


def _number(source: str) -> str:
    return source.split(",")[0]


def _slide(slide: Any, number: int, drawn: list[str]) -> Iterator[Passage | Grid]:
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
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            yield from _chart(shape.chart, source, drawn)
        elif shape.shape_type is None and shape.element.tag.endswith("}graphicFrame"):
            drawn.append(source)
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


def _chart(chart: Any, source: str, drawn: list[str]) -> Iterator[Passage | Grid]:
    """What a chart shows, as the table that it was made of; one of another kind is only named."""
    try:
        title = chart.chart_title.text_frame.text if chart.has_title else ""
        grids = [as_grid(_rows(plot), source=f"{source}, chart") for plot in chart.plots]
    except Exception:  # python-pptx raises several classes for kinds that it does not know
        title, grids = "", [None]
    if text := " ".join(title.split()):
        yield Passage(text=text, source=source)
    for grid in grids:
        if grid is None:
            drawn.append(source)
        else:
            yield grid


def _rows(plot: Any) -> list[list[str]]:
    """The names of the series, then a row a category."""
    series = [(str(each.name), list(each.values)) for each in plot.series]
    rows = [["", *(name for name, _ in series)]]
    for place, name in enumerate(plot.categories):
        values = [row[place] if place < len(row) else None for _, row in series]
        rows.append([str(name), *(written(value) for value in values)])
    return rows
