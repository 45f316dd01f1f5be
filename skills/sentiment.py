"""Sentiment: is a text, or each row of a table of comments, positive, neutral or negative?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from core.errors import Cancelled, UserError
from core.reply import Figure, Reply
from core.settings import load_settings
from skills.comments.judged_table import JudgedTable, judge_table
from skills.comments.judgement import Judgement, judge, percent
from skills.comments.result_file import give_back
from skills.decode.columns import find_asked
from skills.decode.dates import find_dates, find_unread
from skills.decode.pasted import find_comments
from skills.decode.tables import TableData, read_table
from skills.kinds import TABLE
from skills.models.device import resolve_device
from skills.models.minilm import MiniLM, load_minilm
from skills.models.sentiment_model import SentimentModel, load_sentiment
from skills.models.shared import shared
from skills.skill import Input, Option, Progress, Skill

LONGEST_TEXT = 5000
UNSURE = 0.55
LANES = ((120, "short"), (600, "medium"), (LONGEST_TEXT, "long"))
# Of a table's rows, and with its themes and aspects: others take turns between its steps.
MOST_SECONDS, MOST_SECONDS_IN_ALL = 150.0, 240.0


@dataclass(frozen=True, kw_only=True, slots=True)
class TextSentiment:
    """The answer for one text; `scores` are shares of positive, neutral and negative."""

    label: str
    scores: dict[str, float]


class Sentiment(Skill[TextSentiment | JudgedTable]):
    name = "sentiment"
    title = "Sentiment"
    summary = "Is a text positive, neutral or negative? Also for each row of a CSV."
    hint = "[text, list of comments or link to a message]"
    takes_text = LONGEST_TEXT
    takes_files = (TABLE,)
    automatic = (TABLE.name,)
    shortcut = "Sentiment"
    model = "sentiment"
    queue = "text"
    batch = 128
    options = (
        Option(name="column", description="The column of a table to read"),
        Option(name="date", description="The column of a table with the dates"),
    )
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
        """Open a table, in a file or pasted."""
        return replace(asked, opened=read_table(asked.path) if asked.path else _listed(asked))

    def run(
        self, model: Any, batch: Sequence[Input]
    ) -> list[TextSentiment | JudgedTable | UserError]:
        asked = [each if each.opened or each.path else self.prepare(each) for each in batch]
        texts = [place for place, each in enumerate(asked) if not (each.path or each.opened)]
        found: dict[int, TextSentiment | JudgedTable | UserError] = {}
        for place in texts:
            if refusal := _refuse(asked[place].text):
                found[place] = refusal
        readable = [place for place in texts if place not in found]
        judged = judge(model, [asked[place].text for place in readable])
        for place, judgement in zip(readable, judged, strict=True):
            found[place] = _answer(judgement)
        for place, each in enumerate(asked):
            if each.path or each.opened:
                found[place] = _judge_table(model, each)
        return [found[place] for place in range(len(asked))]

    def render(self, result: TextSentiment | JudgedTable) -> Reply:
        if isinstance(result, JudgedTable):
            from skills.comments.report import report_table  # as in `_judge_table`

            return report_table(result)
        return _render_text(result)


def _listed(asked: Input) -> TableData | None:
    return find_comments(asked.text) if len(asked.text) <= LONGEST_TEXT else None


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


def _judge_table(model: SentimentModel, given: Input) -> JudgedTable | UserError:
    """A file or a pasted list, judged and studied; each stage has its share of the progress."""
    # Words and patterns for half a megabyte, which the bot does without.
    from skills.comments.report import report_counts
    from skills.comments.study import study_rows

    begun = monotonic()

    def tell(begin: float, end: float) -> Progress:
        return lambda stage, done: given.progress(stage, begin + (end - begin) * done)

    try:
        table = given.opened or read_table(_path(given))
        asked_for = find_asked(table, wanted=given.options.get("column", ""))
        dates = find_dates(table, wanted=given.options.get("date", ""), but=asked_for)
        judged = judge_table(
            model,
            table,
            column=given.options.get("column", ""),
            asked_for=asked_for,
            progress=tell(0.0, 0.5),
            in_time=lambda: monotonic() - begun < MOST_SECONDS,
        )
        given.preview(report_counts(judged))
        study = study_rows(
            judged.rows,
            dates,
            unread="" if dates else find_unread(table, but=asked_for),
            sentiment=model,
            minilm=_load_minilm,
            progress=tell(0.5, 0.95),
            in_time=lambda: monotonic() - begun < MOST_SECONDS_IN_ALL,
        )
    except Cancelled:
        raise
    except UserError as refusal:
        return refusal
    given.progress("Writing the file", 0.95)
    file = give_back(table, judged.rows, path=given.path, name=given.name)
    return replace(judged, study=study, file=file, pasted=given.path is None)


def _path(given: Input) -> Path:
    assert given.path is not None, "a list is opened already"
    return given.path


def _load_minilm() -> MiniLM:
    """The one of the summaries, where a worker has it."""
    return shared(load_minilm, resolve_device(load_settings().device))


def _render_text(result: TextSentiment) -> Reply:
    """The label and its confidence, with the doubt when there is some."""
    share = result.scores[result.label]
    sentence = f"{result.label.capitalize()} ({percent(share)} sure)."
    notes = ["A model's reading of the words; it can miss irony."]
    if share < UNSURE:
        second = sorted(result.scores, key=lambda label: result.scores[label])[-2]
        sentence = (
            f"Not sure: rather {result.label} ({percent(share)}), perhaps {second} "
            f"({percent(result.scores[second])})."
        )
        notes.insert(0, "The text is mixed or gives little to go by.")
    figures = tuple(
        Figure(label=label.capitalize(), value=percent(each))
        for label, each in result.scores.items()
    )
    return Reply(text=sentence, figures=figures, notes=tuple(notes))


skill = Sentiment()
