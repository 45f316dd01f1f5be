"""Sentiment: is a text, or each row of a table of comments, positive, neutral or negative?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from core.errors import Cancelled, UserError
from core.reply import Attachment, Chart, Figure, Point, Reply, Slice, Table
from skills.decode.columns import SHOWN_OF_A_NAME
from skills.decode.results import write_csv
from skills.decode.tables import read_table
from skills.kinds import TABLE
from skills.models.judged_table import LONGEST_CELL, JudgedTable, examples, judge_table
from skills.models.judgement import LABELS, Judgement, judge
from skills.models.sentiment_model import SentimentModel, load_sentiment
from skills.skill import Input, Option, Skill

LONGEST_TEXT = 5000
UNSURE = 0.55
LANES = ((120, "short"), (600, "medium"), (LONGEST_TEXT, "long"))
QUOTED = 200
MOST_SECONDS = 45.0  # for a table: everybody else's texts wait for this model meanwhile


@dataclass(frozen=True, kw_only=True, slots=True)
class TextSentiment:
    """The answer for one text; `scores` are shares of positive, neutral and negative."""

    label: str
    scores: dict[str, float]


class Sentiment(Skill[TextSentiment | JudgedTable]):
    name = "sentiment"
    title = "Sentiment"
    summary = "Is a text positive, neutral or negative? Also for each row of a CSV."
    hint = "[text or link to a message]"
    takes_text = LONGEST_TEXT
    takes_files = (TABLE,)
    automatic = (TABLE.name,)
    shortcut = "Sentiment"
    model = "sentiment"
    queue = "text"
    batch = 64
    options = (Option(name="column", description="The column of a table to read"),)
    examples = (
        "I love this release",
        "I've been waiting two weeks for a refund and nobody answers.",
        "The meeting is at 3 pm.",
    )

    def lane(self, *, text: str) -> str:
        """Tables apart from texts, and texts by length."""
        if not text:
            return f"{self.name}/table"
        return f"{self.name}/{next((lane for most, lane in LANES if len(text) <= most), 'long')}"

    def load(self, device: str) -> SentimentModel:
        return load_sentiment(device)

    def prepare(self, asked: Input) -> Input:
        """Open a table."""
        return replace(asked, opened=read_table(asked.path)) if asked.path else asked

    def run(
        self, model: Any, batch: Sequence[Input]
    ) -> list[TextSentiment | JudgedTable | UserError]:
        texts = [place for place, each in enumerate(batch) if each.path is None]
        found: dict[int, TextSentiment | JudgedTable | UserError] = {}
        for place in texts:
            if refusal := _refuse(batch[place].text):
                found[place] = refusal
        readable = [place for place in texts if place not in found]
        judged = judge(model, [batch[place].text for place in readable])
        for place, judgement in zip(readable, judged, strict=True):
            found[place] = _answer(judgement)
        for place, each in enumerate(batch):
            if each.path is not None:
                found[place] = _judge_file(model, each)
        return [found[place] for place in range(len(batch))]

    def render(self, result: TextSentiment | JudgedTable) -> Reply:
        if isinstance(result, JudgedTable):
            return _render_table(result)
        return _render_text(result)


def _refuse(text: str) -> UserError | None:
    if not text.strip():
        return UserError("There is no text: write one after the command.")
    if len(text) <= LONGEST_TEXT:
        return None
    return UserError(
        f"This text has {len(text):,} characters and sentiment reads {LONGEST_TEXT:,} at most: "
        "send a part of it, a CSV file with one comment a row, or /summarize it."
    )


def _answer(judgement: Judgement | UserError) -> TextSentiment | UserError:
    if isinstance(judgement, UserError):
        return judgement
    return TextSentiment(label=judgement.label, scores=judgement.scores)


def _judge_file(model: SentimentModel, given: Input) -> JudgedTable | UserError:
    assert given.path is not None, "asked for files only"
    over = monotonic() + MOST_SECONDS
    try:
        return judge_table(
            model,
            given.opened or read_table(given.path),
            column=given.options.get("column", ""),
            progress=given.progress,
            in_time=lambda: monotonic() < over,
        )
    except Cancelled:
        raise
    except UserError as refusal:
        return refusal


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _render_text(result: TextSentiment) -> Reply:
    """The label and its confidence, with the doubt when there is some."""
    share = result.scores[result.label]
    sentence = f"{result.label.capitalize()} ({_percent(share)} sure)."
    notes = ["A model's reading of the words; it can miss irony."]
    if share < UNSURE:
        second = sorted(result.scores, key=lambda label: result.scores[label])[-2]
        sentence = (
            f"Not sure: rather {result.label} ({_percent(share)}), perhaps {second} "
            f"({_percent(result.scores[second])})."
        )
        notes.insert(0, "The text is mixed or gives little to go by.")
    figures = tuple(
        Figure(label=label.capitalize(), value=_percent(each))
        for label, each in result.scores.items()
    )
    return Reply(text=sentence, figures=figures, notes=tuple(notes))


def _render_table(judged: JudgedTable) -> Reply:
    """The shares, the clearest rows, and every row in a file."""
    total = sum(judged.counts.values())
    parts = ", ".join(f"{_percent(share)} {label}" for label, share in judged.shares.items())
    noun = "comment" if total == 1 else "comments"
    points = tuple(
        Point(
            text=_quote(row.text),
            source=f"row {row.number}, {_percent(row.scores[label])} {label}",
        )
        for label in ("positive", "negative")
        for row in examples(judged, label)
    )
    return Reply(
        text=f"{total:,} {noun}: {parts}.",
        points=points,
        table=Table(
            caption="Comments by sentiment",
            header=("Sentiment", "Comments", "Share"),
            rows=tuple(
                (label.capitalize(), f"{count:,}", _percent(judged.shares[label]))
                for label, count in judged.counts.items()
            ),
        ),
        chart=Chart(
            title="Comments by sentiment",
            kind="pie",
            slices=tuple(
                Slice(label=label.capitalize(), value=float(count))
                for label, count in judged.counts.items()
                if count
            ),
        ),
        files=(_result_file(judged),),
        notes=tuple(_notes(judged)),
    )


def _notes(judged: JudgedTable) -> list[str]:
    """Which column, and what was not read."""
    column = judged.column[:SHOWN_OF_A_NAME]
    notes = [f"Read from the column “{column}”; every row with its label is in the file."]
    if judged.read < len(judged.rows):
        notes.append(
            f"Only the first {judged.read:,} of {len(judged.rows):,} rows were read: a table gets "
            f"{MOST_SECONDS:.0f} seconds. Split it to have the rest read."
        )
    if judged.skipped:
        notes.append(f"{judged.skipped:,} rows were left out: {_reasons(judged)}.")
    if judged.shortened:
        cells = "1 cell" if judged.shortened == 1 else f"{judged.shortened:,} cells"
        notes.append(f"Of {cells} only the first {LONGEST_CELL:,} characters were read.")
    return notes


def _reasons(judged: JudgedTable) -> str:
    counts = Counter(row.skipped for row in judged.rows[: judged.read] if row.skipped)
    return ", ".join(f"{count:,} {reason}" for reason, count in sorted(counts.items()))


def _quote(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTED else f"{flat[:QUOTED].rstrip()}…"


def _result_file(judged: JudgedTable) -> Attachment:
    """The table as it came, with label and shares added on the right."""
    header = (*judged.table.header, "sentiment", *LABELS[::-1], "left out because")
    rows = (
        (
            *cells,
            row.label,
            *(f"{row.scores[label]:.4f}" if row.label else "" for label in LABELS[::-1]),
            row.skipped,
        )
        for cells, row in zip(judged.table.rows, judged.rows, strict=True)
    )
    return Attachment(
        name="sentiment.csv",
        content=write_csv(header, rows),
        alt=f"A table of {len(judged.rows):,} rows with the sentiment of each",
    )


skill = Sentiment()
