"""Slack's text markup, both ways: what people wrote into plain text, and plain text made safe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Characters that reorder or hide text: a file name could pose as another with them.
_INVISIBLE = {"Cf", "Cc", "Co", "Cn", "Cs"}
_ALLOWED = {"\n", "\t", "\u200d"}  # \u200d joins emoji
EVERYBODY = ("here", "channel", "everyone")  # plain words as we write them: they call nobody
JOINER = "\u2060"
# An underscore inside a word formats nothing: names in it stay as they are, to be copied.
_MARKS = re.compile(r"[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_REFERENCE = re.compile(
    r"<([@#!])([^>|]+)(?:\|([^>]*))?>|<((?:https?://|mailto:|tel:)[^>|]+)(?:\|([^>]*))?>"
)


def clean(text: str) -> str:
    """`text` without bidi controls, invisible and control characters."""
    return "".join(
        each for each in text if each in _ALLOWED or unicodedata.category(each) not in _INVISIBLE
    )


def escape(text: str) -> str:
    """Plain text made safe for mrkdwn: no live mention, channel ping, link or formatting.

    Slack's three control characters are encoded (which disarms <!here>, <@U…> and <url|text>);
    a word joiner behind each formatting character keeps it from pairing up, and one behind a
    URL's scheme keeps Slack from linking it.
    """
    safe = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _MARKS.sub(rf"\g<0>{JOINER}", safe)
    return safe.replace("://", f":{JOINER}//")


def unformat(text: str, *, name_of: Callable[[str], str] = str) -> str:
    """Slack's message text as people read it: entities decoded, links and mentions as words.

    `name_of` gives the name of a user id; without it the id stays when Slack sent no label.
    """

    def words(found: re.Match[str]) -> str:
        sign, id, label, url, url_label = found.groups()
        if url:
            return str(url_label or url.removeprefix("mailto:").removeprefix("tel:"))
        if sign == "@":
            return f"@{label or name_of(id)}"
        if sign == "!":
            return f"@{id}" if id in EVERYBODY else label or id
        return f"{sign}{label or id}"

    plain = _REFERENCE.sub(words, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def cut(text: str, limit: int) -> str:
    """`text`, at most `limit` characters, cut at a word with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head[: head.rfind(" ")] if " " in head[limit // 2 :] else head) + "…"
