"""The elements of Block Kit that messages are made of, with everything escaped.

What others wrote is shown in plain_text and rich_text, which Slack does not parse: escaping alone
does not keep a star or a backtick from meeting its like. mrkdwn is for our own words, and for the
small ones of a reply (figures, notes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from core.markup import JOINER, clean, cut, escape
from core.reply import Point

Block = dict[str, Any]

# Slack takes 3,000 characters in a section; less stays readable.
SECTION = 2_900
CONTEXT = 1_900


def rich(*elements: Block) -> Block:
    """One line whose words are taken as they are."""
    line = {"type": "rich_text_section", "elements": [each for each in elements if each]}
    return {"type": "rich_text", "elements": [line]}


def span(text: str, **style: bool) -> Block:
    """An element of `rich`; none without text."""
    if not text:
        return {}
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def literal(text: str) -> str:
    """Text for elements that parse nothing; a word joiner disarms it for clients that do."""
    return clean(text).replace("<", f"<{JOINER}").replace("://", f":{JOINER}//")


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def head(title: str, subject: str) -> Block:
    if not subject:
        return {"type": "section", "text": mrkdwn(f"*{escape(title)}*")}
    return rich(span(literal(title), bold=True), span(f" of {literal(cut(subject, 120))}"))


def plain_section(text: str) -> Block:
    return next(plain_sections(text))


def plain_sections(text: str) -> Iterator[Block]:
    """`text` in as many sections as it needs."""
    said = literal(text)
    return chunks(said if said.strip() else "—", plain_text)


def chunks(rest: str, kind: Callable[[str], Block]) -> Iterator[Block]:
    """Text in sections, cut at a line's end where there is one and never in an entity."""
    while rest:
        piece = rest[:SECTION]
        if len(rest) > SECTION:
            half = SECTION // 2
            piece = (
                piece[: piece.rindex("\n") + 1] if "\n" in piece[half:] else whole_entities(piece)
            )
        rest = rest[len(piece) :]
        yield {"type": "section", "text": kind(piece)}


def whole_entities(piece: str) -> str:
    """`piece` without half an entity at its end (`&am`), where a cut fell into one."""
    start = piece.rfind("&", max(0, len(piece) - 5))
    return piece if start < 0 or ";" in piece[start:] else piece[:start]


def context(text: str) -> Block:
    small = whole_entities(escape(text)[:CONTEXT]) or "—"
    return {"type": "context", "elements": [mrkdwn(small)]}


def bullet(point: Point, most: int) -> Block:
    """One point and its source, as a link where there is one."""
    line = span(f"•  {literal(cut(point.text, most))}")
    shown = literal(cut(point.source, 200))
    target = re.sub(r"[<>|\s]", "", clean(point.link))[:500]
    if not shown:
        return rich(line)
    if target.startswith(("https://", "http://")):
        there = {"type": "link", "url": target, "text": shown, "style": {"italic": True}}
        return rich(line, span("  "), there)
    return rich(line, span(f"  ({shown})", italic=True))
