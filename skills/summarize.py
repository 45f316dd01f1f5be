"""/summarize: a text, a document or a thread in a few points, each with where it comes from.

Bundled, it picks whole sentences and rewrites none, so it cannot invent a fact. With a model of the
hub profile a language model writes them, and only what the source supports is shown. A question
about a document is answered in quotes, by whichever profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.errors import Cancelled, UserError
from core.reply import Point, Reply, Table
from core.settings import load_settings
from skills.decode.grids import Grid
from skills.decode.sentences import count_words
from skills.kinds import DOCUMENT, TABLE
from skills.models.digest import MOST_POINTS, Summarizer, load_summarizer
from skills.models.extract import Vectors
from skills.models.languages import LANGUAGES
from skills.models.material import Material
from skills.models.minutes import BY_WORDING, ONLY_ENGLISH, Minutes, as_sections, take_minutes
from skills.models.question import is_question, read_question
from skills.models.quotes import find_quotes
from skills.models.sources import MOST_CHARACTERS, growing, open_source, wants_part
from skills.skill import Input, Option, Skill

SHORT_WORDS, FEW_SENTENCES, FEW_WORDS = 80, 3, 200
# Points by length: usual, and for texts of more words than LONG_TEXT.
POINTS = {"short": (3, 3), "medium": (5, 7), "long": (10, 15)}
LONG_TEXT = 5_000
NO_DOCUMENT = (
    "To ask something of a document, upload it with the question, or put the link of its message "
    "behind the question."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """One point and where it stands: "page 3", "paragraph 12" or "Ada, message 3"."""

    text: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The points in the source's order; `short` when they are the whole text as it was given.

    `links` leads to the source of each point, "" where there is no link; `written` when a language
    model worded them. To a `question` the points are quotes, the best first, and there are none
    where nothing was `found`. `coverage` says what was read: "12 of 12 pages". `table` is the part
    of a table of the source that the first such point is a row of. `minutes` are a conversation's,
    None where there are none.
    """

    points: list[Quote]
    links: list[str]
    subject: str
    short: bool
    written: bool
    notes: list[str]
    coverage: str = ""
    question: str = ""
    found: bool = True
    table: Grid | None = None
    minutes: Minutes | None = None


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
        return _summarize(model, asked)
    except Cancelled:
        raise
    except UserError as error:
        return error


def _summarize(model: Summarizer, asked: Input) -> Summary:
    asked.progress("Reading", 0.0)
    vectors = Vectors(model.minilm)
    material = _read(model, asked, vectors)
    if not any(letter.isalnum() for each in material.passages for letter in each.text):
        raise UserError("There are no words in this to summarize: send a text, a file or a thread.")
    if asked.options.get("question", "").strip():
        return _answer(material, asked, vectors)
    words = sum(count_words(each.text) for each in material.passages)
    sentences = material.count_sentences()
    if words < SHORT_WORDS or (sentences <= FEW_SENTENCES and words < FEW_WORDS):
        return _as_it_is(material, vectors)
    count = _count_points(asked, words=words, sentences=sentences)
    digest = model.digest(material, count=count, progress=asked.progress, vectors=vectors)
    how = "checked against the source" if digest.written else "quoted, not rewritten"
    notes = [f"From {material.coverage}, {words:,} words; sentences are {how}.", *material.notes]
    if digest.left_out:
        notes.append(f"{digest.left_out:,} paragraphs were too long for the model: left out.")
    minutes = take_minutes(material, vectors, progress=asked.progress)
    notes += _about(minutes, material)
    return Summary(
        points=[
            Quote(text=each.text, source=material.shown(each.passage, each.source))
            for each in digest.points
        ],
        links=[material.links.get(each.passage, "") for each in digest.points],
        subject=material.subject,
        short=False,
        written=digest.written,
        minutes=minutes or None,
        notes=[*notes, *_on_language(material, "the points stay in it: check them in the source")],
        coverage=material.coverage,
        table=material.table_of(each.passage for each in digest.points),
    )


def _answer(material: Material, asked: Input, vectors: Vectors) -> Summary:
    """The places that answer a question, or that there are none."""
    question = read_question(asked.options["question"])
    found = find_quotes(material.passages, question, vectors=vectors, progress=asked.progress)
    words = sum(count_words(each.text) for each in material.passages)
    notes = [f"Searched {material.coverage}, {words:,} words; quotes are word for word."]
    if found.compared < found.units:
        notes.append(
            f"All places were searched by their words, {found.compared:,} of {found.units:,} "
            "also by their meaning."
        )
    return Summary(
        points=[
            Quote(text=each.text, source=material.shown(each.passage, each.source))
            for each in found.quotes
        ],
        links=[material.links.get(each.passage, "") for each in found.quotes],
        subject=material.subject,
        short=False,
        written=False,
        notes=[*notes, *material.notes, *_on_language(material, "ask with words that it uses")],
        coverage=material.coverage,
        question=question.text,
        found=bool(found.quotes),
        table=material.table_of(each.passage for each in found.quotes),
    )


def _on_language(material: Material, hint: str) -> list[str]:
    """What there is to say about the language of the source, with what to do about it."""
    code = material.find_tongue()
    if code in ("", "en"):
        return []
    like = f", but like {LANGUAGES[code]}" if code in LANGUAGES else ""
    return [f"This does not look like English, which the model knows best{like}: {hint}."]


def _count_points(asked: Input, *, words: int, sentences: int) -> int:
    """How many points were asked for, of a text of this size."""
    length = asked.options.get("length", "medium")
    if length not in POINTS:
        raise UserError(f"I do not know the length “{length}”: use short, medium or long.")
    return min(POINTS[length][words > LONG_TEXT], max(1, sentences // 2))


def _read(model: Summarizer, asked: Input, vectors: Vectors) -> Material:
    """All that the input says; while a long document is read, the points of its first pages show.

    What a model words at the end may differ from what was quoted before: then nothing is shown.
    """
    opened = asked.opened or open_source(asked)
    if isinstance(opened, Material):
        return opened
    whole_is_asked = not (wants_part(asked.options) or asked.options.get("question"))
    for document, material in growing(opened, asked):
        if not document.whole and model.writer is None and whole_is_asked:
            _show_first_points(model, asked, material, vectors, share=document.share)
    return material


def _show_first_points(
    model: Summarizer, asked: Input, material: Material, vectors: Vectors, *, share: float
) -> None:
    points = model.first_points(
        material,
        share=share,
        count=_count_points(asked, words=0, sentences=material.count_sentences()),
        progress=lambda stage, part: asked.progress("Reading", share),
        vectors=vectors,
    )
    if points:
        shown = tuple(Point(text=each.text, source=each.source) for each in points)
        text = f"So far, from the first {material.coverage}:"
        asked.preview(Reply(text=text, points=shown))


def _about(minutes: Minutes, material: Material) -> list[str]:
    """The small print of minutes."""
    if minutes:
        return [BY_WORDING]
    return [] if not material.messages or material.looks_english() else [ONLY_ENGLISH]


def _as_it_is(material: Material, vectors: Vectors) -> Summary:
    """A short text, each passage a point; of a file or a conversation with how much there was."""
    minutes = take_minutes(material, vectors)
    read = [f"From {material.coverage}."] if material.is_file or material.messages else []
    if not (material.links or material.is_file) and is_question(material.passages[0].text):
        read = [NO_DOCUMENT]
    return Summary(
        points=[Quote(text=each.text, source=each.source) for each in material.passages],
        links=[material.links.get(place, "") for place in range(len(material.passages))],
        subject=material.subject,
        short=True,
        written=False,
        notes=[*read, *material.notes, *_about(minutes, material)],
        coverage=material.coverage,
        minutes=minutes or None,
    )


skill: Skill[Any] = Summarize()
