"""The small print of a table's answer: what was read, what was not, and how to read the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from skills.comments.judged_row import JudgedRow
from skills.comments.judged_table import LONGEST_CELL, TOTAL, JudgedTable
from skills.comments.study import Study
from skills.comments.themes import FEWEST as FEWEST_FOR_THEMES
from skills.comments.trend import FEW, Trend, gaps
from skills.decode.columns import ASK_FOR_COLUMN, SHOWN_OF_A_NAME
from skills.decode.ratings import HIGH, LOW, Ratings, find_ratings

MOST_OTHERS = 3
REPEATED_WORDS = 4  # fewer ("Very good") are said again by others
FEWEST_RATED = 8
MOST_ROWS = 3


def notes_of(judged: JudgedTable, study: Study) -> Iterator[str]:
    """In the order in which a reader asks."""
    yield from _read(judged, study)
    yield from _left_out(judged)
    if repeated := _count_repeated(judged.rows):
        yield _repeated(repeated)
    if len(judged.columns) < 2 and (ratings := find_ratings(judged.table)):
        yield from _rated(judged.rows, ratings)
    yield from _trend(judged, study)
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


def counted(count: int, noun: str) -> str:
    """ "1 row", "2 rows"."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def named(names: Sequence[str]) -> str:
    """ "“Pros” and “Cons”"."""
    shown = [f"“{name[:SHOWN_OF_A_NAME]}”" for name in names]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _read(judged: JudgedTable, study: Study) -> Iterator[str]:
    if judged.pasted:
        yield (
            f"Read as a list of {len(judged.rows):,} comments; every one with its label is in the "
            "file. To have it judged as one text, send it without line breaks."
        )
        return
    if len(judged.columns) > 1:
        yield (
            f"Read from the columns {named(judged.columns)}, each answer for itself. A bare word "
            "(“Parking”) takes the side that its column asks for. Every answer with its label is "
            "in the file."
        )
    else:
        column = named([judged.column])
        yield f"Read from the column {column}; every row with its label is in the file."
    if others := [each for each in judged.others if each != study.dates]:
        yield _others(others)


def _others(names: Sequence[str]) -> str:
    """Which columns could have been meant."""
    shown = " and ".join(f"“{name[:SHOWN_OF_A_NAME]}”" for name in names[:MOST_OTHERS])
    more = f" and {len(names) - MOST_OTHERS} more" if len(names) > MOST_OTHERS else ""
    holds = "holds text, too, and was" if len(names) == 1 else "hold text, too, and were"
    return f"{shown}{more} {holds} not read: {ASK_FOR_COLUMN}"


def _left_out(judged: JudgedTable) -> Iterator[str]:
    answers = max(1, len(judged.columns))
    total = len(judged.table.rows) + judged.beyond
    if judged.read < len(judged.rows) or judged.beyond:
        why = (
            "there was no time for more" if judged.read < len(judged.rows) else "which is the limit"
        )
        joint = ": " if judged.read < len(judged.rows) else ", "
        yield (
            f"Only the first {judged.read // answers:,} of {total:,} rows were read{joint}{why}. "
            "Split it to have the rest read."
        )
    if judged.skipped:
        counts = Counter(row.skipped for row in judged.rows[: judged.read] if row.skipped)
        counts[TOTAL] = -(-counts[TOTAL] // answers)  # a row that adds up is none of two answers
        reasons = ", ".join(
            f"{count:,} {reason}{'s' * (reason == TOTAL and count > 1)}"
            for reason, count in sorted(counts.items())
            if count
        )
        rows = answers == 1 or counts.total() == counts[TOTAL]
        left = counted(counts.total(), "row" if rows else "answer")
        yield f"{left} left out: {reasons}."
    if judged.shortened:
        cells = counted(judged.shortened, "cell")
        yield f"Of {cells} only the first {LONGEST_CELL:,} characters were read."


def _count_repeated(rows: Sequence[JudgedRow]) -> int:
    """How many comments say word for word what one above them says."""
    texts = [" ".join(row.text.casefold().split()) for row in rows if row.label]
    long = [text for text in texts if text.count(" ") >= REPEATED_WORDS - 1]
    return len(long) - len(set(long))


def _repeated(count: int) -> str:
    if count == 1:
        return "1 comment repeats one above it word for word; it is counted."
    return f"{count:,} comments repeat one above them word for word; they are counted."


def _rated(rows: Sequence[JudgedRow], ratings: Ratings) -> Iterator[str]:
    """Where stars and words disagree: irony, a slip of the finger, or an error of the model."""
    both = [(row, stars) for row, stars in zip(rows, ratings.stars, strict=True) if row.label]
    low = [row for row, stars in both if 0 < stars <= LOW]
    high = [row for row, stars in both if stars >= HIGH]
    if len(low) + len(high) < FEWEST_RATED:
        return
    praise = [row.number for row in low if row.label == "positive"]
    blame = [row.number for row in high if row.label == "negative"]
    yield (
        f"Beside “{ratings.column[:SHOWN_OF_A_NAME]}”: {len(low):,} have 1 or 2 stars, "
        f"{_read_as(praise, 'positive')}; {len(high):,} have 4 or 5, {_read_as(blame, 'negative')}."
    )


def _read_as(numbers: Sequence[int], label: str) -> str:
    if not numbers:
        return f"and none of them reads as {label}"
    rows = ", ".join(str(number) for number in numbers[:MOST_ROWS])
    more = ", …" if len(numbers) > MOST_ROWS else ""
    if len(numbers) == 1:
        return f"and 1 of them reads as {label} (row {rows})"
    return f"and {len(numbers):,} of them read as {label} (rows {rows}{more})"


def _trend(judged: JudgedTable, study: Study) -> Iterator[str]:
    """Of which dates, or why there is none."""
    if study.trend and len(judged.columns) > 1:
        yield "No trend: it would say above all how many answered which question."
    elif study.trend:
        yield from _dated(study.trend)
    elif study.dates:
        yield f"No trend: the dates in {named([study.dates])} make fewer than 4 periods."
    elif study.unread:
        column = named([study.unread])
        yield f"No trend: I cannot read the dates in {column}; write them as 2024-05-31."
    elif len(judged.table.header) > max(1, len(judged.columns)):
        yield "No trend: I found no column with dates."


def _dated(trend: Trend) -> Iterator[str]:
    order = f", read as {trend.order}" if trend.order else ""
    sure = ": a guess, as no day is above 12" if trend.guessed else ""
    ago = "; “3 weeks ago” is counted back from today" if trend.ago else ""
    yield f"Dates from the column {named([trend.column])}{order}{sure}{ago}."
    if any(each.comments < FEW for each in trend.periods):
        yield f"A number in brackets is a {trend.unit} with so few comments."
    if missing := gaps(trend):
        yield f"{counted(missing, trend.unit)} without comments left out."
    if trend.undated:
        yield f"{counted(trend.undated, 'comment')} without a date that I can read."
