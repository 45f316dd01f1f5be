"""/redact: a text, a document or a table without personal data."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import PurePath

from core.errors import UserError
from core.reply import Attachment, Figure, Reply
from skills.decode.documents import read_document
from skills.decode.tables import TableData, read_table
from skills.decode.verbatim import read_verbatim
from skills.detailed import Detailed
from skills.kinds import DOCUMENT, MOST_TYPED, TABLE
from skills.pii.redacted_table import take_out
from skills.pii.span import LABELS, Span
from skills.skill import Input, Option, Skill, one_by_one
from skills.texts.shortened import shorten

MOST_CHARACTERS = 1_000_000
MOST_BYTES = 4 * MOST_CHARACTERS  # of so many characters in any encoding
SHOWN = 1500  # characters of a file in the message; the whole is in the answer's file


@dataclass(frozen=True, kw_only=True)
class Redacted(Detailed[str]):
    """The text with labels in place of what was found, and how many of each kind there were.

    It is `about` the file of this name, "" for a text that was typed.
    """

    text: str
    found: dict[str, int]


class Redact(Skill[Redacted]):
    """Takes personal data out."""

    name = "redact"
    title = "Redaction"
    summary = (
        "Takes card numbers, phones, e-mails, addresses, ids out of texts, documents and tables."
    )
    hint = "[text, or the link to a message with a document] [names:yes]"
    takes_text = MOST_TYPED
    discreet = True
    takes_files = (DOCUMENT, TABLE)
    model = "spacy-names"
    queue = "text"
    options = (
        Option(
            name="names",
            description="Whether names of people are taken out, too.",
            choices=("no", "yes"),
            default="no",
        ),
        Option(
            name="redact",
            description="As with a recording: “names” takes names of people out, too.",
            choices=("yes", "names"),
            default="yes",
        ),
    )
    examples = (
        "My card number is four one one one, one one one one, one one one one, one one one one",
    )

    def subject(self, name: str, options: Mapping[str, str]) -> str:
        from skills.pii.redaction import find, redact  # as in `_redacted`

        return redact(name, find(name, _kinds(options)))

    def load(self, device: str) -> None:
        """Nothing: the names' recognizer is loaded when somebody asks for names."""

    def run(self, model: None, batch: Sequence[Input]) -> list[Redacted | UserError]:
        return one_by_one(batch, _redacted)

    def render(self, result: Redacted) -> Reply:
        figures = tuple(
            Figure(label=LABELS[kind].capitalize(), value=str(number))
            for kind, number in result.found.items()
        )
        total = sum(result.found.values())
        said = (
            f"I took out {total} thing{'s' * (total != 1)}:"
            if total
            else "I found nothing to take out."
        )
        shown = shorten(result.text, SHOWN) if result.about else result.text
        return Reply(
            text=said,
            figures=figures,
            body=shown,
            files=_files(result) if result.about else (),
            notes=("Check it before you pass it on: I may have missed something.",),
        )


def _redacted(asked: Input) -> Redacted:
    # Its patterns take a megabyte, which the bot does without.
    from skills.pii.redaction import count

    text, spans = _without(asked, _kinds(asked.options))
    name = (asked.name or asked.path.name) if asked.path else ""
    return Redacted(text=text, found=count(spans), details=skill.subject(name, asked.options))


def _kinds(options: Mapping[str, str]) -> frozenset[str]:
    """What is to be taken out."""
    from skills.pii.redaction import ALL_KINDS, DEFAULT_KINDS  # as in `_redacted`

    names = options.get("names") == "yes" or options.get("redact") == "names"
    return ALL_KINDS if names else DEFAULT_KINDS


def _without(asked: Input, kinds: frozenset[str]) -> tuple[str, list[Span]]:
    """What is left of it, and what was taken out; raises UserError where there is too much."""
    from skills.pii.redacted_lines import find_in_lines  # as in `_redacted`
    from skills.pii.redaction import find, redact

    if asked.path and (asked.kind == TABLE.name or asked.path.suffix.lower() in TABLE.extensions):
        table = read_table(asked.path)
        _check(_as_csv(table))
        left, spans = take_out(table, kinds)
        return _as_csv(left), spans
    text = _text_of(asked)
    _check(text)
    spans = find_in_lines(text, kinds) if asked.path else find(text, kinds)
    return redact(text, spans), spans


def _check(text: str) -> None:
    if not text.strip():
        raise UserError("There is nothing to redact: send a text or a document.")
    if len(text) > MOST_CHARACTERS:
        raise UserError(f"This is longer than {MOST_CHARACTERS:,} characters: send it in parts.")


def _text_of(asked: Input) -> str:
    """What was typed, a text file as it is written, or the paragraphs of a document."""
    if asked.path is None:
        return asked.text
    if 0 < asked.path.stat().st_size <= MOST_BYTES and (text := read_verbatim(asked.path)):
        return text
    return "\n\n".join(each.text for each in read_document(asked.path).passages)


def _as_csv(table: TableData) -> str:
    """The rows, below their header where there was one."""
    written = StringIO()
    rows = [table.header, *table.rows] if table.named else table.rows
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _files(result: Redacted) -> tuple[Attachment, ...]:
    stem = PurePath(result.about).stem or "text"
    suffix = ".csv" if PurePath(result.about).suffix.lower() in TABLE.extensions else ".txt"
    return (
        Attachment(
            name=f"{stem}.redacted{suffix}",
            content=result.text.encode(),
            alt=f"{result.about} without what was taken out",
        ),
    )


skill = Redact()
