"""What is said of a table of comments: counts, charts, likes and dislikes, themes, examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from core.reply import Attachment, Chart, Figure, Point, Reply, Section, Slice, Table
from skills.decode.columns import ASK_FOR_COLUMN, SHOWN_OF_A_NAME
from skills.models.aspects import Aspect, Example
from skills.models.judged_table import LONGEST_CELL, JudgedTable, examples
from skills.models.judgement import percent
from skills.models.result_file import give_back
from skills.models.study import Study
from skills.models.themes import FEWEST as FEWEST_FOR_THEMES
from skills.models.themes import Theme
from skills.models.trend import FEW, Trend, gaps, wording

QUOTED = 160
MOST_ASPECTS, MOST_QUOTED = 10, 3
MOST_OTHERS = 3
# Comments on one side, times as many as on the other, and of all that mention the thing.
FEWEST_SIDED, CLEARLY, SHARE_SIDED = 3, 1.5, 0.25


def report_table(judged: JudgedTable) -> Reply:
    """The whole answer."""
    study = judged.study or Study()
    shown = sorted(study.aspects[:MOST_ASPECTS], key=lambda each: -each.comments)
    file = judged.file or give_back(judged.table, judged.rows)
    return Reply(
        text=_summary(judged, study.trend),
        figures=tuple(
            Figure(label=label.capitalize(), value=f"{count:,} ({percent(judged.shares[label])})")
            for label, count in judged.counts.items()
        ),
        chart=_pie(judged),
        charts=(_line(study.trend),) if study.trend else (),
        table=_aspects(shown) if shown else None,
        sections=tuple(each for each in _sections(judged, study) if each.points),
        files=(
            Attachment(
                name=file.name,
                content=file.content,
                alt=f"A table of {len(judged.rows):,} rows with the sentiment of each",
            ),
        ),
        notes=tuple(_notes(judged, study)),
    )


def report_counts(judged: JudgedTable) -> Reply:
    """What is known before the study."""
    return Reply(text=_summary(judged, None))


def _summary(judged: JudgedTable, trend: Trend | None) -> str:
    parts = ", ".join(f"{percent(share)} {label}" for label, share in judged.shares.items())
    change = f" {wording(trend)}".replace("%", " %") if trend else ""
    return f"{_counted(sum(judged.counts.values()), 'comment')}: {parts}.{change.rstrip()}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _pie(judged: JudgedTable) -> Chart:
    slices = tuple(
        Slice(label=label.capitalize(), value=float(count))
        for label, count in judged.counts.items()
        if count
    )
    return Chart(title="Comments by sentiment", kind="pie", slices=slices)


def _line(trend: Trend) -> Chart:
    """The share of negative comments in percent; a period of few comments says how many."""
    slices = tuple(
        Slice(
            label=each.label + (f" ({each.comments})" if each.comments < FEW else ""),
            value=float(round(100 * each.share)),
        )
        for each in trend.periods
    )
    title = f"Negative comments by {trend.unit}, in %"
    return Chart(title=title, kind="line", slices=slices, series="Negative, %")


def _aspects(aspects: Sequence[Aspect]) -> Table:
    """Counts only: the three on the right add up to the comments on the left."""
    return Table(
        caption="Liked and disliked",
        header=("About", "Comments", "Like", "Dislike", "Neither"),
        rows=tuple(
            (
                each.name,
                *(f"{n:,}" for n in (each.comments, each.liked, each.disliked, each.neither)),
            )
            for each in aspects
        ),
    )


def _sections(judged: JudgedTable, study: Study) -> Iterator[Section]:
    yield Section(title="Disliked most", points=tuple(_disliked(study.aspects)))
    yield Section(title="Liked most", points=tuple(_liked(study.aspects)))
    yield Section(
        title="What they write about",
        points=tuple(_theme(each, study.themes_of) for each in study.themes),
    )
    for label in ("positive", "negative"):
        points = tuple(
            Point(
                text=quote(row.text), source=f"row {row.number}, {percent(row.scores[label])} sure"
            )
            for row in examples(judged, label)
        )
        yield Section(title=f"Most {label}", points=points)


def _disliked(aspects: Sequence[Aspect]) -> Iterator[Point]:
    sided = [each for each in aspects if _outweighs(each.disliked, each.liked, each.comments)]
    for each in sorted(sided, key=lambda each: -each.disliked)[:MOST_QUOTED]:
        other = _also(each.liked, "like")
        yield _side(each, each.disliked, f"dislike it{other}", each.complaint)


def _liked(aspects: Sequence[Aspect]) -> Iterator[Point]:
    sided = [each for each in aspects if _outweighs(each.liked, each.disliked, each.comments)]
    for each in sorted(sided, key=lambda each: -each.liked)[:MOST_QUOTED]:
        other = _also(each.disliked, "dislike")
        yield _side(each, each.liked, f"like it{other}", each.praise)


def _outweighs(one: int, other: int, whole: int) -> bool:
    return one >= max(FEWEST_SIDED, CLEARLY * other, SHARE_SIDED * whole)


def _also(count: int, verb: str) -> str:
    """How many take the other side, so that nobody takes the rest for it."""
    return f", {count:,} {verb}{'s' * (count == 1)} it" if count else ""


def _side(aspect: Aspect, count: int, verdict: str, example: Example | None) -> Point:
    words = f"{aspect.name}: {count:,} of the {aspect.comments:,} comments on it {verdict}"
    if example is None:
        return Point(text=f"{words}.")
    return Point(text=f"{words}. “{quote(example.text)}”", source=f"row {example.row}")


def _theme(theme: Theme, whole: int) -> Point:
    share, liked, disliked = (
        percent(part / of)
        for part, of in (
            (theme.comments, whole),
            (theme.positive, theme.comments),
            (theme.negative, theme.comments),
        )
    )
    return Point(
        text=f"{theme.name}: {_counted(theme.comments, 'comment')} ({share} of all), {liked} of "
        f"them positive and {disliked} negative. “{quote(theme.example)}”",
        source=f"row {theme.row}",
    )


def _notes(judged: JudgedTable, study: Study) -> Iterator[str]:
    """Which columns, what was not read, and how to read the figures."""
    if judged.pasted:
        yield (
            f"Read as a list of {len(judged.rows):,} comments; every one with its label is in the "
            "file. To have it judged as one text, send it without line breaks."
        )
    else:
        column = judged.column[:SHOWN_OF_A_NAME]
        yield f"Read from the column “{column}”; every row with its label is in the file."
        if others := [each for each in judged.others if each != study.dates]:
            yield _others(others)
    yield from _left_out(judged)
    if study.trend:
        yield from _trend_notes(study.trend)
    elif study.dates:
        yield f"No trend: the dates in “{study.dates[:SHOWN_OF_A_NAME]}” make fewer than 4 periods."
    total = sum(judged.counts.values())
    if not study.themes and study.themes_of >= FEWEST_FOR_THEMES:
        yield "No clear themes: the comments do not fall into groups that I could name."
    if study.themes and study.themes_of < total:
        yield f"Themes are of {study.themes_of:,} of the comments, chosen by chance."
    if study.aspects:
        yield (
            "“Like” and “dislike” are read from the words around what is mentioned; a question, a "
            "request or a mixed comment is neither."
        )
        if study.aspects_of < total:
            yield f"Likes and dislikes are of {study.aspects_of:,} comments, chosen by chance."


def _others(names: Sequence[str]) -> str:
    """Which columns could have been meant."""
    shown = " and ".join(f"“{name[:SHOWN_OF_A_NAME]}”" for name in names[:MOST_OTHERS])
    more = f" and {len(names) - MOST_OTHERS} more" if len(names) > MOST_OTHERS else ""
    holds = "holds text, too, and was" if len(names) == 1 else "hold text, too, and were"
    return f"{shown}{more} {holds} not read: {ASK_FOR_COLUMN}"


def _trend_notes(trend: Trend) -> Iterator[str]:
    order = f", read as {trend.order}" if trend.order else ""
    sure = ": a guess, as no day is above 12" if trend.guessed else ""
    yield f"Dates from the column “{trend.column[:SHOWN_OF_A_NAME]}”{order}{sure}."
    if any(each.comments < FEW for each in trend.periods):
        yield f"A number in brackets is a {trend.unit} with so few comments."
    if missing := gaps(trend):
        yield f"{_counted(missing, trend.unit)} without comments left out."
    if trend.undated:
        yield f"{_counted(trend.undated, 'comment')} without a date that I can read."


def _left_out(judged: JudgedTable) -> Iterator[str]:
    total = len(judged.rows) + judged.beyond
    if judged.read < len(judged.rows):
        yield (
            f"Only the first {judged.read:,} of {total:,} rows were read: there was no time for "
            "more. Split it to have the rest read."
        )
    elif judged.beyond:
        yield (
            f"Only the first {judged.read:,} of {total:,} rows were read, which is the limit. "
            "Split it to have the rest read."
        )
    if judged.skipped:
        counts = Counter(row.skipped for row in judged.rows[: judged.read] if row.skipped)
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(counts.items()))
        yield f"{_counted(judged.skipped, 'row')} left out: {reasons}."
    if judged.shortened:
        cells = _counted(judged.shortened, "cell")
        yield f"Of {cells} only the first {LONGEST_CELL:,} characters were read."


def quote(text: str) -> str:
    """On one line, cut at a word."""
    flat = " ".join(text[: 4 * QUOTED].split())
    return flat if len(flat) <= QUOTED else f"{flat[:QUOTED].rsplit(' ', 1)[0]}…"
