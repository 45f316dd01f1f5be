"""Summary: the points of a text, a document or a conversation, or what it says to a question.

Which of these it is, and how many points, is decided here; sentences are picked in digest.py,
quotes found in quotes.py, and what a conversation came to in minutes.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from core.errors import UserError
from core.reply import Point, Reply
from skills.decode.grids import Grid
from skills.decode.sentences import count_words
from skills.models.languages import LANGUAGES, is_english
from skills.options import LENGTHS
from skills.skill import Input
from skills.texts.digest import Summarizer
from skills.texts.extract import Vectors
from skills.texts.material import Material
from skills.texts.minutes import BY_WORDING, ONLY_ENGLISH, Minutes, take_minutes
from skills.texts.question import is_question, read_question
from skills.texts.quotes import find_quotes
from skills.texts.sources import growing, open_source, wants_part

SHORT_WORDS, FEW_SENTENCES, FEW_WORDS = 80, 3, 200
# Points by length: usual, and for texts of more words than LONG_TEXT.
POINTS = dict(zip(LENGTHS, ((3, 3), (5, 7), (10, 15)), strict=True))
LONG_TEXT = 5_000
NO_DOCUMENT = (
    "To ask something of a document, upload it with the question, or put the link of its message "
    "behind the question."
)
IN_OTHER_WORDS = "It says this in other words than yours: check that it answers your question."


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """One point and where it stands: "page 3", "paragraph 12" or "Ada, message 3"."""

    text: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The points in the source's order; `short` when they are the whole text as it was given.

    `links` leads to the source of each of them, "" where there is no link; `written` when a
    language model worded them. To a `question` the points are quotes, the best first; where no
    clear answer was `found` there are none, and `nearest` are the passages that come nearest to
    one. `coverage` says what was read: "12 of 12 pages". `table` is the part of a table of the
    source that the first of them is a row of. `minutes` are a conversation's, None where there are
    none.
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
    nearest: list[Quote] = field(default_factory=list)
    table: Grid | None = None
    minutes: Minutes | None = None


def summarize(model: Summarizer, asked: Input) -> Summary:
    asked.progress("Reading", 0.0)
    vectors = Vectors(model.minilm)
    material = _read(model, asked, vectors)
    if not any(letter.isalnum() for each in material.passages for letter in each.text):
        raise UserError(_no_words(asked))
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


def _no_words(asked: Input) -> str:
    """What is said where nobody wrote a word; of a channel's time with how many files there were.

    Only messages of such a time say when they were written.
    """
    files = asked.coverage.files if asked.coverage else 0
    if not any(each.when for each in asked.messages):
        return "There are no words in this to summarize: send a text, a file or a thread."
    found = "was only 1 file" if files == 1 else f"were only {files:,} files"
    only = f"{found} and no words" if files else "were no words"
    then = ", or give me the link of a file's message" if files else ""
    return f"There {only} in that time: ask for a longer one{then}."


def _answer(material: Material, asked: Input, vectors: Vectors) -> Summary:
    """The places that answer a question, or those nearest to it, or that there are none."""
    question = read_question(asked.options["question"])
    found = find_quotes(material.passages, question, vectors=vectors, progress=asked.progress)
    shown = found.quotes or found.nearest
    words = sum(count_words(each.text) for each in material.passages)
    how = "; quotes are word for word" if shown else ""
    notes = [f"Searched {material.coverage}, {words:,} words{how}."]
    if found.compared < found.units:
        notes.append(
            f"All places were searched by their words, {found.compared:,} of {found.units:,} "
            "also by their meaning."
        )
    if found.reworded:
        notes.insert(0, IN_OTHER_WORDS)
    said = [
        Quote(text=each.text, source=material.shown(each.passage, each.source)) for each in shown
    ]
    return Summary(
        points=said if found.quotes else [],
        links=[material.links.get(each.passage, "") for each in shown],
        subject=material.subject,
        short=False,
        written=False,
        notes=[*notes, *material.notes, *_on_language(material, "ask with words that it uses")],
        coverage=material.coverage,
        question=question.text,
        found=bool(found.quotes),
        nearest=[] if found.quotes else said,
        table=material.table_of(each.passage for each in shown),
    )


def _on_language(material: Material, hint: str) -> list[str]:
    """What there is to say about the language of the source, with what to do about it."""
    code = material.find_tongue()
    if is_english(code):
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
