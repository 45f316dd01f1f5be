"""/summarize: a text, a document or a thread in a few points, each with where it comes from.

Bundled, it picks whole sentences and rewrites none, so it cannot invent a fact. With a model of the
hub profile a language model writes them, and only what the source supports is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.errors import Cancelled, UserError
from core.reply import Point, Reply
from core.settings import load_settings
from skills.decode.reading import Reading
from skills.decode.sentences import count_words
from skills.kinds import DOCUMENT
from skills.models.digest import Summarizer, load_summarizer
from skills.models.extract import Vectors
from skills.models.material import Material, from_document, from_messages, from_text
from skills.skill import Input, Option, Skill

MOST_CHARACTERS = 40_000
SHORT_WORDS, FEW_SENTENCES, FEW_WORDS = 80, 3, 200
# Points by length: usual, and for texts of more words than LONG_TEXT.
POINTS = {"short": (3, 3), "medium": (5, 7), "long": (10, 15)}
LONG_TEXT = 5_000
OTHER_LANGUAGE = (
    "This does not look like English, which the model knows best: check the points in the source."
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
    model worded them.
    """

    points: list[Quote]
    links: list[str]
    subject: str
    short: bool
    written: bool
    notes: list[str]


class Summarize(Skill[Summary]):
    """Points of a text, a document or a thread."""

    name = "summarize"
    title = "Summary"
    summary = "The main points of a text, a document or a thread, each with its source."
    hint = "[text or link to a message] [length:short|medium|long]"
    takes_text = MOST_CHARACTERS
    takes_thread = True
    takes_files = (DOCUMENT,)
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
    )
    examples = (
        "The release is on Friday. Marketing has the page ready, and support has read the notes.",
        "length:short The release is on Friday. Marketing has the page ready.",
    )

    def load(self, device: str) -> Summarizer:
        """MiniLM, and the language model where MODELS names one."""
        return load_summarizer(device, models=load_settings().models)

    def prepare(self, asked: Input) -> Input:
        """Open a file, as far as its first pages."""
        return replace(asked, opened=_open(asked)) if asked.path else asked

    def run(self, model: Summarizer, batch: Sequence[Input]) -> list[Summary | UserError]:
        """One summary an input."""
        return [_attempt(model, each) for each in batch]

    def render(self, result: Summary) -> Reply:
        """The points with their sources, or the text itself when it was short."""
        if result.short:
            body = "\n\n".join(_with_author(point) for point in result.points)
            return Reply(text="This is already short:", body=body, notes=tuple(result.notes))
        points = tuple(
            Point(text=point.text, source=point.source, link=link)
            for point, link in zip(result.points, result.links, strict=True)
        )
        count = "The main point" if len(points) == 1 else f"The {len(points)} main points"
        return Reply(text=f"{count} of {result.subject}:", points=points, notes=tuple(result.notes))


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
    words = sum(count_words(each.text) for each in material.passages)
    sentences = material.count_sentences()
    if words < SHORT_WORDS or (sentences <= FEW_SENTENCES and words < FEW_WORDS):
        return _as_it_is(material)
    count = _count_points(asked, words=words, sentences=sentences)
    digest = model.digest(material, count=count, progress=asked.progress, vectors=vectors)
    how = "checked against the source" if digest.written else "quoted, not rewritten"
    notes = [f"From {material.coverage}, {words:,} words; sentences are {how}.", *material.notes]
    return Summary(
        points=[Quote(text=each.text, source=each.source) for each in digest.points],
        links=[material.links.get(each.passage, "") for each in digest.points],
        subject=material.subject,
        short=False,
        written=digest.written,
        notes=notes + ([] if material.looks_english() else [OTHER_LANGUAGE]),
    )


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
    opened = asked.opened or _open(asked)
    if isinstance(opened, Material):
        return opened
    for document in opened.growing(lambda share: asked.progress("Reading", share)):
        material = from_document(document, name=asked.name or opened.path.name)
        if not document.whole and model.writer is None:
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


def _open(asked: Input) -> Material | Reading:
    """What the input says, from whichever of the three it is; a file is read in the background."""
    if asked.path is not None:
        reading = Reading(asked.path)
        reading.begin()
        return reading
    if asked.messages:
        return from_messages(asked.messages)
    if len(asked.text) > MOST_CHARACTERS:
        raise UserError(
            f"This text is longer than {MOST_CHARACTERS:,} characters: upload it as a .txt file."
        )
    if not asked.text.strip():
        raise UserError("There is nothing to summarize: send a text, a file or a thread.")
    return from_text(asked.text)


def _as_it_is(material: Material) -> Summary:
    """A short text, each passage a point."""
    return Summary(
        points=[Quote(text=each.text, source=each.source) for each in material.passages],
        links=[material.links.get(place, "") for place in range(len(material.passages))],
        subject=material.subject,
        short=True,
        written=False,
        notes=list(material.notes),
    )


skill: Skill[Any] = Summarize()
