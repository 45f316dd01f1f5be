"""DOCX: the body's paragraphs and table rows in their order, numbered as a reader counts them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from skills.decode.documents import DAMAGED, Document, Passage, within_limits

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def read_word(path: Path) -> Document:
    """The document in a .docx whose sizes `check_archive` has found sane."""
    import docx

    try:
        found = within_limits(_number(docx.Document(str(path))))
    except UserError:
        raise
    except Exception:  # lxml, python-docx and zipfile raise many classes for a broken part
        raise UserError(DAMAGED) from None
    return Document(passages=found, unit="paragraph", read=len(found), total=len(found))


def _number(document: object) -> Iterator[Passage]:
    from docx.table import Table

    number = 0
    for block in document.iter_inner_content():  # type: ignore[attr-defined]  # docx exports no name for its class
        texts = _rows(block) if isinstance(block, Table) else [(block.text, _is_heading(block))]
        for text, heading in texts:
            clean = " ".join(text.split())
            if clean:
                number += 1
                yield Passage(text=clean, source=f"paragraph {number}", heading=heading)


def _rows(table: object) -> Iterator[tuple[str, bool]]:
    """Each cell once (merged ones are repeated by python-docx), its paragraphs as passages."""
    for row in table.rows:  # type: ignore[attr-defined]  # as above
        seen = set[int]()
        for cell in row.cells:
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                yield from ((paragraph.text, False) for paragraph in cell.paragraphs)


def _is_heading(paragraph: Paragraph) -> bool:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    return style.lower().startswith(("heading", "title", "subtitle", "toc"))
