"""DOCX: paragraphs and tables in their order, as a reader sees them with all changes accepted.

Numbered as a reader counts them; boxes of text stand where they are anchored, footnotes at the end.
python-docx opens the file and knows styles and merged cells; but it leaves out what was inserted
while changes were tracked, forms' fields and boxes, so words are gathered here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from skills.decode.damage import refusing_damage
from skills.decode.document import DAMAGED, IN_CONTENTS, Document, Passage, collect
from skills.decode.grids import Grid, as_grid
from skills.decode.headings import mark_headings

STYLED = re.compile(r"(?i)(?:heading\s*(\d)?|title|subtitle|(toc))")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PARAGRAPH, TABLE, BOX = f"{W}p", f"{W}tbl", f"{W}txbxContent"
WRITTEN = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
# Deleted or moved away; properties; what a field was computed from; copies for other programs.
UNSEEN = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText", FALLBACK})
NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))


def read_word(path: Path) -> Document:
    """The document in a .docx whose sizes `check_archive` has found sane."""
    import docx

    with refusing_damage(DAMAGED):
        found, grids = collect(_number(docx.Document(str(path))))
    if not any(each.heading for each in found):  # written without styles
        found = mark_headings(found)
    count = sum(each.table < 0 and each.source.startswith("paragraph") for each in found)
    return Document(passages=found, unit="paragraph", read=count, total=count, grids=grids)


def _number(document: Any) -> Iterator[Passage | Grid]:
    """What stands in the body, then the notes below and behind it."""
    levels = _levels(document)
    number = tables = 0
    for block in _blocks(document.element.body):
        if block.tag == TABLE:
            grid = as_grid(_cells(document, block), source=f"table {tables + 1}")
            if grid is not None:
                tables += 1
                yield grid
                continue
            texts = [(_words(each), 0) for each in _paragraphs(block)]
        else:
            texts = [(_words(block), levels.get(_style(block), 0))]
            texts += [(_words(each), 0) for each in _boxed(block)]
        for text, level in texts:
            if text:
                number += 1
                yield Passage(
                    text=text, source=f"paragraph {number}", heading=bool(level), level=level
                )
    yield from _notes(document)


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those in the fields of a form."""
    for child in parent:
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif isinstance(child.tag, str) and child.tag not in UNSEEN:
            yield from _blocks(child)


def _paragraphs(parent: Any) -> Iterator[Any]:
    """All paragraphs in a table, those of tables in its cells included."""
    for block in _blocks(parent):
        if block.tag == TABLE:
            yield from _paragraphs(block)
        else:
            yield block
            yield from _boxed(block)


def _boxed(paragraph: Any) -> Iterator[Any]:
    """The paragraphs of boxes that are anchored in one; each box once."""
    for box in paragraph.iter(BOX):
        above = takewhile(lambda each: each is not paragraph, box.iterancestors())
        if not any(each.tag in (FALLBACK, BOX) for each in above):
            yield from _paragraphs(box)


def _words(paragraph: Any) -> str:
    """What a paragraph says, on one line."""
    return " ".join("".join(_pieces(paragraph)).split())


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in WRITTEN:
            yield WRITTEN[child.tag]
        elif child.tag != BOX and child.tag not in UNSEEN:
            yield from _pieces(child)


def _cells(document: Any, table: Any) -> list[list[str]]:
    """The rows of a table; a merged cell's words stand in its first place only."""
    from docx.table import Table

    seen = dict[int, Any]()  # alive, so that no other gets the number of one of them
    rows = []
    for row in Table(table, document._body).rows:
        cells = []
        for cell in row.cells:
            known = id(cell._tc) in seen
            cells.append("" if known else " ".join(map(_words, _paragraphs(cell._tc))))
            seen[id(cell._tc)] = cell._tc
        rows.append(cells)
    return rows


def _levels(document: Any) -> dict[str, int]:
    """The level of a heading by the id of its style, 0 for other styles; "" is the usual one."""
    from docx.enum.style import WD_STYLE_TYPE

    levels = {}
    for style in document.styles:
        if style.type != WD_STYLE_TYPE.PARAGRAPH:
            continue
        found = STYLED.match(style.name or "")
        level = (IN_CONTENTS if found[2] else int(found[1] or 1)) if found else 0
        levels[style.style_id] = level
        if style.element.default:
            levels[""] = level
    return levels


def _style(paragraph: Any) -> str:
    """The id of a paragraph's style; asked of python-docx it would take most of the time."""
    properties = paragraph.find(f"{W}pPr")
    named = properties.find(f"{W}pStyle") if properties is not None else None
    return str(named.get(f"{W}val") or "") if named is not None else ""


def _notes(document: Any) -> Iterator[Passage]:
    """Footnotes and endnotes, under their numbers."""
    from docx.oxml import parse_xml

    for part, name in NOTES:
        found = [
            each.target_part.blob
            for each in document.part.rels.values()
            if not each.is_external and each.reltype.endswith(f"/{part}")
        ]
        for blob in found:
            notes = [each for each in parse_xml(blob) if not each.get(f"{W}type")]
            for number, note in enumerate(notes, start=1):
                if text := " ".join(filter(None, map(_words, _paragraphs(note)))):
                    yield Passage(text=text, source=f"{name} {number}")
