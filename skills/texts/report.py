"""What is said of a summary: its points with their sources, or the text itself when it is short."""

from __future__ import annotations

from core.reply import Point, Reply, Table
from skills.decode.grids import Grid
from skills.texts.digest import MOST_POINTS
from skills.texts.minutes import as_sections
from skills.texts.summary import Quote, Summary

OTHER_WORDS = "try words that may stand there."


def report(result: Summary) -> Reply:
    """The points with their sources, or the text itself when it was short."""
    notes = tuple(result.notes)
    if not (result.found or result.nearest):
        missing = f"I found nothing about that in {result.subject} ({result.coverage})"
        return Reply(text=f"{missing}: {OTHER_WORDS}", notes=notes)
    sections = as_sections(result.minutes) if result.minutes else ()
    if result.short and sections and len(result.points) <= MOST_POINTS:
        said = tuple(
            Point(text=_with_author(point), source=point.source, link=link)
            for point, link in zip(result.points, result.links, strict=True)
        )
        return Reply(text="This is already short:", points=said, sections=sections, notes=notes)
    if result.short:
        body = "\n\n".join(_with_author(point) for point in result.points)
        return Reply(text="This is already short:", body=body, sections=sections, notes=notes)
    frame = "“{}”" if result.question else "{}"
    points = tuple(
        Point(text=frame.format(point.text), source=point.source, link=link)
        for point, link in zip(result.points or result.nearest, result.links, strict=True)
    )
    return Reply(
        text=_introduction(result),
        points=points,
        table=_as_table(result.table),
        sections=sections,
        notes=notes,
    )


def _introduction(result: Summary) -> str:
    """The sentence above the points."""
    if not result.found:
        passages = "passage" if len(result.nearest) == 1 else "passages"
        return f"I found no clear answer in {result.subject}. The nearest {passages}:"
    if result.question:
        return f"What {result.subject} says about this:"
    count = len(result.points)
    return f"{'The main point' if count == 1 else f'The {count} main points'} of {result.subject}:"


def _as_table(grid: Grid | None) -> Table | None:
    """The rows as they are shown; columns without a name are numbered."""
    if grid is None:
        return None
    header = tuple(name or f"column {number}" for number, name in enumerate(grid.header, start=1))
    return Table(caption=f"From {grid.source}", header=header, rows=grid.rows)


def _with_author(point: Quote) -> str:
    """A message with who said it, any other text alone."""
    author, _, number = point.source.rpartition(", message ")
    return f"{author}: {point.text}" if author and number else point.text
