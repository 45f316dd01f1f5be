"""Replies as Block Kit: with data_blocks.py the only file that knows its limits, and escapes text.

What others wrote is shown in plain_text and rich_text, which Slack does not parse: escaping alone
does not keep a star or a backtick from meeting its like. mrkdwn is for our own words, and for the
small ones of a reply (figures, notes).

Limits are from Slack's reference (section 3,000, header 150, context 10 elements, 50 blocks, and
about 13,200 characters over all blocks); ours are tighter so that an answer stays readable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from core import words
from core.data_blocks import MAX_CHARTS, chart_block, in_words, table_block, told
from core.markup import JOINER, clean, cut, escape
from core.reply import Point, Reply, Section

Block = dict[str, Any]

SECTION = 2_900
CONTEXT = 1_900
TOTAL = 12_000
FALLBACK = 2_500
MAX_BLOCKS = 45
MAX_ROWS = 20
POINT = (1_000, 300, 150, 80)  # characters of a point, the less the more there are
CANCEL_ACTION = "cancel"


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """The arguments of chat.postMessage or chat.update: `text` for notifications and readers."""

    text: str
    blocks: list[Block]

    def worded(self) -> Post:
        """The same answer with tables and charts in words, where their blocks are refused."""
        return Post(text=self.text, blocks=[_worded(each) for each in self.blocks])

    def plain(self) -> Post:
        """The same answer in section blocks only, for workspaces that refuse newer blocks."""
        buttons = [each for each in self.blocks if each["type"] == "actions"]
        return Post(text=self.text, blocks=[*_chunks(self.text or "—", _mrkdwn), *buttons])


def answer(reply: Reply, *, title: str, subject: str = "", button: Block | None = None) -> Post:
    """A skill's reply; too long a body is cut (the whole is in its files). `button` is below it.

    Where many points have sections below them, all are shortened, so that none of them is lost.
    """
    end: list[Block] = [{"type": "actions", "elements": [button]}] if button else []
    end += [_context("  ·  ".join(reply.notes))] if reply.notes else []
    for most in POINT if reply.sections else POINT[:1]:
        blocks = [*_answer(reply, title=title, subject=subject, most=most), *end]
        if len(blocks) <= MAX_BLOCKS and sum(len(str(each)) for each in blocks) <= TOTAL:
            break
    return Post(text=_spoken(reply, title, subject), blocks=_fit(blocks, last=len(end) or 1))


def _answer(reply: Reply, *, title: str, subject: str, most: int) -> list[Block]:
    """The blocks of a reply above its end, with at most so many characters of each point."""
    blocks = [_head(title, subject), _section(reply.text)]
    if reply.figures:
        blocks += _fields(reply)
    blocks += [_point(each, most) for each in reply.points[:MAX_ROWS]]
    blocks += [chart_block(each) for each in reply.every_chart[:MAX_CHARTS]]
    if reply.table:
        blocks.append(table_block(reply.table))
    for section in reply.sections:
        blocks.append(_rich(_words(_literal(cut(section.title, 120)), bold=True)))
        blocks += [_point(each, most) for each in section.points[:MAX_ROWS]]
    if reply.body:
        blocks += _sections(cut(reply.body, SECTION))
    return blocks


def sentence(text: str, *, title: str = "", subject: str = "") -> Post:
    """One sentence: a refusal, an apology, a cancellation."""
    heading = [_head(title, subject)] if title else []
    return Post(text=escape(cut(text, FALLBACK)), blocks=[*heading, _section(text)])


def alert(section: Section, *, channel: str, link: str) -> Post:
    """What the channel that wants to hear of it is told of an answer in another channel."""
    place = {"type": "channel", "channel_id": channel}
    there = {"type": "link", "url": link, "text": words.OPEN_THREAD}
    lines = [_words(f"\n{_literal(cut(section.title, 300))}", bold=True)]
    for point in section.points[:MAX_ROWS]:
        source = f"  ({cut(point.source, 100)})" if point.source else ""
        lines.append(_words(f"\n•  {_literal(cut(point.text, 300) + source)}"))
    block = _rich(_words(f"{words.ALERT} "), place, *lines, _words("\n"), there)
    text = f"{words.ALERT} <#{channel}>: {escape(section.title)}"
    return Post(text=_short(text), blocks=[block])


def ours(*texts: str) -> Post:
    """Our own words with Slack's markup; what others wrote in them is escaped already."""
    blocks = [block for text in texts for block in _chunks(text, _mrkdwn)]
    return Post(text=_short("\n".join(texts)), blocks=_fit(blocks))


def progress(
    text: str, *, title: str, subject: str, job_id: str, preview: Reply | None = None
) -> Post:
    """The placeholder while a job waits or runs, with its Cancel button and what is known."""
    line = words.title_line(title, subject)
    button: Block = {
        "type": "button",
        "action_id": CANCEL_ACTION,
        "value": job_id,
        "text": {"type": "plain_text", "text": words.CANCEL},
        "accessibility_label": cut(clean(f"Cancel: {line}"), 75),
    }
    known = list(_preview(preview)) if preview else []
    actions: Block = {"type": "actions", "elements": [button]}
    return Post(
        text=escape(cut(f"{line}: {text}", FALLBACK)),
        blocks=_fit([_head(title, subject), _section(text), *known, actions]),
    )


def _preview(reply: Reply) -> Iterator[Block]:
    """What is known so far, in less room than an answer has: it is sent every few seconds."""
    yield _section(reply.text)
    for point in reply.points[:MAX_ROWS]:
        yield _point(point, POINT[0])
    if reply.body:
        yield _section(cut(reply.body, SECTION // 2))


def request(*, command: str, user: str, excerpt: str) -> Post:
    """The parent message of a slash command: who asked what."""
    short = cut(" ".join(excerpt.split()), 150)
    said = f": {short}" if short else ""
    block = _rich(
        _words(command, bold=True),
        _words(" for "),
        {"type": "user", "user_id": user},
        _words(_literal(said)),
    )
    return Post(text=f"{command} for <@{user}>{escape(said)}", blocks=[block])


def _rich(*elements: Block) -> Block:
    """One line whose words are taken as they are."""
    line = {"type": "rich_text_section", "elements": [each for each in elements if each]}
    return {"type": "rich_text", "elements": [line]}


def _words(text: str, **style: bool) -> Block:
    """An element of `_rich`; none without text."""
    if not text:
        return {}
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def _worded(block: Block) -> Block:
    """A block that every workspace knows, and no longer than the one that it stands for."""
    said = in_words(block)
    if said is None:
        return block
    if block["type"] != "table":
        return _section(said)
    rows = {"type": "rich_text_preformatted", "elements": [_words(_literal(said))]}
    return {"type": "rich_text", "elements": [rows]}


def _literal(text: str) -> str:
    """Text for elements that parse nothing; a word joiner disarms it for clients that do."""
    return clean(text).replace("<", f"<{JOINER}").replace("://", f":{JOINER}//")


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _head(title: str, subject: str) -> Block:
    if not subject:
        return {"type": "section", "text": _mrkdwn(f"*{escape(title)}*")}
    return _rich(_words(_literal(title), bold=True), _words(f" of {_literal(cut(subject, 120))}"))


def _section(text: str) -> Block:
    return next(_sections(text))


def _sections(text: str) -> Iterator[Block]:
    """Plain `text` in as many sections as it needs."""
    plain = _literal(text)
    return _chunks(plain if plain.strip() else "—", _plain)


def _chunks(rest: str, kind: Callable[[str], Block]) -> Iterator[Block]:
    """Text in sections, cut at a line's end where there is one and never in an entity."""
    while rest:
        piece = rest[:SECTION]
        if len(rest) > SECTION:
            half = SECTION // 2
            piece = (
                piece[: piece.rindex("\n") + 1] if "\n" in piece[half:] else _whole_entities(piece)
            )
        rest = rest[len(piece) :]
        yield {"type": "section", "text": kind(piece)}


def _whole_entities(piece: str) -> str:
    """`piece` without half an entity at its end (`&am`), where a cut fell into one."""
    start = piece.rfind("&", max(0, len(piece) - 5))
    return piece if start < 0 or ";" in piece[start:] else piece[:start]


def _context(text: str) -> Block:
    small = _whole_entities(escape(text)[:CONTEXT]) or "—"
    return {"type": "context", "elements": [_mrkdwn(small)]}


def _fields(reply: Reply) -> list[Block]:
    fields = [
        _mrkdwn(f"*{escape(cut(figure.label, 80))}*\n{escape(cut(figure.value, 300))}")
        for figure in reply.figures[:10]
    ]
    return [{"type": "section", "fields": fields}]


def _point(point: Point, most: int) -> Block:
    """One point and its source, as a link where there is one."""
    line = _words(f"•  {_literal(cut(point.text, most))}")
    shown = _literal(cut(point.source, 200))
    target = re.sub(r"[<>|\s]", "", clean(point.link))[:500]
    if not shown:
        return _rich(line)
    if target.startswith(("https://", "http://")):
        there = {"type": "link", "url": target, "text": shown, "style": {"italic": True}}
        return _rich(line, _words("  "), there)
    return _rich(line, _words(f"  ({shown})", italic=True))


def _short(escaped: str) -> str:
    """Escaped text that fits the fallback, cut at a word and never in an entity."""
    return _whole_entities(cut(escaped, FALLBACK).removesuffix("…")) + "…" * (
        len(escaped) > FALLBACK
    )


def _spoken(reply: Reply, title: str, subject: str) -> str:
    """The whole answer as a screen reader or a notification says it, already escaped."""
    lines = [f"{words.title_line(title, subject)}: {reply.text}"]
    lines += [f"{figure.label}: {figure.value}" for figure in reply.figures]
    for heading, points in [("", reply.points), *((s.title, s.points) for s in reply.sections)]:
        lines += [f"{heading}:"] if heading else []
        lines += map(_said, points)
    for chart in reply.every_chart:
        lines += told(chart)
    if reply.body:
        lines.append(cut(reply.body, 1_000))
    return _short(escape("\n".join(lines)))


def _said(point: Point) -> str:
    return f"• {point.text} ({point.source})" if point.source else f"• {point.text}"


def _fit(blocks: list[Block], *, last: int = 1) -> list[Block]:
    """As many blocks as one message holds; the `last` ones, button and small print, stay."""
    kept: list[Block] = []
    end = blocks[-last:]
    room = TOTAL - sum(len(str(each)) for each in end)
    for block in blocks[:-last][: MAX_BLOCKS - last]:
        room -= len(str(block))
        if room < 0:
            break
        kept.append(block)
    return [*kept, *end]
