"""A study of judged comments: their themes, what they like and dislike, and the trend over time."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from skills.comments.aspects import Aspect, find_aspects
from skills.comments.judged_row import JudgedRow
from skills.comments.phrases import Phrases
from skills.comments.themes import Theme, find_themes
from skills.comments.trend import Trend, find_trend
from skills.decode.dates import Dates
from skills.models.sentiment_model import SentimentModel
from skills.skill import Progress
from skills.texts.extract import Embedder

FEWEST = 8  # comments, of which anything is said beyond their counts
MOST_FOR_THEMES, MOST_FOR_NOUNS = 10_000, 20_000
SEED = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """What comments add up to; `themes_of` and `aspects_of` comments were looked at for them.

    `dates` is the column of the dates, `unread` one that should hold some and holds none.
    """

    themes: list[Theme] = field(default_factory=list)
    themes_of: int = 0
    aspects: list[Aspect] = field(default_factory=list)
    aspects_of: int = 0
    trend: Trend | None = None
    dates: str = ""
    unread: str = ""


def study_rows(
    rows: Sequence[JudgedRow],
    dates: Dates | None,
    *,
    unread: str = "",
    sentiment: SentimentModel,
    minilm: Callable[[], Embedder],
    progress: Progress,
    in_time: Callable[[], bool],
) -> Study:
    """The study of all rows of a table; where time is short, of a fair sample of them."""
    trend = _trend(rows, dates)
    judged = [row for row in rows if row.label]
    if len(judged) < FEWEST:
        return Study(trend=trend, dates=dates.column if dates else "", unread=unread)
    random.Random(SEED).shuffle(judged)

    def told(stage: str, begin: float, end: float) -> Callable[[float], bool]:
        def tell(fraction: float) -> bool:
            progress(stage, begin + (end - begin) * fraction)
            return in_time()

        return tell

    known = judged[:MOST_FOR_NOUNS]
    phrases = Phrases(
        [row.text for row in known],
        naming={place for place, row in enumerate(known) if row.lean},
    )
    themes, themes_of = find_themes(
        minilm, judged[:MOST_FOR_THEMES], phrases=phrases, told=told("Looking for themes", 0.0, 0.4)
    )
    aspects, aspects_of = find_aspects(
        sentiment,
        [(row.number, row.text) for row in judged],
        leans=[row.lean for row in judged],
        phrases=phrases,
        told=told("Looking for likes and dislikes", 0.4, 1.0),
    )
    return Study(
        themes=themes, themes_of=themes_of, aspects=aspects, aspects_of=aspects_of,
        trend=trend, dates=dates.column if dates else "", unread=unread,
    )  # fmt: skip


def _trend(rows: Sequence[JudgedRow], dates: Dates | None) -> Trend | None:
    if dates is None:
        return None
    answers = len(rows) // len(dates.days)
    judged = [
        (dates.days[place // answers], row.label, row.score)
        for place, row in enumerate(rows)
        if row.label
    ]
    return find_trend(dates.column, judged, order=dates.order, guessed=dates.guessed, ago=dates.ago)
