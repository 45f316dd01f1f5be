"""A bare text: what a cell says, without the HTML that some exports leave in it."""

from __future__ import annotations

import html
import re

_LINES = r"p|br|div|li|ul|ol|h[1-6]|tr|table|blockquote|hr"
LINE = re.compile(rf"</?(?:{_LINES})(?:[\s/][^<>]{{0,500}})?>", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|span|font|small|big|sub|sup|td|th|img|code|pre)"
    r"(?:[\s/][^<>]{0,500})?>",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """The text as people read it: "It&#39;s fine<br>" is "It's fine"; "<3" and "a < b" stay."""
    if "<" in text:
        text = TAG.sub("", LINE.sub("\n", text)).strip()
    return html.unescape(text).replace("\xa0", " ").strip() if "&" in text else text
