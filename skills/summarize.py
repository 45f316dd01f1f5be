"""/summarize: a text, a document or a thread in a few points, each with where it comes from.

Bundled, it picks whole sentences and rewrites none, so it cannot invent a fact. With a model of the
hub profile a language model writes them, and only what the source supports is shown. A question
about a document is answered in quotes, by whichever profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.errors import Cancelled, UserError
from core.reply import Point, Reply, Table
from core.settings import load_settings
from skills.decode.grids import Grid
from skills.kinds import DOCUMENT, TABLE
from skills.models.digest import MOST_POINTS, Summarizer, load_summarizer
from skills.models.minutes import as_sections
from skills.models.sources import MOST_CHARACTERS, open_source
from skills.models.summary import POINTS, Quote, Summary, summarize
from skills.skill import Input, Option, Skill


class Summarize(Skill[Summary]):
    """Points of a text, a document or a thread."""

    name = "summarize"
    title = "Summary"
    summary = (
        "The main points of a text, document, thread or channel, or what it says about something."
    )
    hint = "[text, or a question and a link, or #channel 7d] [length:short|medium|long] [pages:3-7]"
    takes_text = MOST_CHARACTERS
    takes_thread = True
    takes_channel = True
    takes_files = (DOCUMENT, TABLE)
    takes_question = True
    automatic = ("documents",)
    shortcut = "Summarize thread"
    model = "minilm"
    queue = "text"
    options = (
        Option(
            name="length",
            description="How many points: short is 3, medium 5, long 10.",
            choices=tuple(POINTS),
            default="medium",
        ),
        Option(
            name="pages",
            description="Only these pages or slides of a document: 3-7, or 5.",
            of_files=True,
        ),
        Option(
            name="chapter",
            description="Only this chapter of a document, by its “name” or number.",
            of_files=True,
        ),
        Option(
            name="question", description="What to look for in a document, in “”.", of_files=True
        ),
    )
    examples = (
        "The release is on Friday. Marketing has the page ready, and support has read the notes.",
        "length:short The release is on Friday. Marketing has the page ready.",
        "7d",
    )

    def load(self, device: str) -> Summarizer:
        """MiniLM, and the language model where MODELS names one."""
        return load_summarizer(device, models=load_settings().models)

    def prepare(self, asked: Input) -> Input:
        """Open a file, as far as its first pages."""
        return replace(asked, opened=open_source(asked)) if asked.path else asked

    def run(self, model: Summarizer, batch: Sequence[Input]) -> list[Summary | UserError]:
        """One summary an input."""
        return [_attempt(model, each) for each in batch]

    def render(self, result: Summary) -> Reply:
        """The points with their sources, or the text itself when it was short."""
        notes = tuple(result.notes)
        if not result.found:
            missing = f"I found nothing about that in {result.subject} ({result.coverage})."
            return Reply(text=missing, notes=notes)
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
            for point, link in zip(result.points, result.links, strict=True)
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


def _attempt(model: Summarizer, asked: Input) -> Summary | UserError:
    try:
        return summarize(model, asked)
    except Cancelled:
        raise
    except UserError as error:
        return error


skill: Skill[Any] = Summarize()
