"""HTML: what a reader sees of a saved page: headings, paragraphs, tables; nothing hidden.

Python's own parser: it loads nothing, knows no entities of a document's own, and takes any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from skills.decode.document import Document, Passage, collect
from skills.decode.encodings import decode_text
from skills.decode.grids import MOST_COLUMNS, Grid, as_grid

CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})")
HEAD = 4096
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What ends a paragraph; all other tags stand within one.
_BLOCK_TAGS = """
p div ul ol li dl dt dd section article main aside header footer form fieldset address blockquote
pre hr br table caption thead tbody tfoot tr td th figure figcaption title body details summary
"""
BLOCKS = frozenset(_BLOCK_TAGS.split()).union(HEADINGS)
_UNSEEN_TAGS = """
script style noscript template svg math iframe object canvas audio video nav select option button
textarea datalist dialog head
"""
UNSEEN = frozenset(_UNSEEN_TAGS.split())
_EMPTY_TAGS = "area base br col embed hr img input link meta source track wbr"
EMPTY = frozenset(_EMPTY_TAGS.split())
HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|"
    r"font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|$)",
    re.IGNORECASE,
)
# An open paragraph or item is ended by the next one, as nobody must write its end.
ENDED_BY: dict[str, frozenset[str] | set[str]] = {
    "p": BLOCKS, "li": {"li"}, "td": {"td", "th", "tr"}, "th": {"td", "th", "tr"}, "tr": {"tr"},
    "option": {"option"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"},
}  # fmt: skip
DEEPEST = 500
OPENS = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
# What may stand in a head; anything else is the page's body, as nobody must write the head's end.
IN_HEAD = UNSEEN | frozenset({"title", "meta", "link", "base"})
MOST_SPANNED = 1_000  # rows; of columns no more are spanned than a grid has


def read_web_page(content: bytes) -> Document:
    """The document that a page shows."""
    passages, grids = collect(show_page(content))
    count = sum(each.table < 0 for each in passages)
    return Document(passages=passages, unit="paragraph", read=count, total=count, grids=grids)


def show_page(content: bytes, *, charset: str = "") -> Iterator[Passage | Grid]:
    """The paragraphs and tables of a page; `charset` is what a mail says about it."""
    page = _Page()
    page.feed(_closed(_decode(content, charset)))
    page.close()
    page.end_paragraph()
    return _numbered(page.found)


def _closed(text: str) -> str:
    """Without a comment and a tag that never end, as browsers show it.

    Python's parser would look for the end of each anew, to the end of the page.
    """
    text = text[: _open_comment(text)]
    after = text.rfind(">") + 1
    return text[:after] + text[after:].replace("<", " ")


def _open_comment(text: str) -> int:
    """Where a comment begins that never ends, else the end; what a script writes is none."""
    place = 0
    while found := OPENS.search(text, place):
        name = found[1]
        ends = re.compile(rf"</{name}", re.IGNORECASE).search(text, found.end()) if name else None
        place = ends.end() if ends else 0
        if not name:
            place = text.find("-->", found.end()) + 1
        if not place:
            return len(text) if name else found.start()
    return len(text)


def _decode(content: bytes, charset: str) -> str:
    """By the charset that is named, when its text can be read so, else by its looks."""
    named = CHARSET.search(content[:HEAD])
    for name in (charset, named[1].decode("ascii", "replace") if named else ""):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return decode_text(content, what="text")


Found = tuple[str, int] | list[list[str]]  # a paragraph with its heading's level, or a table's rows


class _Page(HTMLParser):
    """Collects in `found` what is seen, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self._open: list[tuple[str, bool]] = []  # tags with whether they hide what is in them
        self._hidden = 0
        self._text: list[str] = []
        self._level = 0
        self._rows: list[list[str]] | None = None
        self._pad = 0  # columns that the last cell spans beside its own
        self._spans: dict[int, int] = {}  # columns with the rows further down that a cell spans
        self._taken: frozenset[int] = frozenset()  # those in this row
        self._tables = 0  # tables within tables only set out a page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._open and tag in ENDED_BY.get(self._open[-1][0], ()):
            self._close_last()
        if tag not in IN_HEAD and any(name == "head" for name, _ in self._open[:5]):
            while self._close_last() != "head":
                pass
        if tag in BLOCKS and not self._hidden:
            self._begin(tag, dict(attrs))
        if tag in EMPTY or len(self._open) >= DEEPEST:
            return
        hides = tag in UNSEEN or _is_hidden(dict(attrs))
        self._open.append((tag, hides))
        self._hidden += hides

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "hr", "td", "th") and not self._hidden:
            self._begin(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self._open[-50:]):
            return
        while self._open and self._close_last() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data)

    def end_paragraph(self) -> None:
        """What was gathered is a paragraph, or goes on in its table's cell."""
        text = " ".join("".join(self._text).split())
        self._text = []
        if self._rows is not None:
            if text:
                if not self._rows or not self._rows[-1]:
                    self._rows.append([""])
                cell = self._rows[-1][-1]
                self._rows[-1][-1] = f"{cell} {text}" if cell else text
        elif text:
            self.found.append((text, self._level))

    def _begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.end_paragraph()
        if tag == "table":
            self._tables += 1
            if self._tables > 1 and self._rows is not None:
                self._end_table()
            elif self._tables == 1:
                self._rows, self._spans = [], {}
        elif tag in ("tr", "td", "th") and self._rows is not None:
            if tag == "tr" or not self._rows:
                self._begin_row(self._rows)
            if tag != "tr":
                self._begin_cell(self._rows[-1], attributes)
        if self._rows is None:
            self._level = HEADINGS.get(tag, 0)

    def _begin_row(self, rows: list[list[str]]) -> None:
        rows.append([])
        self._pad = 0
        self._taken = frozenset(self._spans)
        self._spans = {place: left - 1 for place, left in self._spans.items() if left > 1}

    def _begin_cell(self, row: list[str], attributes: dict[str, str | None]) -> None:
        """The place of a cell, right of those that reach into its row from above."""
        row += [""] * self._pad
        while len(row) in self._taken:
            row.append("")
        self._pad = min(MOST_COLUMNS, _count(attributes, "colspan")) - 1
        if (down := min(MOST_SPANNED, _count(attributes, "rowspan")) - 1) > 0:
            self._spans |= dict.fromkeys(range(len(row), len(row) + self._pad + 1), down)
        row.append("")

    def _close_last(self) -> str:
        tag, hides = self._open.pop()
        self._hidden -= hides
        if tag in BLOCKS and not self._hidden:
            self.end_paragraph()
            self._level = 0
            if tag == "table":
                self._tables = max(0, self._tables - 1)
                self._end_table()
        return tag

    def _end_table(self) -> None:
        if self._rows:
            self.found.append([row for row in self._rows if any(row)])
        self._rows = None


def _count(attributes: dict[str, str | None], name: str) -> int:
    """A number that an attribute gives, 1 where it gives none."""
    found = re.match(r"\s*(\d{1,6})", attributes.get(name) or "")
    return max(1, int(found[1])) if found else 1


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or bool(HIDDEN_STYLE.search(attributes.get("style") or ""))


def _numbered(found: Iterable[Found]) -> Iterator[Passage | Grid]:
    """Paragraphs with their numbers; tables that only set out words as paragraphs."""
    number = tables = 0
    for each in found:
        if isinstance(each, tuple):
            number += 1
            text, level = each
            yield Passage(text=text, source=f"paragraph {number}", heading=bool(level), level=level)
            continue
        grid = as_grid(each, source=f"table {tables + 1}")
        if grid is not None:
            tables += 1
            yield grid
            continue
        for cell in (cell for row in each for cell in row if cell):
            number += 1
            yield Passage(text=cell, source=f"paragraph {number}")
