"""What is said of a table of comments: counts, charts, likes and dislikes, themes, examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from core.reply import Attachment, Chart, Figure, Point, Reply, Section, Slice, Table
from skills.comments.aspects import Aspect, Example
from skills.comments.judged_table import JudgedTable, examples
from skills.comments.judgement import percent
from skills.comments.notes import counted, named, notes_of
from skills.comments.result_file import give_back
from skills.comments.study import Study
from skills.comments.themes import Theme
from skills.comments.trend import FEW, Trend, wording

QUOTED = 160
MOST_ASPECTS, MOST_QUOTED = 10, 3
# Comments on one side, times as many as on the other, and of all that mention the thing.
FEWEST_SIDED, CLEARLY, SHARE_SIDED = 3, 1.5, 0.25


def report_table(judged: JudgedTable) -> Reply:
    """The whole answer."""
    study = judged.study or Study()
    shown = sorted(study.aspects[:MOST_ASPECTS], key=lambda each: -each.comments)
    file = judged.file or give_back(judged.table, judged.rows)
    # Of a form's questions for good and bad, charts would tell above all how many answered which.
    asked = len(judged.columns) > 1
    trend = None if asked else study.trend
    return Reply(
        text=_answered(judged, study) if asked else _summary(judged, trend),
        figures=tuple(
            Figure(label=label.capitalize(), value=f"{count:,} ({percent(judged.shares[label])})")
            for label, count in judged.counts.items()
        ),
        chart=None if asked else _pie(judged),
        charts=(_line(trend),) if trend else (),
        table=_aspects(shown) if shown else None,
        sections=tuple(each for each in _sections(judged, study) if each.points),
        files=(
            Attachment(
                name=file.name,
                content=file.content,
                alt=f"A table of {len(judged.table.rows):,} rows with the sentiment of each",
            ),
        ),
        notes=tuple(notes_of(judged, study)),
    )


def _answered(judged: JudgedTable, study: Study) -> str:
    """What stands out, instead of shares that say above all how many answered what."""
    total = counted(sum(judged.counts.values()), "answer")
    sides = {"liked": _liked_most(study.aspects), "disliked": _disliked_most(study.aspects)}
    most = " ".join(
        f"Most {side}: {', '.join(each.name for each in found)}."
        for side, found in sides.items()
        if found
    )
    return f"{total} to {named(judged.columns)}. {most}".rstrip()


def report_counts(judged: JudgedTable) -> Reply:
    """What is known before the study."""
    return Reply(text=_summary(judged, None))


def _summary(judged: JudgedTable, trend: Trend | None) -> str:
    parts = ", ".join(f"{percent(share)} {label}" for label, share in judged.shares.items())
    change = f" {wording(trend)}".replace("%", " %") if trend else ""
    noun = "answer" if len(judged.columns) > 1 else "comment"
    return f"{counted(sum(judged.counts.values()), noun)}: {parts}.{change.rstrip()}"


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
    if len(judged.columns) > 1:
        yield Section(title="By question", points=tuple(_by_question(judged)))
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


def _by_question(judged: JudgedTable) -> Iterator[Point]:
    """The shares of each column: those of all say above all how many answered what."""
    for column in dict.fromkeys(judged.columns):
        labels = Counter(row.label for row in judged.rows if row.column == column and row.label)
        if total := labels.total():
            liked, disliked = (percent(labels[each] / total) for each in ("positive", "negative"))
            yield Point(
                text=f"{named([column])}: {counted(total, 'answer')}, {liked} positive, "
                f"{disliked} negative."
            )


def _disliked(aspects: Sequence[Aspect]) -> Iterator[Point]:
    for each in _disliked_most(aspects):
        other = _also(each.liked, "like")
        yield _side(each, each.disliked, f"dislike it{other}", each.complaint)


def _liked(aspects: Sequence[Aspect]) -> Iterator[Point]:
    for each in _liked_most(aspects):
        other = _also(each.disliked, "dislike")
        yield _side(each, each.liked, f"like it{other}", each.praise)


def _disliked_most(aspects: Sequence[Aspect]) -> list[Aspect]:
    sided = [each for each in aspects if _outweighs(each.disliked, each.liked, each.comments)]
    return sorted(sided, key=lambda each: -each.disliked)[:MOST_QUOTED]


def _liked_most(aspects: Sequence[Aspect]) -> list[Aspect]:
    sided = [each for each in aspects if _outweighs(each.liked, each.disliked, each.comments)]
    return sorted(sided, key=lambda each: -each.liked)[:MOST_QUOTED]


def _outweighs(one: int, other: int, whole: int) -> bool:
    return one >= max(FEWEST_SIDED, CLEARLY * other, SHARE_SIDED * whole)


def _also(count: int, verb: str) -> str:
    """How many take the other side, so that nobody takes the rest for it."""
    return f", {count:,} {verb}{'s' * (count == 1)} it" if count else ""


def _side(aspect: Aspect, count: int, verdict: str, example: Example | None) -> Point:
    who = f"{count:,} of the {aspect.comments:,}" if count < aspect.comments else f"all {count:,}"
    words = f"{aspect.name}: {who} comments on it {verdict}"
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
        text=f"{theme.name}: {counted(theme.comments, 'comment')} ({share} of all), {liked} of "
        f"them positive and {disliked} negative. “{quote(theme.example)}”",
        source=f"row {theme.row}",
    )


def quote(text: str) -> str:
    """On one line, cut at a word."""
    flat = " ".join(text[: 4 * QUOTED].split())
    return flat if len(flat) <= QUOTED else f"{flat[:QUOTED].rsplit(' ', 1)[0]}…"
