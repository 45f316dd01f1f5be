"""Replies as Block Kit: what is said where, and how much of it one message holds.

Limits are from Slack's reference (50 blocks, and about 13,200 characters over all of them); ours
are tighter so that an answer stays readable. Those of single blocks are in elements.py and
data_blocks.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core import words
from core.data_blocks import MAX_CHARTS, chart_block, in_words, table_block, told
from core.elements import (
    SECTION,
    Block,
    bullet,
    chunks,
    context,
    head,
    literal,
    mrkdwn,
    plain_section,
    plain_sections,
    rich,
    span,
    whole_entities,
)
from core.markup import clean, cut, escape
from core.reply import Point, Reply, Section

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
        return Post(text=self.text, blocks=[*chunks(self.text or "—", mrkdwn), *buttons])


def answer(reply: Reply, *, title: str, subject: str = "", button: Block | None = None) -> Post:
    """A skill's reply; too long a body is cut (the whole is in its files). `button` is below it.

    Where many points have sections below them, all are shortened, so that none of them is lost.
    """
    end: list[Block] = [{"type": "actions", "elements": [button]}] if button else []
    end += [context("  ·  ".join(reply.notes))] if reply.notes else []
    for most in POINT if reply.sections else POINT[:1]:
        blocks = [*_answer(reply, title=title, subject=subject, most=most), *end]
        if len(blocks) <= MAX_BLOCKS and sum(len(str(each)) for each in blocks) <= TOTAL:
            break
    return Post(text=_spoken(reply, title, subject), blocks=_fit(blocks, last=len(end) or 1))


def _answer(reply: Reply, *, title: str, subject: str, most: int) -> list[Block]:
    """The blocks of a reply above its end, with at most so many characters of each point."""
    blocks = [head(title, subject), plain_section(reply.text)]
    if reply.figures:
        blocks += _fields(reply)
    blocks += [bullet(each, most) for each in reply.points[:MAX_ROWS]]
    blocks += [chart_block(each) for each in reply.every_chart[:MAX_CHARTS]]
    if reply.table:
        blocks.append(table_block(reply.table))
    for section in reply.sections:
        # Slack sets blocks close together: an empty line tells a heading from the list above it.
        blocks.append(rich(span(f"\n{literal(cut(section.title, 120))}", bold=True)))
        blocks += [bullet(each, most) for each in section.points[:MAX_ROWS]]
    if reply.body:
        blocks += plain_sections(cut(reply.body, SECTION))
    return blocks


def sentence(text: str, *, title: str = "", subject: str = "") -> Post:
    """One sentence: a refusal, an apology, a cancellation."""
    heading = [head(title, subject)] if title else []
    return Post(text=escape(cut(text, FALLBACK)), blocks=[*heading, plain_section(text)])


def alert(section: Section, *, channel: str, link: str) -> Post:
    """What the channel that wants to hear of it is told of an answer in another channel."""
    place = {"type": "channel", "channel_id": channel}
    there = {"type": "link", "url": link, "text": words.OPEN_THREAD}
    lines = [span(f"\n{literal(cut(section.title, 300))}", bold=True)]
    for point in section.points[:MAX_ROWS]:
        source = f"  ({cut(point.source, 100)})" if point.source else ""
        lines.append(span(f"\n•  {literal(cut(point.text, 300) + source)}"))
    block = rich(span(f"{words.ALERT} "), place, *lines, span("\n"), there)
    text = f"{words.ALERT} <#{channel}>: {escape(section.title)}"
    return Post(text=_short(text), blocks=[block])


def ours(*texts: str) -> Post:
    """Our own words with Slack's markup; what others wrote in them is escaped already."""
    blocks = [block for text in texts for block in chunks(text, mrkdwn)]
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
        blocks=_fit([head(title, subject), plain_section(text), *known, actions]),
    )


def _preview(reply: Reply) -> Iterator[Block]:
    """What is known so far, in less room than an answer has: it is sent every few seconds."""
    yield plain_section(reply.text)
    for point in reply.points[:MAX_ROWS]:
        yield bullet(point, POINT[0])
    if reply.body:
        yield plain_section(cut(reply.body, SECTION // 2))


def request(*, command: str, user: str, excerpt: str) -> Post:
    """The parent message of a slash command: who asked what."""
    short = cut(" ".join(excerpt.split()), 150)
    said = f": {short}" if short else ""
    block = rich(
        span(command, bold=True),
        span(" for "),
        {"type": "user", "user_id": user},
        span(literal(said)),
    )
    return Post(text=f"{command} for <@{user}>{escape(said)}", blocks=[block])


def _worded(block: Block) -> Block:
    """A block that every workspace knows, and no longer than the one that it stands for."""
    said = in_words(block)
    if said is None:
        return block
    if block["type"] != "table":
        return plain_section(said)
    rows = {"type": "rich_text_preformatted", "elements": [span(literal(said))]}
    return {"type": "rich_text", "elements": [rows]}


def _fields(reply: Reply) -> list[Block]:
    fields = [
        mrkdwn(f"*{escape(cut(figure.label, 80))}*\n{escape(cut(figure.value, 300))}")
        for figure in reply.figures[:10]
    ]
    return [{"type": "section", "fields": fields}]


def _short(escaped: str) -> str:
    """Escaped text that fits the fallback, cut at a word and never in an entity."""
    return whole_entities(cut(escaped, FALLBACK).removesuffix("…")) + "…" * (
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
