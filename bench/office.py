"""Office: the texts in `papers/`, of which office_files.py makes files, with questions about them.

A text is named as its file will be, with ".txt" behind it. It has `# headings`, paragraphs, rows of
tables between bars, `---` for a new page (slide, sheet), and at first what stands on every page.
Below `=====` are the questions, each with the words that answer it (several with "&", "-" where
nothing does), and, after "!", sentences of which a summary should be made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).with_name("papers")
FIELD = re.compile(r"(head|foot|subject|from|to|attach|member): (.+)")
LATER = "later: "


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question, the pieces of the passage that answers it, and where that stands.

    `pieces` is () where the paper has no answer; `place` begins the source that is right; `later`
    is true of those written when the weights and words were set.
    """

    question: str
    pieces: tuple[str, ...]
    place: str = ""
    later: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A paper before it is a file."""

    name: str
    pages: tuple[tuple[str, ...], ...]
    fields: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]
    important: tuple[str, ...]

    @property
    def form(self) -> str:
        """How it is written: "pdf", "scan", "columns", …"""
        return self.name.rsplit(".", 1)[1]

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return re.sub(r"\.(scan|columns)$", r" \1.pdf", self.name)

    def all(self, field: str) -> list[str]:
        """The values of a field, in order."""
        return [value for name, value in self.fields if name == field]


def read_texts() -> list[Text]:
    """All of them, by name."""
    return [_read(path) for path in sorted(TEXTS.glob("*.txt"))]


def _read(path: Path) -> Text:
    body, _, below = path.read_text().partition("=====\n")
    lines = body.splitlines()
    fields = []
    while lines and (found := FIELD.fullmatch(lines[0])):
        fields.append((found[1], found[2]))
        lines.pop(0)
    pages = "\n".join(lines).split("\n---\n")
    name = path.name.removesuffix(".txt")
    blocks = tuple(tuple(_blocks(page)) for page in pages)
    unit = {"pptx": "slide {}", "pdf": "page {}", "columns": "page {}", "scan": "page {}"}
    asked, important = [], []
    for line in below.splitlines():
        if line.startswith("! "):
            important.append(line[2:])
            continue
        later, line = line.startswith(LATER), line.removeprefix(LATER)
        question, _, answer = line.partition(" | ")
        pieces = () if answer == "-" else tuple(answer.split(" & "))
        number = next(
            (n for n, page in enumerate(blocks, 1) if any(_has(each, pieces) for each in page)), 0
        )
        place = unit.get(name.rsplit(".", 1)[1], "").format(number)
        asked.append(Asked(question=question, pieces=pieces, place=place, later=later))
    return Text(
        name=name,
        pages=blocks,
        fields=tuple(fields),
        asked=tuple(asked),
        important=tuple(important),
    )


def _has(block: str, pieces: tuple[str, ...]) -> bool:
    return any(all(piece in line for piece in pieces) for line in block.splitlines())


def _blocks(page: str) -> Iterator[str]:
    """Paragraphs, headings and whole tables."""
    return (each.strip() for each in re.split(r"\n\s*\n", page) if each.strip())


def level_of(block: str) -> int:
    """1 or 2 of a heading, else 0."""
    return len(block) - len(block.lstrip("#")) if block.startswith("#") else 0


def rows_of(block: str) -> list[list[str]]:
    """The cells of a table, [] of anything else."""
    if not block.startswith("|"):
        return []
    lines = [line for line in block.splitlines() if not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
