"""DOCX: the body's paragraphs and tables in their order, numbered as a reader counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from skills.decode.documents import DAMAGED, IN_CONTENTS, Document, Passage, collect
from skills.decode.grids import Grid, as_grid
from skills.decode.headings import mark_headings

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

STYLED = re.compile(r"(?i)(?:heading\s*(\d)?|title|subtitle|(toc))")


def read_word(path: Path) -> Document:
    """The document in a .docx whose sizes `check_archive` has found sane."""
    import docx

    try:
        found, grids = collect(_number(docx.Document(str(path))))
    except (UserError, MemoryError):
        raise
    except Exception:  # lxml, python-docx and zipfile raise many classes for a broken part
        raise UserError(DAMAGED) from None
    if not any(each.heading for each in found):  # written without styles
        found = mark_headings(found)
    count = sum(each.table < 0 for each in found)
    return Document(passages=found, unit="paragraph", read=count, total=count, grids=grids)


def _number(document: object) -> Iterator[Passage | Grid]:
    from docx.table import Table

    number = tables = 0
    for block in document.iter_inner_content():  # type: ignore[attr-defined]  # docx exports no name for its class
        if isinstance(block, Table):
            grid = as_grid(_cells(block), source=f"table {tables + 1}")
            if grid is not None:
                tables += 1
                yield grid
                continue
            texts = _texts(block)
        else:
            texts = iter([(block.text, _level(block))])
        for text, level in texts:
            clean = " ".join(text.split())
            if clean:
                number += 1
                yield Passage(
                    text=clean, source=f"paragraph {number}", heading=bool(level), level=level
                )


def _cells(table: object) -> list[list[str]]:
    """The rows of a table; a merged cell's words stand in its first place only."""
    seen = dict[int, object]()  # alive, so that no other gets the number of one of them
    rows = []
    for row in table.rows:  # type: ignore[attr-defined]  # as above
        cells = []
        for cell in row.cells:
            cells.append("" if id(cell._tc) in seen else cell.text)
            seen[id(cell._tc)] = cell._tc
        rows.append(cells)
    return rows


def _texts(table: object) -> Iterator[tuple[str, int]]:
    """Each cell once (merged ones are repeated by python-docx), its paragraphs as passages."""
    for row in table.rows:  # type: ignore[attr-defined]  # as above
        seen = set[int]()
        for cell in row.cells:
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                yield from ((paragraph.text, 0) for paragraph in cell.paragraphs)


def _level(paragraph: Paragraph) -> int:
    """The level of a heading by its style, 0 for other paragraphs."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    found = STYLED.match(style)
    if not found:
        return 0
    return IN_CONTENTS if found[2] else int(found[1] or 1)
