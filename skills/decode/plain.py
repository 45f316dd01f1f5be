"""Plain text and Markdown: paragraphs and tables, with Markdown's marks taken off, its code out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skills.decode.document import Document, Passage, collect
from skills.decode.grids import Grid, as_grid
from skills.decode.headings import mark_headings

FENCE = re.compile(r"^\s*(```|~~~)")
HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(\S.*)$")
UNDERLINE = re.compile(r"^\s*(={3,}|-{3,}|\*{3,}|_{3,})\s*$")
ITEM = re.compile(r"^\s*(?:[-*+•–]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")
QUOTE = re.compile(r"^(?:\s*>)+\s?")
TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
TABLE_RULE = re.compile(r"^[\s|:-]*+$")
CELL_END = re.compile(r"(?<!\\)\|")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
MARKS = re.compile(
    r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])|`([^`]+)`"
)
COMMENT_OPENS, COMMENT_CLOSES = "<!--", "-->"
# Nobody writes a marked-up paragraph longer than this; a hostile one would take the patterns hours.
LONGEST_MARKED = 5_000
TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
ENDS = ".!?:;…\"”’')"
# Lines longer than this are not wrapped by a program: each is a paragraph of its own.
WRAP = 100


def read_plain(text: str) -> Document:
    """The paragraphs of a text, numbered as a reader would count them (headings count too)."""
    passages, grids = collect(number_blocks(text))
    marked = mark_headings(passages)
    count = sum(each.table < 0 for each in marked)
    return Document(passages=marked, unit="paragraph", read=count, total=count, grids=grids)


def number_blocks(text: str) -> Iterator[Passage | Grid]:
    """Paragraphs with their numbers, and the tables between them."""
    number = tables = 0
    for paragraph, level in _paragraphs(_without_comments(text)):
        if isinstance(paragraph, list):
            rows = [_cells(line) for line in paragraph if not TABLE_RULE.match(line)]
            if grid := as_grid(rows, source=f"table {tables + 1}"):
                tables += 1
                yield grid
            continue
        clean = _plain_words(paragraph)
        if clean:
            number += 1
            yield Passage(
                text=clean, source=f"paragraph {number}", heading=bool(level), level=level
            )


def _cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table."""
    cells = CELL_END.split(line.strip()[:LONGEST_MARKED].removeprefix("|").removesuffix("|"))
    return [_plain_words(cell.replace("\\|", "|")) for cell in cells]


def _without_comments(text: str) -> str:
    """Without <!-- … -->; one that is never closed stays."""
    kept: list[str] = []
    place = 0
    while (opens := text.find(COMMENT_OPENS, place)) >= 0:
        closes = text.find(COMMENT_CLOSES, opens)
        if closes < 0:
            break
        kept.append(text[place:opens])
        place = closes + len(COMMENT_CLOSES)
    return "".join([*kept, text[place:]])


def _paragraphs(text: str) -> Iterator[tuple[str | list[str], int]]:
    """Paragraphs with their heading's level (0: none), tables as their lines; no code.

    Blank lines, headings, list items and long lines part paragraphs.
    """
    lines = text.splitlines()
    alone = lines_stand_alone(lines)
    fenced, open_lines, table = False, list[str](), list[str]()
    for line in _unquoted(lines):
        row = not fenced and "|" in line and TABLE_ROW.match(line)
        if table and not row:
            yield table, 0
            table = []
        if not line or line.isspace():  # cheaply: a hostile text is eight million of them
            if open_lines:
                yield " ".join(open_lines), 0
                open_lines = []
            continue
        if FENCE.match(line):
            fenced = not fenced
            line = ""
        elif fenced:
            continue
        title = HEADING.match(line.rstrip())
        parts = not line.strip() or UNDERLINE.match(line) or row or title
        if parts or alone or ITEM.match(line):
            # A setext heading is the one line above its underline.
            underlined = bool(UNDERLINE.match(line)) and len(open_lines) == 1
            yield " ".join(open_lines), (1 if "=" in line else 2) if underlined else 0
            open_lines = []
        if title:
            yield title[2].rstrip("#").rstrip(), len(title[1])
        elif row:
            table.append(line)
        elif not parts:
            open_lines.append(ITEM.sub("", line).strip())
    yield " ".join(open_lines), 0
    if table:
        yield table, 0


def _unquoted(lines: list[str]) -> Iterator[str]:
    """Lines without the marks of quoted mail; where its depth changes, a blank line between."""
    depth = 0
    for line in lines:
        quote = QUOTE.match(line) if ">" in line else None
        before, depth = depth, quote[0].count(">") if quote else 0
        if depth != before:
            yield ""
        yield line[quote.end() :] if quote else line


def lines_stand_alone(lines: list[str]) -> bool:
    """Whether each line is a paragraph: no blank lines, and lines too long or too whole to wrap."""
    filled = [line for line in lines if line.strip()]
    if not filled or len(filled) < 0.95 * len(lines):
        return bool(filled) and max(map(len, filled)) > 3 * WRAP
    long = sum(len(line) > WRAP for line in filled)
    whole = sum(line.rstrip()[-1] in ENDS for line in filled)
    return long > 0.3 * len(filled) or whole > 0.7 * len(filled)


def _plain_words(paragraph: str) -> str:
    """Without Markdown's marks, images and tags; the words of links stay."""
    if len(paragraph) > LONGEST_MARKED:
        return " ".join(paragraph.split())
    words = LINK.sub(r"\1", IMAGE.sub("", paragraph))
    words = TAG.sub("", words)
    for _ in range(2):  # bold inside italics
        words = MARKS.sub(lambda match: match[2] or match[3] or match[4] or "", words)
    return " ".join(words.split())
