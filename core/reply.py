"""`Reply`: what a skill may say, free of Slack. `core/blocks.py` turns it into Block Kit.

Every string here is plain text (no mrkdwn, no HTML): it is escaped on its way out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A key figure: `Figure(label="Confidence", value="93 %")`."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One point of a list; `source` says where it comes from ("page 3"), `link` leads there."""

    text: str
    source: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Points below a heading of their own ("Decisions")."""

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows below a header; every row has as many cells as the header."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """One bar or segment of a chart."""

    label: str
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A small chart: `kind` is "bar", "pie" (at most six slices each) or "line" (twenty points).

    `series` is what a bar or a line shows, where the title says more than that.
    """

    title: str
    kind: str
    slices: tuple[Slice, ...]
    series: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A result file uploaded into the thread; `alt` describes it to a screen reader."""

    name: str
    content: bytes
    alt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One answer: `text` is the answer in a sentence or two and must make sense alone.

    `sections` are further lists, each below its title; `charts` are further charts.
    `body` is longer text (a transcript), shown below the figures and shortened when too long for
    a message: put the whole into `files`. `notes` is the small print (model, coverage, doubt).
    `audio_seconds` is not shown: how much of a recording was worked on, for the quotas.
    """

    text: str
    figures: tuple[Figure, ...] = ()
    points: tuple[Point, ...] = ()
    sections: tuple[Section, ...] = ()
    body: str = ""
    table: Table | None = None
    chart: Chart | None = None
    charts: tuple[Chart, ...] = ()
    files: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    audio_seconds: float = 0.0

    @property
    def every_chart(self) -> tuple[Chart, ...]:
        """The charts in their order."""
        return (*([self.chart] if self.chart else []), *self.charts)
